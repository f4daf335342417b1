import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startBrowserSession } from '../../support/browser-session.ts'
import { fetchAt, type FetchAt } from '../../support/fetch-at.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import {
  authorizationUrl,
  createPkce,
  decide,
  registerClient,
  signIn,
} from '../../support/oauth-client.ts'

const SERVER_METADATA = '/.well-known/oauth-authorization-server'
const RESOURCE_METADATA = '/.well-known/oauth-protected-resource'

let running: Awaited<ReturnType<typeof startWithDemo>>
let send: FetchAt

beforeAll(async () => {
  running = await startWithDemo({ PUBLIC_URL: 'https://mcp.example.com', TRUST_PROXY: '1' })
  send = fetchAt(running.connector.port)
})

afterAll(() => running.close())

describe('behind a proxy, PUBLIC_URL decides', () => {
  const spoofed = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'http',
    'x-forwarded-port': '81',
    forwarded: 'for=1.2.3.4;host=evil.example;proto=http',
    'x-original-host': 'evil.example',
  }
  const hosts = ['mcp.example.com', 'MCP.example.com:8443', 'localhost', '127.0.0.1:1']

  it.each(hosts)('documents are the same with Host %s and forged headers', async (host) => {
    const paths = [SERVER_METADATA, '/.well-known/openid-configuration', `${RESOURCE_METADATA}/mcp`]
    for (const path of paths) {
      const address = `https://mcp.example.com${path}`
      const honest = await (await send(address)).text()
      const forged = await (await send(address, { headers: { host, ...spoofed } })).text()

      expect(forged).toBe(honest)
      expect(honest).toContain('"https://mcp.example.com"')
      expect(honest).not.toMatch(/http:|evil|localhost|127\.0/)
    }
  })

  it('the challenge names the public address', async () => {
    const { headers } = await send('https://mcp.example.com/mcp', {
      method: 'POST',
      headers: { host: 'localhost', 'content-type': 'application/json', ...spoofed },
      body: '{}',
    })

    expect(headers.get('www-authenticate')).toContain(
      'resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp"',
    )
  })

  it('redirects and cookies are those of the public address', async () => {
    const { connector } = running
    const client = await registerClient(`http://127.0.0.1:${connector.port}`)
    const { challenge } = createPkce()
    const cookies: string[] = []
    const session = startBrowserSession({
      headers: { host: 'localhost', ...spoofed },
      async send(address, init) {
        const response = await send(address, init)
        cookies.push(...response.headers.getSetCookie())
        return response
      },
    })

    const page = await session.open(authorizationUrl(connector.url, client, challenge))
    const last = await decide(session, await signIn(session, page))

    expect(new URL(page.url).origin).toBe('https://mcp.example.com')
    expect(new URL(last.url).searchParams.get('iss')).toBe('https://mcp.example.com')
    expect(new URL(last.url).searchParams.get('code')).toMatch(/./)
    expect(cookies.length).toBeGreaterThan(2)
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^(?:__Host-sluice-session|__Secure-sluice-[a-z]+)(?:\.sig)?=/)
      expect(cookie).toMatch(/; secure/i)
      expect(cookie).toMatch(/; httponly/i)
      expect(cookie).toMatch(/; samesite=lax/i)
      expect(cookie).not.toMatch(/; domain=/i)
      if (cookie.startsWith('__Host-')) expect(cookie).toMatch(/; path=\/(?:;|$)/)
    }
  })

  it('a host that is not ours gets nothing, on any path', async () => {
    for (const path of [SERVER_METADATA, `${RESOURCE_METADATA}/mcp`, '/oauth/token', '/mcp']) {
      const response = await send(`https://mcp.example.com${path}`, {
        headers: { host: 'evil.example' },
      })
      expect(response.status).toBe(403)
      expect(await response.text()).not.toContain('evil.example')
    }
  })
})
