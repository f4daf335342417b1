import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { decodeProtectedHeader } from 'jose'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { createKeyRing } from '../../../server/oauth/signing-keys.ts'
import { createSeal } from '../../../server/seal.ts'
import { openStore } from '../../../server/store/open-store.ts'
import { startBrowserSession } from '../../support/browser-session.ts'
import {
  authorizeAt,
  connectAt,
  postedForm,
  registerAt,
  requestTokensAt,
} from '../../support/connect-at.ts'
import { fetchAt, type FetchAt } from '../../support/fetch-at.ts'
import { startFlowtly, TEST_SECRET_KEY, type TestConnector } from '../../support/flowtly.ts'
import { authorizationUrl, bearer, createPkce, decide, signIn } from '../../support/oauth-client.ts'
import { storeKinds, type TestDatabase } from '../../support/stores.ts'

/** What clients see, whichever instance answers. */
const ORIGIN = 'https://mcp.example.test'
/** A new key is published for so long before it signs. */
const PUBLISH_AHEAD_MS = 60_000
/** An instance looks for an unknown key at most so often. */
const MISS_INTERVAL_MS = 1_000
const ACCESS_TOKEN_TTL_MS = 3_600_000
/** Sign-ins that may fail for one account. */
const MAX_FAILED = 10

const PING = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"taxGroups.list"}}'

describe.each(storeKinds)('two instances on one $kind database', ({ create }) => {
  let demo: Demo
  let database: TestDatabase
  let connectors: readonly [TestConnector, TestConnector]
  let one: FetchAt
  let other: FetchAt

  const start = () => startFlowtly(demo.url, { DATABASE_URL: database.url, PUBLIC_URL: ORIGIN })

  beforeAll(async () => {
    demo = await startDemo()
    database = await create()
    connectors = await Promise.all([start(), start()])
    const [first, second] = connectors
    one = fetchAt(first.port)
    other = fetchAt(second.port)
  })

  afterAll(async () => {
    for (const connector of connectors) await connector.close()
    await database.drop()
    await demo.close()
  })

  it('carry one connection between them, each step at another one', async () => {
    let at = one
    const session = startBrowserSession({ send: (url, init) => at(url, init) })
    const { verifier, challenge } = createPkce()
    const client = await registerAt(other, ORIGIN)

    const page = await session.open(authorizationUrl(ORIGIN, client, challenge))
    at = other
    const consent = await signIn(session, page)
    at = one
    const { url } = await decide(session, consent)
    const code = new URL(url).searchParams.get('code') ?? ''
    const exchange = { grant_type: 'authorization_code', code, code_verifier: verifier, ...client }
    const tokens = await requestTokensAt(other, ORIGIN, exchange)
    const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refreshToken, ...client }
    const refreshed = await requestTokensAt(one, ORIGIN, refresh)

    expect(await statusOf(one, tokens.accessToken)).toBe(200)
    expect(await statusOf(other, refreshed.accessToken)).toBe(200)
    const again = await requestTokensAt(other, ORIGIN, refresh)
    expect(again.error).toBe('invalid_grant')
  })

  it('exchange a code once', async () => {
    const client = await registerAt(one, ORIGIN)
    const { exchange } = await authorizeAt(one, ORIGIN, client)

    const answers = await Promise.all(
      [one, other].map((at) => requestTokensAt(at, ORIGIN, exchange)),
    )

    expect(answers.map(({ error }) => error).sort()).toEqual(['', 'invalid_grant'])
  })

  it('accept tokens that another instance signed with a key that it has just made', async () => {
    const store = await openStore({ url: database.url, now: Date.now })
    const before = await connectAt(one, ORIGIN, {})
    expect(await statusOf(other, before)).toBe(200)

    await createKeyRing({
      store: store.signingKeys,
      seal: createSeal(Buffer.from(TEST_SECRET_KEY.reveal(), 'base64'), 'signing-keys'),
      accessTokenTtlMs: ACCESS_TOKEN_TTL_MS,
      now: () => Date.now() - PUBLISH_AHEAD_MS,
    }).rotate()
    await sleep(MISS_INTERVAL_MS)
    await using third = await start()
    const after = await connectAt(fetchAt(third.port), ORIGIN, {})

    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid)
    expect(await statusOf(other, after)).toBe(200)
    expect(await statusOf(fetchAt(third.port), before)).toBe(200)
    const published = await fetchAt(third.port)(`${ORIGIN}/oauth/jwks`)
    expect(await published.json()).toMatchObject({ keys: [{}, {}] })
    await store.close()
  })

  it('end a connection for each other on the next call', async () => {
    const client = await registerAt(one, ORIGIN)
    const { exchange } = await authorizeAt(one, ORIGIN, client)
    const { accessToken, refreshToken } = await requestTokensAt(one, ORIGIN, exchange)
    expect(await statusOf(one, accessToken)).toBe(200)
    expect(await statusOf(other, accessToken)).toBe(200)

    const revoked = await one(
      `${ORIGIN}/oauth/revoke`,
      postedForm({ token: refreshToken, ...client }),
    )

    expect(revoked.status).toBe(200)
    expect(await statusOf(other, accessToken)).toBe(401)
    const refresh = { grant_type: 'refresh_token', refresh_token: refreshToken, ...client }
    expect((await requestTokensAt(other, ORIGIN, refresh)).error).toBe('invalid_grant')
  })

  it('count failed sign-ins together', async () => {
    const client = await registerAt(one, ORIGIN)
    const email = 'owner@globex.example'
    const tryAt = async (at: FetchAt, password: string) => {
      const session = startBrowserSession({ send: at })
      const page = await session.open(authorizationUrl(ORIGIN, client, createPkce().challenge))
      return (await signIn(session, page, { email, password })).status
    }

    const statuses: number[] = []
    for (let tries = 0; tries < MAX_FAILED; tries += 1) {
      statuses.push(await tryAt(tries % 2 === 0 ? one : other, 'wrong'))
    }

    expect(new Set(statuses)).toEqual(new Set([422]))
    expect(await tryAt(one, 'sluice-demo')).toBe(429)
    expect(await tryAt(other, 'sluice-demo')).toBe(429)
  })
})

/** How a call with this token ends. */
async function statusOf(send: FetchAt, token: string): Promise<number> {
  const headers = { 'content-type': 'application/json', ...bearer(token) }
  return (await send(`${ORIGIN}/mcp`, { method: 'POST', headers, body: PING })).status
}
