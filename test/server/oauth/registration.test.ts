import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startWithDemo } from '../../support/flowtly.ts'
import { registerClient } from '../../support/oauth-client.ts'

type Running = Awaited<ReturnType<typeof startWithDemo>>
type Metadata = Readonly<Record<string, unknown>>

let running: Running
let url: string

beforeAll(async () => {
  running = await startWithDemo()
  url = running.connector.url
})

afterAll(() => running.close())

/** Sends a body as it is. */
async function send(
  body: string,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
  origin = url,
) {
  const response = await fetch(`${origin}/oauth/register`, { method: 'POST', headers, body })
  const text = await response.text()
  const answer: unknown = JSON.parse(text)
  return { status: response.status, headers: response.headers, answer }
}

describe('a registration (RFC 7591)', () => {
  it('of a public client is answered with what was made of it, and no secret', async () => {
    const { status, body } = await registerClient(url, { client_name: 'My program' })

    expect(status).toBe(201)
    expect(body).toMatchObject({
      client_id: expect.stringMatching(/^[\w-]{43}$/),
      client_id_issued_at: expect.any(Number),
      client_name: 'My program',
      redirect_uris: ['http://127.0.0.1:33418/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    })
    expect(body).not.toHaveProperty('client_secret')
    expect(body).not.toHaveProperty('registration_access_token')
    expect(Object.values(body)).not.toContain(null)
  })

  it.each(['client_secret_basic', 'client_secret_post'])(
    'of a confidential client with %s has a secret that does not expire',
    async (method) => {
      const { body } = await registerClient(url, { token_endpoint_auth_method: method })

      expect(body).toMatchObject({
        token_endpoint_auth_method: method,
        client_secret: expect.stringMatching(/^[\w-]{43,}$/),
        client_secret_expires_at: 0,
      })
      expect(Object.values(body)).not.toContain(null)
    },
  )

  it('without a method gets the one of RFC 7591, with a secret', async () => {
    const { answer } = await send(JSON.stringify({ redirect_uris: ['https://app.example/cb'] }))

    expect(answer).toMatchObject({
      token_endpoint_auth_method: 'client_secret_basic',
      client_secret: expect.any(String),
      client_secret_expires_at: 0,
    })
  })

  it.each<[string, Metadata]>([
    ['no application_type', {}],
    ['the application_type web', { application_type: 'web' }],
    ['the application_type native', { application_type: 'native' }],
    ['an unknown application_type', { application_type: 'toaster' }],
    ['scopes', { scope: 'openid offline_access invoices:read' }],
    ['more grant types', { grant_types: ['authorization_code', 'implicit', 'password'] }],
    ['fewer grant types', { grant_types: ['authorization_code'] }],
    ['more response types', { response_types: ['code', 'token', 'id_token'] }],
    ['members that nobody knows', { foo: { bar: [1] }, software_id: 'x', software_version: '1' }],
    ['null members', { client_uri: null, logo_uri: null, contacts: null, scope: null }],
    ['an id of its own', { client_id: 'mine', client_id_issued_at: 1, client_secret: 'mine' }],
    ['RS256', { id_token_signed_response_alg: 'RS256', userinfo_signed_response_alg: 'RS256' }],
  ])('with %s is accepted, and the server does what it does', async (_name, metadata) => {
    const { status, body } = await registerClient(url, metadata)

    expect(status).toBe(201)
    expect(body).toMatchObject({
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    })
    expect(body['client_id']).not.toBe('mine')
    expect(body['client_secret']).toBeUndefined()
    expect(Object.values(body)).not.toContain(null)
  })

  it('of an editor works as it is sent', async () => {
    const redirects = [
      'https://insiders.vscode.dev/redirect',
      'https://vscode.dev/redirect',
      'http://127.0.0.1/',
      'http://127.0.0.1:33418/',
    ]
    const { status, body } = await registerClient(url, {
      client_name: 'Visual Studio Code',
      client_uri: 'https://code.visualstudio.com',
      grant_types: [
        'authorization_code',
        'refresh_token',
        'urn:ietf:params:oauth:grant-type:device_code',
      ],
      response_types: ['code'],
      redirect_uris: redirects,
      scope: 'invoices:read',
      application_type: 'native',
    })

    expect(status).toBe(201)
    expect(body['redirect_uris']).toEqual(redirects)
  })
})

describe('redirect URIs', () => {
  it.each([
    'https://claude.ai/api/mcp/auth_callback',
    'http://localhost:3334/oauth/callback',
    'http://127.0.0.1:6276/oauth/callback',
    'http://[::1]:1/cb',
    'cursor://anysphere.cursor-mcp/oauth/callback',
    'vscode://ms.copilot/callback',
    'com.example.app:/callback',
    'com.example.app:/oauth',
  ])('may be %s', async (uri) => {
    expect((await registerClient(url, { redirect_uris: [uri] })).status).toBe(201)
  })

  it.each([
    ['no TLS', 'http://evil.example/cb'],
    ['no TLS on a host that begins like loopback', 'http://127.0.0.1.evil.example/'],
    ['no TLS on the unspecified address', 'http://0.0.0.0/cb'],
    ['TLS on loopback', 'https://localhost/cb'],
    ['a script', 'javascript:alert(1)'],
    ['a script in other letters', 'JaVaScRiPt:alert(1)'],
    ['a script with a tab', 'java\tscript:alert(1)'],
    ['a script after space', ' javascript:alert(1)'],
    ['data', 'data:text/html,<script>alert(1)</script>'],
    ['a file', 'file:///etc/passwd'],
    ['an Android intent', 'intent://app#Intent;scheme=https;end'],
    ['a search', 'search-ms:query=x'],
    ['a scheme of nobody', 'myapp://callback'],
    ['vbscript', 'vbscript:msgbox(1)'],
    ['a blob', 'blob:https://app.example/1'],
    ['a mail', 'mailto:a@app.example'],
    ['a fragment', 'https://app.example/cb#x'],
    ['an empty fragment', 'https://app.example/cb#'],
    ['a user part', 'https://claude.ai@evil.example/cb'],
    ['no scheme', '//app.example/cb'],
    ['a path', '/cb'],
    ['nothing', ''],
    ['too long', `https://app.example/${'x'.repeat(2_000)}`],
  ])('may not be %s', async (_name, uri) => {
    const { status, body } = await registerClient(url, { redirect_uris: [uri] })

    expect(status).toBe(400)
    expect(body).toMatchObject({ error: 'invalid_redirect_uri' })
  })

  it.each<[string, unknown]>([
    ['absent', undefined],
    ['an empty list', []],
    ['a text', 'https://app.example/cb'],
    ['numbers', [1]],
    ['a hundred', Array.from({ length: 100 }, (_, index) => `https://app.example/${index}`)],
    ['right and one wrong', ['https://app.example/cb', 'javascript:alert(1)']],
  ])('may not be %s', async (_name, uris) => {
    const { status, body } = await registerClient(url, { redirect_uris: uris })

    expect(status).toBe(400)
    expect(body).toMatchObject({ error: 'invalid_redirect_uri' })
  })
})

describe('a registration that cannot be right', () => {
  it.each<[string, Metadata]>([
    ['a name that is too long', { client_name: 'x'.repeat(201) }],
    ['a name that is no text', { client_name: { toString: 'x' } }],
    ['more than a program has to say', { client_uri: `https://a.example/${'x'.repeat(8_000)}` }],
    ['a logo that is a script', { logo_uri: 'javascript:alert(1)' }],
    ['a method that is not offered', { token_endpoint_auth_method: 'private_key_jwt' }],
    ['a method that is a list', { token_endpoint_auth_method: ['none'] }],
  ])('is refused for %s', async (_name, metadata) => {
    const { status, body } = await registerClient(url, metadata)

    expect(status).toBe(400)
    expect(body).toMatchObject({ error: 'invalid_client_metadata' })
  })

  it.each([
    ['broken JSON', '{'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['null', 'null'],
    ['nothing', ''],
    ['a huge body', JSON.stringify({ x: 'x'.repeat(300_000) })],
    ['a deep body', '['.repeat(50_000)],
  ])('is refused for %s', async (_name, body) => {
    const { status, answer } = await send(body)

    expect(status).toBe(400)
    expect(answer).toMatchObject({ error: expect.stringMatching(/^invalid_/) })
  })

  it('is refused for a form', async () => {
    const { status } = await send('redirect_uris=https%3A%2F%2Fapp.example', {
      'content-type': 'application/x-www-form-urlencoded',
    })

    expect(status).toBe(400)
  })

  it('leaves nothing to manage: clients cannot be read, changed or removed', async () => {
    const { client_id: id } = await registerClient(url)
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const { status } = await fetch(`${url}/oauth/register/${id}`, { method })
      expect(status).toBe(404)
    }
  })
})
