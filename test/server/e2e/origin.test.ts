import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { credentials, startWithDemo } from '../../support/flowtly.ts'

const WORKSPACE = 'https://workspace.flowtly.example'
const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}'

let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string

beforeAll(async () => {
  running = await startWithDemo({
    WORKSPACE_ORIGIN: WORKSPACE,
    ALLOWED_ORIGINS: 'https://claude.ai,https://other.example',
  })
  url = running.connector.url
})

afterAll(() => running.close())

function send(method: string, headers: Readonly<Record<string, string>>, path = '/mcp') {
  return fetch(`${url}${path}`, {
    method,
    headers: { ...credentials(), 'content-type': 'application/json', ...headers },
    ...(method === 'POST' && { body: PING }),
  })
}

describe('a page', () => {
  it.each([
    ['https://claude.ai', null],
    ['https://other.example', null],
    ['http://localhost:6274', null],
    ['http://127.0.0.1', null],
    [WORKSPACE, 'true'],
  ])('of %s may call, and may send credentials: %s', async (origin, allowCredentials) => {
    const response = await send('POST', { origin })

    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe(origin)
    expect(response.headers.get('access-control-allow-credentials')).toBe(allowCredentials)
    expect(response.headers.get('vary')).toMatch(/origin/i)
    expect(response.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate')
  })

  it.each([
    ['https://evil.example'],
    ['https://claude.ai.evil.example'],
    ['http://claude.ai'],
    ['https://claude.ai:8443'],
    ['http://localhost.evil.example'],
    ['null'],
    ['https://workspace.flowtly.example.evil.example'],
  ])('of %s may not', async (origin) => {
    for (const method of ['POST', 'OPTIONS']) {
      const response = await send(method, { origin, 'access-control-request-method': 'POST' })

      expect(response.status).toBe(403)
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
      expect(await response.json()).toMatchObject({ error: 'origin_not_allowed' })
    }
  })

  it('learns before its call what it may send, without credentials', async () => {
    const response = await fetch(`${url}/mcp`, {
      method: 'OPTIONS',
      headers: { origin: 'https://claude.ai', 'access-control-request-method': 'POST' },
    })

    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-methods')).toBe('POST')
    for (const name of ['Authorization', 'MCP-Protocol-Version', 'Mcp-Method', 'X-Api-Secret']) {
      expect(response.headers.get('access-control-allow-headers')).toContain(name)
    }
  })

  it('of any origin may read what is public, without credentials', async () => {
    for (const path of ['/health', '/mcp/openapi.json']) {
      const response = await send('GET', { origin: 'https://anywhere.example' }, path)

      expect(response.status).toBe(200)
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(response.headers.get('access-control-allow-credentials')).toBeNull()
    }
  })

  it('still sees a refusal of its credentials', async () => {
    const response = await send('POST', { origin: 'https://claude.ai', 'X-Api-Key': 'wrong' })

    expect(response.status).toBe(401)
    expect(response.headers.get('access-control-allow-origin')).toBe('https://claude.ai')
  })
})

describe('a page of this machine', () => {
  it('may not call a connector that the world sees, though it listens on loopback', async () => {
    await using behindProxy = await startWithDemo({ PUBLIC_URL: 'https://mcp.example.com' })

    const response = await fetch(`http://127.0.0.1:${behindProxy.connector.port}/mcp`, {
      method: 'POST',
      headers: { ...credentials(), 'content-type': 'application/json', origin: 'http://localhost' },
      body: PING,
    })

    expect(response.status).toBe(403)
  })
})

describe('a host that was rebound to this machine', () => {
  it.each([
    ['localhost', 200],
    ['127.0.0.1:1234', 200],
    ['[::1]:80', 200],
    ['evil.example', 403],
    ['localhost.evil.example', 403],
    ['127.0.0.1.evil.example:80', 403],
    ['a b', 403],
  ])('as %s is answered %d', async (host, status) => {
    expect(await statusWithHost(host)).toBe(status)
  })
})

/** `fetch` does not let a test forge `Host`. */
function statusWithHost(host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const outgoing = request(`${url}/health`, { headers: { host } }, (response) => {
    response.resume()
    resolve(response.statusCode ?? 0)
  })
  outgoing.on('error', reject).end()
  return promise
}
