import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openAuthorization, refusalIn } from '../../support/authorization-answer.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import {
  authorizationUrl,
  authorize,
  claimsOf,
  createPkce,
  exchangeCode,
  registerClient,
  REDIRECT_URI,
  requestTokens,
  type TestClient,
} from '../../support/oauth-client.ts'

const { challenge } = createPkce()

type Params = Readonly<Record<string, string | null>>

let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string
let client: TestClient

beforeAll(async () => {
  running = await startWithDemo()
  url = running.connector.url
  client = await registerClient(url)
})

afterAll(() => running.close())

function ask(params: Params) {
  return openAuthorization(authorizationUrl(url, client, challenge, params))
}

/** What the client is told, in the query of its own redirect URI. */
async function errorOf(params: Params) {
  const { error, ...rest } = refusalIn(await ask(params))
  expect(rest).toEqual({ sentTo: REDIRECT_URI, state: 'test-state', iss: url, code: null })
  return error
}

async function expectSignIn(params: Params) {
  expect(await ask(params)).toMatchObject({
    status: 303,
    to: { origin: url, pathname: expect.stringMatching(/^\/oauth\/interaction\/[\w-]{43}$/) },
  })
}

describe('the resource (RFC 8707)', () => {
  it.each<[string, () => string]>([
    ['ours', () => `${url}/mcp`],
    ['ours with a slash', () => `${url}/mcp/`],
    ['nothing', () => ''],
  ])('may be %s', async (_name, resource) => {
    await expectSignIn({ resource: resource() })
  })

  it.each<[string, () => string]>([
    ['foreign', () => 'https://evil.example/mcp'],
    ['the issuer', () => url],
    ['another path', () => `${url}/other`],
    ['ours with a query', () => `${url}/mcp?x=1`],
    ['ours with a fragment', () => `${url}/mcp#x`],
    ['relative', () => '/mcp'],
    ['another port', () => `http://127.0.0.1:1/mcp`],
    ['a host that begins alike', () => `${url}.evil.example/mcp`],
  ])('is refused when it is %s', async (_name, resource) => {
    expect(await errorOf({ resource: resource() })).toBe('invalid_target')
  })

  it('is refused when one of two is foreign', async () => {
    const address = new URL(authorizationUrl(url, client, challenge))
    for (const each of [`${url}/mcp`, 'https://evil.example/mcp']) {
      address.searchParams.append('resource', each)
    }

    const { to } = await openAuthorization(address.href)

    expect(to?.searchParams.get('error')).toBe('invalid_target')
  })

  it.each<[string, () => string | null]>([
    ['absent', () => null],
    ['nothing', () => ''],
    ['ours', () => `${url}/mcp`],
    ['ours with a slash', () => `${url}/mcp/`],
  ])('is the audience of the token, spelled our way, when it is %s', async (_name, resource) => {
    const granted = await authorize(url, client, {}, { resource: resource() })
    const { access_token: token } = await exchangeCode(url, client, granted)

    expect(claimsOf(token)).toMatchObject({ aud: `${url}/mcp`, iss: url })
  })

  it.each([
    ['/mcp/', '/mcp'],
    ['/mcp', '/mcp/'],
    [null, '/mcp/'],
  ])(
    'may be spelled %s on the way out and %s at the exchange and the refresh',
    async (out, in_) => {
      const granted = await authorize(url, client, {}, { resource: out && `${url}${out}` })
      const resource = `${url}${in_}`

      const tokens = await exchangeCode(url, client, granted, { resource })
      const refreshed = await requestTokens(url, client, {
        grant_type: 'refresh_token',
        refresh_token: tokens.refresh_token,
        resource,
      })

      expect([tokens.status, refreshed.status]).toEqual([200, 200])
      expect(claimsOf(refreshed.access_token)).toMatchObject({ aud: `${url}/mcp` })
    },
  )
})
