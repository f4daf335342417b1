import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startWithDemo } from '../../support/flowtly.ts'
import { bearer, connect } from '../../support/oauth-client.ts'
import { post } from '../../support/rpc.ts'

const SERVER_METADATA = '/.well-known/oauth-authorization-server'
const RESOURCE_METADATA = '/.well-known/oauth-protected-resource'

let local: Awaited<ReturnType<typeof startWithDemo>>
let url: string

beforeAll(async () => {
  local = await startWithDemo({ MCP_PATH: '/api/mcp' })
  url = local.connector.url
})

afterAll(() => local.close())

async function readJson(response: Response): Promise<unknown> {
  const body: unknown = await response.json()
  return body
}

describe('the metadata of the authorization server (RFC 8414)', () => {
  it('says what the server does, and nothing that it does not', async () => {
    const metadata = await readJson(await fetch(`${url}${SERVER_METADATA}`))

    expect(metadata).toEqual({
      issuer: url,
      authorization_endpoint: `${url}/oauth/authorize`,
      token_endpoint: `${url}/oauth/token`,
      registration_endpoint: `${url}/oauth/register`,
      revocation_endpoint: `${url}/oauth/revoke`,
      jwks_uri: `${url}/oauth/jwks`,
      scopes_supported: expect.arrayContaining(['invoices:read', 'contracts:read']),
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
      revocation_endpoint_auth_methods_supported: [
        'none',
        'client_secret_basic',
        'client_secret_post',
      ],
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
    })
  })

  it('is there at the OpenID address too, for clients that look nowhere else', async () => {
    const metadata = await readJson(await fetch(`${url}/.well-known/openid-configuration`))

    expect(metadata).toMatchObject({
      issuer: url,
      token_endpoint: `${url}/oauth/token`,
      code_challenge_methods_supported: ['S256'],
      subject_types_supported: ['public'],
    })
  })

  it('shows the public keys, and no private part of them', async () => {
    const response = await fetch(`${url}/oauth/jwks`)
    const jwks = await readJson(response)

    const key = {
      kty: 'EC',
      crv: 'P-256',
      alg: 'ES256',
      use: 'sig',
      kid: expect.any(String),
      x: expect.any(String),
      y: expect.any(String),
    }
    expect(jwks).toEqual({ keys: [key] })
  })
})

describe('the metadata of the connector (RFC 9728)', () => {
  it.each([
    ['', '/mcp'],
    ['/mcp', '/mcp'],
    ['/api/mcp', '/api/mcp'],
  ])('at %j names the resource %s and this issuer', async (path, resource) => {
    const metadata = await readJson(await fetch(`${url}${RESOURCE_METADATA}${path}`))

    expect(metadata).toMatchObject({
      resource: `${url}${resource}`,
      authorization_servers: [url],
      resource_documentation: `${url}/`,
      bearer_methods_supported: ['header'],
      scopes_supported: expect.arrayContaining(['invoices:read']),
    })
  })

  it('names the issuer byte for byte as the authorization server does', async () => {
    const [resource, server] = await Promise.all([
      fetch(`${url}${RESOURCE_METADATA}/mcp`).then(readJson),
      fetch(`${url}${SERVER_METADATA}`).then(readJson),
    ])

    expect(resource).toMatchObject({ authorization_servers: [url] })
    expect(server).toMatchObject({ issuer: url })
  })

  it('of a path that the connector does not have is not there', async () => {
    expect((await fetch(`${url}${RESOURCE_METADATA}/other`)).status).toBe(404)
  })

  it.each(['/mcp', '/api/mcp'])('at %s is where its challenge says', async (path) => {
    const { status, headers } = await post(`${url}${path}`, '{}', {})
    const challenge = headers.get('www-authenticate') ?? ''
    const [, place = ''] = /resource_metadata="([^"]+)"/.exec(challenge) ?? []

    expect(status).toBe(401)
    expect(place).toBe(`${url}${RESOURCE_METADATA}${path}`)
    expect(await readJson(await fetch(place))).toMatchObject({ resource: `${url}${path}` })
  })

  it('a token for the second path works there, and at the first', async () => {
    const { tokens } = await connect(url, {}, { resource: `${url}/api/mcp` })
    const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })

    for (const path of ['/api/mcp', '/mcp']) {
      const { status } = await post(`${url}${path}`, ping, bearer(tokens.access_token))
      expect(status).toBe(200)
    }
  })
})

describe('a page of another origin', () => {
  const origin = 'https://inspector.example'

  it.each([SERVER_METADATA, '/.well-known/openid-configuration', '/oauth/jwks'])(
    'may read %s',
    async (path) => {
      const { status, headers } = await fetch(`${url}${path}`, { headers: { origin } })

      expect(status).toBe(200)
      expect(['*', origin]).toContain(headers.get('access-control-allow-origin'))
      expect(headers.get('access-control-allow-credentials')).toBeNull()
    },
  )

  it.each([
    [`${RESOURCE_METADATA}/mcp`, 'GET', 'mcp-protocol-version'],
    [SERVER_METADATA, 'GET', 'mcp-protocol-version'],
    ['/oauth/token', 'POST', 'authorization,content-type'],
    ['/oauth/register', 'POST', 'content-type'],
    ['/oauth/revoke', 'POST', 'authorization,content-type'],
  ])('may ask %s beforehand for %s with %s', async (path, method, wanted) => {
    const { status, headers } = await fetch(`${url}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': wanted,
      },
    })

    expect(status).toBe(204)
    expect(['*', origin]).toContain(headers.get('access-control-allow-origin'))
    expect(headers.get('access-control-allow-methods')).toContain(method)
    expect(headers.get('access-control-allow-headers')).toBe(wanted)
    expect(headers.get('access-control-allow-credentials')).toBeNull()
  })

  it.each(['/oauth/token', '/oauth/revoke', '/oauth/jwks'])(
    'gets nothing back of what no browser writes, at %s',
    async (path) => {
      const odd = 'https://\u0085.example'
      const plain = await fetch(`${url}${path}`, { headers: { origin: odd } })
      const { headers } = await fetch(`${url}${path}`, {
        method: 'OPTIONS',
        headers: {
          origin: odd,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'x-\u009F',
        },
      })

      expect([...plain.headers.values(), ...headers.values()].join('')).not.toMatch(/[\x80-\x9F]/)
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(headers.get('access-control-allow-headers')).toBeNull()
    },
  )

  it('may ask /mcp beforehand, without a token, where the origin is allowed', async () => {
    const preflight = (from: string) =>
      fetch(`${url}/mcp`, {
        method: 'OPTIONS',
        headers: { origin: from, 'access-control-request-method': 'POST' },
      })
    const allowed = await preflight('https://claude.ai')

    expect(allowed.status).toBe(204)
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://claude.ai')
    expect(allowed.headers.get('access-control-allow-headers')).toMatch(/authorization/i)
    expect((await preflight(origin)).status).toBe(403)
  })

  it('may read the challenge of a refusal', async () => {
    const { headers } = await post(`${url}/mcp`, '{}', { origin: 'https://claude.ai' })

    expect(headers.get('access-control-expose-headers')).toContain('WWW-Authenticate')
  })
})

describe('an answer of the authorization server', () => {
  it.each([
    ['GET', '/oauth/token'],
    ['PUT', '/oauth/token'],
    ['GET', '/oauth/register'],
    ['DELETE', '/oauth/register'],
    ['POST', SERVER_METADATA],
    ['GET', '/oauth/revoke'],
  ])('to %s %s is a refusal, not a failure', async (method, path) => {
    const { status } = await fetch(`${url}${path}`, { method })

    expect([404, 405]).toContain(status)
  })

  it.each(['/oauth/token', '/oauth/register'])('at %s is never stored', async (path) => {
    const { headers } = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })

    expect(headers.get('cache-control')).toBe('no-store')
  })
})
