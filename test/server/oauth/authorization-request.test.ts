import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openAuthorization, refusalIn } from '../../support/authorization-answer.ts'
import { startBrowserSession } from '../../support/browser-session.ts'
import { at } from '../../demo/support/json.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import {
  authorizationUrl,
  authorize,
  claimsOf,
  createPkce,
  exchangeCode,
  registerClient,
  signIn,
  type TestClient,
} from '../../support/oauth-client.ts'

const WEB = 'https://app.example/cb'
const LOOPBACK = 'http://127.0.0.1:33418/callback'
const PRIVATE = 'cursor://anysphere.cursor-mcp/oauth'
const { challenge } = createPkce()

type Params = Readonly<Record<string, string | null>>

let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string
let client: TestClient
let allScopes: unknown

beforeAll(async () => {
  running = await startWithDemo()
  url = running.connector.url
  client = await registerClient(url, { redirect_uris: [WEB, LOOPBACK, PRIVATE] })
  const metadata: unknown = await (
    await fetch(`${url}/.well-known/oauth-protected-resource`)
  ).json()
  allScopes = at(metadata, 'scopes_supported')
})

afterAll(() => running.close())

function ask(params: Params) {
  return openAuthorization(authorizationUrl(url, client, challenge, params))
}

/** What the client is told, in the query of its own redirect URI. */
async function errorOf(params: Params) {
  const { error, ...rest } = refusalIn(await ask(params))
  expect(rest).toEqual({ sentTo: WEB, state: 'test-state', iss: url, code: null })
  return error
}

async function expectSignIn(params: Params) {
  expect(await ask(params)).toMatchObject({
    status: 303,
    to: { origin: url, pathname: expect.stringMatching(/^\/oauth\/interaction\/[\w-]{43}$/) },
  })
}

describe('the redirect URI', () => {
  it.each([
    ['as registered', WEB],
    ['a private-use scheme', PRIVATE],
    ['loopback with another port', 'http://127.0.0.1:1/callback'],
    ['loopback without a port', 'http://127.0.0.1/callback'],
  ])('may be %s', async (_name, uri) => {
    await expectSignIn({ redirect_uri: uri })
  })

  it.each([
    ['another host', 'https://evil.example/cb'],
    ['another path', 'https://app.example/other'],
    ['a longer path', 'https://app.example/cb/'],
    ['a path in other letters', 'https://app.example/CB'],
    ['a path with steps', 'https://app.example/x/../cb'],
    ['an encoded path', 'https://app.example/%63b'],
    ['a query', 'https://app.example/cb?next=https://evil.example'],
    ['a fragment', 'https://app.example/cb#x'],
    ['another port', 'https://app.example:444/cb'],
    ['no TLS', 'http://app.example/cb'],
    ['a subdomain', 'https://evil.app.example/cb'],
    ['a domain that begins alike', 'https://app.example.evil.example/cb'],
    ['a user part', 'https://app.example@evil.example/cb'],
    ['a backslash', 'https://evil.example\\@app.example/cb'],
    ['space around it', ' https://app.example/cb'],
    ['a line break', 'https://app.example/cb\r\nSet-Cookie: a=b'],
    ['another name of loopback', 'http://localhost:33418/callback'],
    ['loopback with another path', 'http://127.0.0.1:33418/other'],
    ['a domain that begins like loopback', 'http://127.0.0.1.evil.example:33418/callback'],
    ['loopback with a user part', 'http://user@127.0.0.1:33418/callback'],
    ['loopback with a fragment', 'http://127.0.0.1:33418/callback#x'],
    ['another private-use path', 'cursor://evil/oauth'],
    ['a script', 'javascript:alert(1)'],
    ['nothing', ''],
    ['absent', null],
  ])('is never redirected to with %s', async (_name, uri) => {
    const { status, to, headers, text } = await ask({ redirect_uri: uri })

    expect({ status, to }).toEqual({ status: 400, to: null })
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('set-cookie')).toBeNull()
    expect(text).not.toMatch(/evil|<script|href="https?:/)
  })
})

describe('the client', () => {
  it.each([
    ['unknown', 'nobody'],
    ['markup', '"><script>alert(1)</script>'],
    ['absent', null],
    ['a prototype name', '__proto__'],
    ['a NUL', 'a\0b'],
    ['very long', 'x'.repeat(5_000)],
  ])('gets a page and no redirect when it is %s', async (_name, id) => {
    const { status, to, text } = await ask({ client_id: id })

    expect({ status, to }).toEqual({ status: 400, to: null })
    expect(text).toContain('This connection cannot be made')
    expect(text).not.toContain('<script')
  })
})

describe('the response', () => {
  it.each(['none', '', 'code none', 'foo'])('is no other than a code: %j', async (type) => {
    expect(await errorOf({ response_type: type })).toMatch(
      /^(?:unsupported_response_type|invalid_request)$/,
    )
  })

  it.each(['token', 'id_token', 'code token', 'code id_token token'])(
    'never brings a token by the browser: %s',
    async (type) => {
      const { status, to } = await ask({ response_type: type })

      // What would have come in the fragment is refused there (OAuth 2.0 multiple response types).
      expect(status).toBe(303)
      expect(`${to?.origin ?? ''}${to?.pathname ?? ''}`).toBe(WEB)
      expect(to?.hash).toContain('error=unsupported_response_type')
      expect(to?.href).not.toMatch(/access_token|code=/)
    },
  )

  it.each(['fragment', 'form_post', 'web_message', 'jwt', 'query.jwt', ''])(
    'comes by query only, and the refusal of mode %j too',
    async (mode) => {
      if (mode === '') return expectSignIn({ response_mode: mode })
      expect(await errorOf({ response_mode: mode })).toMatch(
        /^(?:invalid_request|unsupported_response_mode)$/,
      )
    },
  )

  it('carries state and iss with the code (RFC 9207), whatever the state', async () => {
    for (const state of ['', 'a b&c=d#e%2F"<>', 'ü😀', 'x'.repeat(2_000)]) {
      const { callback, code } = await authorize(url, client, {}, { state })

      expect(code).not.toBe('')
      expect(callback.searchParams.get('iss')).toBe(url)
      expect(callback.searchParams.get('state') ?? '').toBe(state)
    }
  })

  it('carries state and iss with a refusal by the person', async () => {
    const { callback } = await authorize(url, client, { action: 'deny' })

    expect(Object.fromEntries(callback.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'test-state',
      iss: url,
    })
  })
})

describe('the scope', () => {
  it.each<[string, string | null, readonly string[] | 'all']>([
    ['absent', null, 'all'],
    ['empty', '', 'all'],
    ['nothing that is known', 'nope:read offline_access openid', 'all'],
    ['known', 'invoices:read', ['invoices:read']],
    [
      'partly known',
      'openid invoices:read nope contracts:read',
      ['contracts:read', 'invoices:read'],
    ],
  ])('that is %s offers what is known of it, or everything', async (_name, scope, offered) => {
    const session = startBrowserSession()
    const page = await session.open(authorizationUrl(url, client, challenge, { scope }))
    const { text } = await signIn(session, page)
    const names = [...text.matchAll(/name="scope" value="([^"]+)"/g)].map(([, name]) => name)

    expect(names.sort()).toEqual(offered === 'all' ? allScopes : offered)
  })

  it('of a token is what the person left chosen', async () => {
    const person = { scopes: ['invoices:read'] }
    const granted = await authorize(url, client, person, {
      scope: 'invoices:read contracts:read',
    })
    const tokens = await exchangeCode(url, client, granted)

    expect(tokens.scope).toBe('invoices:read')
    expect(claimsOf(tokens.access_token)).toMatchObject({ scope: 'invoices:read' })
  })
})

describe('a request', () => {
  it('without a person (prompt=none) is told that one is needed', async () => {
    expect(await errorOf({ prompt: 'none' })).toBe('login_required')
  })

  it.each([
    ['request', 'eyJhbGciOiJub25lIn0.e30.', 'request_not_supported'],
    ['request_uri', 'https://evil.example/request', 'request_uri_not_supported'],
    ['request_uri', 'urn:ietf:params:oauth:request_uri:x', 'request_uri_not_supported'],
    ['registration', '{}', 'registration_not_supported'],
  ])('with a %s object is refused and nothing is fetched', async (name, value, error) => {
    expect(await errorOf({ [name]: value })).toBe(error)
  })

  it.each(['client_id', 'redirect_uri', 'state', 'scope', 'code_challenge', 'response_type'])(
    'with %s twice is refused',
    async (name) => {
      const address = new URL(authorizationUrl(url, client, challenge, { scope: 'a' }))
      address.searchParams.append(name, 'other')

      const { to } = await openAuthorization(address.href)

      expect(to?.pathname ?? '').not.toContain('/interaction/')
    },
  )

  it('comes by GET only', async () => {
    const { search } = new URL(authorizationUrl(url, client, challenge))
    const { status } = await fetch(`${url}/oauth/authorize`, {
      method: 'POST',
      body: new URLSearchParams(search),
      redirect: 'manual',
    })

    expect([404, 405]).toContain(status)
  })

  it('that is too long for a URL is refused as such', async () => {
    expect((await ask({ state: 'x'.repeat(20_000) })).status).toBe(431)
  })
})
