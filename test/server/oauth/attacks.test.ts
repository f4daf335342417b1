import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { fetchAt } from '../../support/fetch-at.ts'
import { startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import { startHeaderProxy } from '../../support/header-proxy.ts'
import {
  authorizationUrl,
  bearer,
  connect,
  createPkce,
  decide,
  registerClient,
  signIn,
} from '../../support/oauth-client.ts'
import { callTool, resultOf } from '../../support/rpc.ts'
import { runNode } from '../../support/run.ts'
import { startWatchedBrowser } from '../../support/watched-browser.ts'

const { challenge } = createPkce()

let demo: Demo
let proxy: Awaited<ReturnType<typeof startHeaderProxy>>
let connector: TestConnector
let url: string

beforeAll(async () => {
  demo = await startDemo()
  proxy = await startHeaderProxy(demo.url)
  connector = await startFlowtly(proxy.url)
  url = connector.url
})

afterAll(async () => {
  await connector.close()
  await proxy.close()
  await demo.close()
})

describe('token passthrough', () => {
  it('the upstream sees its own credential, never a token, code or secret of the client', async () => {
    proxy.requests.length = 0
    const { client, tokens } = await connect(url)
    const forged = { cookie: 'a=b', 'proxy-authorization': 'Basic eA==', 'x-api-key': 'forged' }

    resultOf(
      await callTool(url, 'invoices.list', {}, { ...bearer(tokens.access_token), ...forged }),
    )

    const call = proxy.requests.find(({ target }) => target.startsWith('/v1/invoices'))
    const sent = JSON.stringify(proxy.requests)
    expect(call?.headers.authorization).toMatch(/^Bearer fls_/)
    expect(call?.headers).not.toHaveProperty('cookie')
    expect(call?.headers).not.toHaveProperty('x-api-key')
    for (const secret of [tokens.access_token, tokens.refresh_token, client.client_id, 'forged']) {
      expect(sent).not.toContain(secret)
    }
  })
})

describe('GHSA-g53w-w6mj-hrpp: no header and no default makes anybody somebody', () => {
  it.each([
    'x-user-id',
    'x-user-email',
    'x-forwarded-user',
    'x-forwarded-email',
    'x-remote-user',
    'x-auth-request-user',
    'x-organization-id',
    'x-mcp-authorized',
    'x-mcp-servername',
  ])('%s alone is nobody', async (name) => {
    const response = await fetch(`${url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [name]: 'owner@acme.example' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    })

    expect(response.status).toBe(401)
  })

  it('headers change neither the member nor the organization of a token', async () => {
    const { tokens } = await connect(url)
    proxy.requests.length = 0
    await callTool(
      url,
      'invoices.list',
      {},
      {
        ...bearer(tokens.access_token),
        'x-organization-id': 'globex',
        'x-user-email': 'owner@globex.example',
        'x-forwarded-user': 'owner@globex.example',
      },
    )

    expect(proxy.requests).not.toHaveLength(0)
    for (const { headers } of proxy.requests) {
      expect(headers['x-organization-id']).toBe('acme')
      expect(JSON.stringify(headers)).not.toContain('globex')
    }
  })

  it('there is no default SECRET_KEY: without one the server does not start', async () => {
    const { code, stderr } = await runNode(['server/main.ts'], {
      env: { PORT: '0', UPSTREAM_URL: demo.url, DATABASE_URL: 'sqlite::memory:' },
    })

    expect(code).toBe(2)
    expect(stderr).toContain('SECRET_KEY is required')
  })
})

describe('DNS rebinding', () => {
  it.each([
    ['GET', '/oauth/authorize'],
    ['GET', '/oauth/interaction/x'],
    ['GET', '/oauth/callback?state=x'],
    ['POST', '/oauth/token'],
    ['POST', '/oauth/register'],
    ['POST', '/oauth/revoke'],
    ['GET', '/oauth/jwks'],
    ['POST', '/mcp'],
    ['GET', '/.well-known/oauth-authorization-server'],
    ['GET', '/.well-known/oauth-protected-resource/mcp'],
  ])('%s %s answers no page that came by another name', async (method, path) => {
    const send = fetchAt(connector.port)
    for (const host of ['rebound.evil.example', `localhost.evil.example:${connector.port}`]) {
      const { status } = await send(`${url}${path}`, { method, headers: { host } })
      expect(status).toBe(403)
    }
  })
})

describe('clickjacking', () => {
  it('no page for people can be framed, kept or sniffed', async () => {
    const client = await registerClient(url)
    const browser = startWatchedBrowser()
    const start = await browser.open(authorizationUrl(url, client, challenge))
    const wrong = await signIn(browser, start, { password: 'wrong' })
    const consent = await signIn(browser, wrong)
    const refused = await browser.open(authorizationUrl(url, { ...client, client_id: 'x' }, 'x'))
    const expired = await browser.open(`${url}/oauth/interaction/unknown`)
    const callback = await browser.open(`${url}/oauth/callback`)

    expect(consent.text).toContain('value="allow"')
    for (const page of [start, wrong, consent, refused, expired, callback]) {
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(page.headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/)
      expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'/)
      expect(page.headers.get('x-frame-options')).toBe('DENY')
      expect(page.headers.get('x-content-type-options')).toBe('nosniff')
      expect(page.headers.get('cache-control')).toBe('no-store')
      expect(page.headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

describe('session fixation', () => {
  const planted = ['sluice-session', 'sluice-interaction', 'sluice-resume']
    .flatMap((name) => [`${name}=planted`, `${name}.sig=planted`])
    .join('; ')

  it('a cookie that was planted is never taken up', async () => {
    const client = await registerClient(url)
    const browser = startWatchedBrowser({ cookie: planted })
    const start = await browser.open(authorizationUrl(url, client, challenge))
    const done = await decide(browser, await signIn(browser, start))

    expect(new URL(done.url).searchParams.get('code')).not.toBeNull()
    expect(browser.received.length).toBeGreaterThan(0)
    expect(browser.received.join()).not.toContain('planted')
  })

  it('nothing is left signed in when the browser goes back to the client', async () => {
    const client = await registerClient(url)
    const browser = startWatchedBrowser()
    const start = await browser.open(authorizationUrl(url, client, challenge))
    await decide(browser, await signIn(browser, start))

    const silent = await browser.open(authorizationUrl(url, client, challenge, { prompt: 'none' }))
    const page = await browser.open(start.url)

    expect(new URL(silent.url).searchParams.get('error')).toBe('login_required')
    expect(page.status).toBe(400)
  })

  it('each interaction has cookies of its own, for its own pages', async () => {
    const client = await registerClient(url)
    const browser = startWatchedBrowser()
    const start = await browser.open(authorizationUrl(url, client, challenge))
    const { pathname } = new URL(start.url)
    const line = browser.received.find((each) => each.startsWith('sluice-interaction='))

    expect(line).toContain(`path=${pathname};`)
    expect(line).toMatch(/httponly/i)
    expect(line).toMatch(/samesite=lax/i)
  })
})

describe('an open redirect', () => {
  const uid = 'u'.repeat(43)
  const random = 'r'.repeat(32)

  it.each([
    ['nothing', ''],
    ['another site', 'https://evil.example'],
    ['another site in the way of ours', `//evil.example.${uid}.${random}`],
    ['a label that is a host', `evil.example/.${uid}.${random}`],
    ['a tenant where there are none', `acme.${uid}.${random}`],
    ['a path', `.../../${uid}.${random}`],
    ['a backslash', `.\\\\evil.example.${random}`],
    ['a line break', `.${uid}\r\nLocation: https://evil.example.${random}`],
    ['too many parts', `.${uid}.${random}.x`],
  ])('is not at /oauth/callback for %s as state', async (_name, state) => {
    const query = new URLSearchParams({ state, code: 'x', iss: 'https://evil.example' })
    const response = await fetch(`${url}/oauth/callback?${query.toString()}`, {
      redirect: 'manual',
    })

    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(await response.text()).not.toContain('evil')
  })

  it('is not there for a state that looks right: it leads to our own page, which knows it not', async () => {
    const query = `?state=.${uid}.${random}&code=x&next=https://evil.example`
    const { headers } = await fetch(`${url}/oauth/callback${query}`, { redirect: 'manual' })
    const location = headers.get('location') ?? ''
    const last = await fetch(location, { redirect: 'manual' })

    expect(location).toBe(`${url}/oauth/interaction/${uid}/callback${query}`)
    expect(last.status).toBe(400)
  })
})

describe('HTML from outside', () => {
  const MARKUP = `"><img src=x onerror=alert(1)><script>alert(2)</script>{{constructor}}'`

  it('is text on every page: client name, organization, member', async () => {
    const hostile = demo.database
    const rename = (name: string) => {
      hostile.prepare('UPDATE organizations SET name = ? WHERE id = ?').run(name, 'acme')
      hostile.prepare('UPDATE members SET name = ? WHERE id = ?').run(name, 'mem_06')
    }
    const client = await registerClient(url, { client_name: MARKUP })
    const browser = startWatchedBrowser()
    rename(MARKUP)
    const start = await browser.open(authorizationUrl(url, client, challenge))
    const consent = await signIn(browser, start, { email: 'consultant@partners.example' })
    rename('Acme Industries')

    expect(consent.text).toContain('value="allow"')
    for (const { text } of [start, consent]) {
      expect(text).toContain('&lt;img src')
      expect(text).not.toMatch(/<img src=x|<script|onerror=alert\(1\)>/)
    }
  })

  it('is text in the reasons of a refusal, and in what was typed', async () => {
    const client = await registerClient(url)
    const browser = startWatchedBrowser()
    const refused = await browser.open(
      authorizationUrl(url, client, challenge, { redirect_uri: `https://evil.example/${MARKUP}` }),
    )
    const start = await browser.open(authorizationUrl(url, client, challenge))
    const wrong = await signIn(browser, start, { email: `x${MARKUP}@acme.example` })

    expect(wrong.status).toBe(422)
    for (const { text } of [refused, wrong]) {
      expect(text).not.toMatch(/<img src=x|<script|onerror=alert\(1\)>/)
    }
  })

  it('never comes back in an error that is JSON', async () => {
    const response = await fetch(`${url}/oauth/token`, {
      method: 'POST',
      headers: { accept: 'text/html' },
      body: new URLSearchParams({ client_id: MARKUP, grant_type: MARKUP, code: MARKUP }),
    })
    const text = await response.text()

    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(text).not.toContain('<img src=x')
    expect(text).not.toContain('<script')
  })
})
