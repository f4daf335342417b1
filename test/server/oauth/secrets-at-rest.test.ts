import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Kysely } from 'kysely'
import { hashSecret } from '../../../demo/http/secrets.ts'
import { startDemo, type Demo } from '../../../demo/server.ts'
import type { CredentialPlace } from '../../../server/mcp/tool.ts'
import { createKeyRing } from '../../../server/oauth/signing-keys.ts'
import { createSeal } from '../../../server/seal.ts'
import { openStore } from '../../../server/store/open-store.ts'
import type { Schema } from '../../../server/store/schema.ts'
import type { Store } from '../../../server/store/store.ts'
import {
  startBrowserSession,
  type BrowserSession,
  type Page,
} from '../../support/browser-session.ts'
import { keyCaller, tokenCaller } from '../../support/callers.ts'
import { authorizeAt, postedForm, registerAt, requestTokensAt } from '../../support/connect-at.ts'
import { signInToConsole, submitSignIn, visitConsole } from '../../support/console-session.ts'
import { oidcLogin, startWithLogin } from '../../support/connectors.ts'
import { dumpRows, readFiles } from '../../support/database-dump.ts'
import { startFederatedUpstream } from '../../support/federated-upstream.ts'
import { fetchAt, type FetchAt } from '../../support/fetch-at.ts'
import { startFlowtly, TEST_SECRET_KEY, type TestConnector } from '../../support/flowtly.ts'
import { startIdentityProvider, visitIdentityProvider } from '../../support/identity-provider.ts'
import {
  authorizationUrl,
  bearer,
  createPkce,
  decide,
  signIn,
  type TestClient,
} from '../../support/oauth-client.ts'
import { startRecordingProxy } from '../../support/recording-proxy.ts'
import { createSecretRecord, recordSecrets, spellingsOf } from '../../support/secret-record.ts'
import { serviceLogin } from '../../support/service.ts'
import { storeKinds, type TestDatabase } from '../../support/stores.ts'
import { openRawDatabase } from '../store/raw-database.ts'

const ORIGIN = 'https://mcp.example.test'
const EMAIL = 'owner@acme.example'
const OTHER_EMAIL = 'owner@globex.example'
const LEAST_SECRETS = 80
const CALL = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"taxGroups.list"}}'

/** Characters that each way of writing spells differently. */
const marked = (what: string) => `${what} +/&=% ${randomBytes(12).toString('base64')}`

describe.each(storeKinds)('at rest on $kind', ({ create }) => {
  const record = createSecretRecord()
  const rows = new Set<string>()
  const password = marked('password')
  const apiSecret = marked('api-secret')
  let demo: Demo
  let proxy: Awaited<ReturnType<typeof startRecordingProxy>>
  let database: TestDatabase
  let running: TestConnector
  let store: Store
  let db: Kysely<Schema>
  let send: FetchAt
  const logs: (readonly string[])[] = []

  beforeAll(async () => {
    demo = await startDemo()
    setSecrets(demo, password, apiSecret)
    proxy = await startRecordingProxy(demo.url, record)
    database = await create()
    running = await startFlowtly(proxy.url, { DATABASE_URL: database.url, PUBLIC_URL: ORIGIN })
    store = await openStore({ url: database.url, now: Date.now })
    db = await openRawDatabase(database.url)
    send = sendTo(running)
  })

  afterAll(async () => {
    await db.destroy()
    await store.close()
    await running.close()
    await proxy.close()
    await database.drop()
    await demo.close()
  })

  it('no secret is found in any row, file or line of the log, however it is written', async () => {
    record.add('password', password)
    record.add('api secret', apiSecret)
    record.add('SECRET_KEY', TEST_SECRET_KEY.reveal())
    await runEveryFlow()
    await addOwnKeys()
    const texts = [...rows, ...logs.flat()].map((text) => Buffer.from(text))
    const places = [...texts, ...(await readFiles(database.url))]

    const found = findAll(places)

    expect(found).toEqual([])
    expect(record.kinds.size).toBeGreaterThan(LEAST_SECRETS)
    expect(logs.map((log) => log.join('').includes('"tokens_issued"'))).toEqual(
      logs.map(() => true),
    )
    expect(logs).toHaveLength(5)
    expect([...rows].some((row) => row.includes('RefreshToken'))).toBe(true)
    const recorded = [...rows].filter((row) => row.startsWith('audit_event '))
    for (const type of ['mcp.request', 'token.issued', 'sign-in.failed', 'authentication.failed']) {
      expect(recorded.some((row) => row.includes(type))).toBe(true)
    }
  }, 60_000)

  it('the search finds a secret that is there, in each way of writing', async () => {
    const planted = marked('planted')
    record.add('planted', planted)

    for (const spelling of spellingsOf(planted)) {
      await store.settings.settle(`planted-${spelling}`, () => `before ${spelling} after`)
      const texts = (await dumpRows(db)).filter((row) => row.includes(spelling))
      const files = (await readFiles(database.url)).filter((file) => file.includes(spelling))
      expect(findAll(texts.map((text) => Buffer.from(JSON.stringify(text))))).toContain('planted')
      if (files.length > 0) expect(findAll(files)).toContain('planted')
    }
    for (const shift of ['', '.', '..']) {
      const line = Buffer.from(`${shift}${planted}.`).toString('base64url')
      expect(findAll([Buffer.from(line)])).toEqual(['planted'])
    }
  })

  /** Notes what goes to a connector and comes back, keeps its log, and looks into the database after each answer. */
  function sendTo(connector: TestConnector): FetchAt {
    logs.push(connector.log)
    return recordSecrets(fetchAt(connector.port), record, async () => {
      for (const row of await dumpRows(db)) rows.add(row)
    })
  }

  /** What each found secret is; the value itself is not printed. */
  function findAll(places: readonly Buffer[]): readonly string[] {
    return [...record.kinds].flatMap(([secret, kind]) => {
      const isThere = [...spellingsOf(secret)].some((spelling) =>
        places.some((place) => place.includes(spelling)),
      )
      return isThere ? [kind] : []
    })
  }

  async function runEveryFlow(): Promise<void> {
    const publicClient = await registerAt(send, ORIGIN)
    const secretClient = await registerAt(send, ORIGIN, 'client_secret_post')
    await connectAndUse(publicClient)
    const { accessToken, refreshToken } = await connectAndUse(secretClient)
    await useKeyAndCredentials(accessToken)
    await leaveUndone(publicClient)
    await fail(publicClient)
    await useConsole()
    await signInAtProvider()
    await signInWithCredentials()
    await useService({ in: 'query', name: 'key' }, proxy.url)
    await useService({ in: 'header', name: 'X-Key', scheme: null }, 'http://127.0.0.1:9/v1')
    await send(`${ORIGIN}/oauth/revoke`, postedForm({ token: refreshToken, ...secretClient }))
  }

  /** Connects, calls, lets the upstream's session run out, refreshes twice, once with a spent token. */
  async function connectAndUse(client: TestClient) {
    const { exchange } = await authorizeAt(send, ORIGIN, client, { email: EMAIL, password })
    const first = await requestTokensAt(send, ORIGIN, exchange)
    await requestTokensAt(send, ORIGIN, exchange)
    expect(await call(bearer(first.accessToken))).toBe(200)
    demo.database.exec("DELETE FROM session_tokens WHERE kind = 'access'")
    expect(await call(bearer(first.accessToken))).toBe(200)
    const refresh = { grant_type: 'refresh_token', refresh_token: first.refreshToken, ...client }
    const second = await requestTokensAt(send, ORIGIN, refresh)
    expect((await requestTokensAt(send, ORIGIN, refresh)).error).toBe('invalid_grant')
    const next = { ...refresh, refresh_token: second.refreshToken }
    const third = await requestTokensAt(send, ORIGIN, next)
    expect(await call(bearer(third.accessToken))).toBe(200)
    return third
  }

  async function useKeyAndCredentials(accessToken: string): Promise<void> {
    const owner = tokenCaller(EMAIL, 'acme', accessToken)
    const { headers } = await keyCaller(store, owner, accessToken)
    expect(await call(headers)).toBe(200)
    const pair = { 'X-Api-Key': 'acme-demo-key', 'X-Api-Secret': apiSecret }
    expect(await call({ ...pair, 'X-User-Email': EMAIL })).toBe(200)
  }

  /** Signs in to the console, makes what is shown once, and lets the session's credential be renewed. */
  async function useConsole(): Promise<void> {
    const browser = startBrowserSession({ send })
    const person = { email: EMAIL, password }
    const owner = await signInToConsole(ORIGIN, { browser, ...person })
    const form = await owner.open('/console/clients/new?type=other')
    const client = await owner.press(form, 'Register it', {
      ...{ name: 'Reports', 'redirect-uris': 'https://reports.example/callback' },
    })
    noteShownOnce(client)
    const wish = { name: 'Nightly', scope: ['invoices:read'] }
    const question = await owner.press(await owner.open('/console/keys/new'), 'Continue', wish)
    noteShownOnce(await submitSignIn(owner, question, person))
    demo.database.exec("DELETE FROM session_tokens WHERE kind = 'access'")
    await db.updateTable('consoleSession').set({ checkedAt: 0, lastUsedAt: Date.now() }).execute()
    expect((await owner.open('/console')).status).toBe(200)
    const wrong = visitConsole(ORIGIN, startBrowserSession({ send }))
    const page = await wrong.open('/console')
    expect((await submitSignIn(wrong, page, { email: EMAIL, password: marked('x') })).status).toBe(
      422,
    )
    await owner.press(await owner.open('/console'), 'Sign out')
  }

  function noteShownOnce({ text }: Page): void {
    const shown = [...text.matchAll(/<input id="secret-\d+" value="([^"]+)"/g)]
    expect(shown).toHaveLength(1)
    for (const [, value = ''] of shown) record.add('shown once in the console', value)
  }

  async function signInAtProvider(): Promise<void> {
    await using provider = await startIdentityProvider()
    await using upstream = await startFederatedUpstream({ demo, identityProvider: provider })
    await using front = await startRecordingProxy(upstream.url, record)
    await using connector = await startWithLogin(oidcLogin(provider.url), front.url, {
      DATABASE_URL: database.url,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
    })
    record.add('client secret at the provider', provider.clientSecret)
    const call = await connectWith(connector, async (session, page) => {
      const away = new URL((await session.submit(page, {})).url)
      const back = await visitIdentityProvider(away, OTHER_EMAIL)
      for (const name of ['state', 'nonce']) record.add(name, away.searchParams.get(name) ?? '')
      record.add('code of the provider', back.searchParams.get('code') ?? '')
      return session.open(back.href)
    })
    expect(await call()).toBe(200)
    upstream.expireAll()
    expect(await call()).toBe(200)
  }

  /** One credential of the operator's for everybody, at an upstream that refuses it or is not there. */
  async function useService(place: CredentialPlace, upstreamUrl: string): Promise<void> {
    await using provider = await startIdentityProvider()
    const scopes = ['openid', 'email', 'offline_access']
    const access = { issuer: provider.url, scopes, domain: null, claim: null }
    const credential = marked('operator')
    record.add('credential of the operator', credential)
    await using connector = await startWithLogin(
      serviceLogin({ credential: place, access }),
      upstreamUrl,
      {
        DATABASE_URL: database.url,
        UPSTREAM_CREDENTIAL: credential,
        OIDC_CLIENT_ID: provider.clientId,
        OIDC_CLIENT_SECRET: provider.clientSecret,
      },
    )
    const call = await connectWith(connector, async (session, page) => {
      const away = new URL((await session.submit(page, {})).url)
      return session.open((await visitIdentityProvider(away, OTHER_EMAIL)).href)
    })
    expect(await call()).toBe(200)
  }

  async function signInWithCredentials(): Promise<void> {
    await using connector = await startWithLogin({ kind: 'api-credentials' }, proxy.url, {
      DATABASE_URL: database.url,
    })
    const typed = { email: OTHER_EMAIL, key: 'globex-demo-key', secret: apiSecret }
    const call = await connectWith(connector, (session, page) => session.submit(page, typed))
    expect(await call()).toBe(200)
  }

  /** Connects; gives what makes a call with the token and says how it ended. */
  async function connectWith(
    connector: TestConnector,
    signInBy: (session: BrowserSession, page: Page) => Promise<Page>,
  ): Promise<() => Promise<number>> {
    const { url } = connector
    const at = sendTo(connector)
    const client = await registerAt(at, url)
    const { verifier, challenge } = createPkce()
    const session = startBrowserSession({ send: at })
    const page = await session.open(authorizationUrl(url, client, challenge))
    const last = await decide(session, await signInBy(session, page))
    const code = new URL(last.url).searchParams.get('code') ?? ''
    const exchange = { grant_type: 'authorization_code', code, code_verifier: verifier, ...client }
    const { accessToken } = await requestTokensAt(at, url, exchange)
    const headers = { 'content-type': 'application/json', ...bearer(accessToken) }
    return async () => (await at(`${url}/mcp`, { method: 'POST', headers, body: CALL })).status
  }

  /** Signs in and goes no further; signs in and refuses; changes the account. */
  async function leaveUndone(client: TestClient): Promise<void> {
    for (const action of [null, 'deny', 'switch'] as const) {
      const session = startBrowserSession({ send })
      const page = await session.open(authorizationUrl(ORIGIN, client, createPkce().challenge))
      const consent = await signIn(session, page, { email: EMAIL, password })
      if (action === 'switch') await session.submit(consent, { action })
      if (action === 'deny') await decide(session, consent, { action })
    }
  }

  /** Everything that goes wrong with a secret in hand. */
  async function fail(client: TestClient): Promise<void> {
    const faults = new URL('/_faults', demo.url)
    const session = startBrowserSession({ send })
    const page = await session.open(authorizationUrl(ORIGIN, client, createPkce().challenge))
    const wrong = marked('wrong')
    record.add('wrong password', wrong)
    expect((await signIn(session, page, { email: EMAIL, password: wrong })).status).toBe(422)
    for (const kind of ['reset', 'html-500', 'broken-json', 'status']) {
      await fetch(faults, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ kind }),
      })
      expect((await signIn(session, page, { email: EMAIL, password })).status).toBe(502)
    }
    await fetch(faults, { method: 'DELETE' })
    const stranger = `stranger-${randomBytes(24).toString('base64url')}`
    record.add('stranger', stranger)
    expect(await call(bearer(stranger))).toBe(401)
    expect(await call({ 'X-Api-Key': stranger, 'X-Api-Secret': stranger })).toBe(401)
    await send(`${ORIGIN}/mcp?access_token=${stranger}`)
    await send(`${ORIGIN}/oauth/interaction/${stranger}`)
    await send(`${ORIGIN}/oauth/callback?code=${stranger}&state=${stranger}`)
    await send(`${ORIGIN}/oauth/authorize?client_id=${stranger}&code_challenge=${stranger}`)
    for (const name of ['code', 'refresh_token']) {
      const grantType = name === 'code' ? 'authorization_code' : name
      const params = { grant_type: grantType, [name]: stranger, code_verifier: stranger }
      await requestTokensAt(send, ORIGIN, { ...client, ...params })
    }
    await send(`${ORIGIN}/oauth/revoke`, postedForm({ ...client, token: stranger }))
  }

  async function call(headers: Readonly<Record<string, string>>): Promise<number> {
    const all = { 'content-type': 'application/json', ...headers }
    return (await send(`${ORIGIN}/mcp`, { method: 'POST', headers: all, body: CALL })).status
  }

  /** Those that the server made for itself and sealed. */
  async function addOwnKeys(): Promise<void> {
    const keyBytes = Buffer.from(TEST_SECRET_KEY.reveal(), 'base64')
    const ring = createKeyRing({
      store: store.signingKeys,
      seal: createSeal(keyBytes, 'signing-keys'),
      accessTokenTtlMs: 0,
      now: Date.now,
    })
    const grantSeal = createSeal(keyBytes, 'grants')
    for (const { id, credential } of await store.grants.list({})) {
      record.noteAnswer(new Headers(), grantSeal.open(credential ?? '', `grant:${id}`))
    }
    for (const { d } of (await ring.current()).keys) record.add('signing key', d)
    const sealed = await store.settings.settle('cookie-key', () => 'none')
    record.add('cookie key', createSeal(keyBytes, 'cookie-key').open(sealed, 'cookie-key'))
  }
})

/** Gives a person and the API credentials secrets that stand nowhere else. */
function setSecrets({ database }: Demo, password: string, apiSecret: string): void {
  database
    .prepare('UPDATE members SET password_hash = ? WHERE email = ?')
    .run(hashSecret(password), EMAIL)
  database.prepare('UPDATE api_credentials SET secret_hash = ?').run(hashSecret(apiSecret))
}
