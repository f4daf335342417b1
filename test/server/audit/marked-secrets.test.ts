import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { hashSecret } from '../../../demo/http/secrets.ts'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { openStore } from '../../../server/store/open-store.ts'
import { startEverySink } from '../../support/audit/every-sink.ts'
import { keyCaller, tokenCaller } from '../../support/callers.ts'
import { startBrowserSession } from '../../support/browser-session.ts'
import { authorizeAt, postedForm, requestTokensAt } from '../../support/connect-at.ts'
import { dumpRows } from '../../support/database-dump.ts'
import { fetchAt, type FetchAt } from '../../support/fetch-at.ts'
import { startForwardProxy } from '../../support/forward-proxy.ts'
import {
  authorizationUrl,
  bearer,
  createPkce,
  REDIRECT_URI,
  signIn,
  type TestClient,
} from '../../support/oauth-client.ts'
import { startRecordingProxy } from '../../support/recording-proxy.ts'
import { isRedisThere, TEST_REDIS_URL } from '../../support/redis.ts'
import { createSecretRecord, recordSecrets, spellingsOf } from '../../support/secret-record.ts'
import { findFreePorts, startServerProcess } from '../../support/server-process.ts'
import { storeKinds } from '../../support/stores.ts'
import { openTcpLink } from '../../support/tcp-link.ts'
import { openRawDatabase } from '../store/raw-database.ts'

const EMAIL = 'owner@acme.example'
/** Said to everybody on purpose: where it is not found, nothing was looked at. */
const CLIENT_NAME = `Known client ${randomBytes(6).toString('hex')}`
const LEAST_SECRETS = 50

const record = createSecretRecord()

/** A secret in characters that each way of writing spells differently. */
function mark(what: string): string {
  const value = `${what} +/&=% ${randomBytes(12).toString('base64')}`
  record.add(what, value)
  return value
}

/** A secret that may stand in a header or a path. */
function markPlain(what: string): string {
  const value = `${what}-${randomBytes(18).toString('base64url')}`
  record.add(what, value)
  return value
}

/** Where a text stands, in any way of writing; the values themselves are not printed. */
function findAll(
  secrets: ReadonlyMap<string, string>,
  places: Readonly<Record<string, string>>,
): readonly string[] {
  return [...secrets].flatMap(([secret, kind]) =>
    Object.entries(places)
      .filter(([, text]) => [...spellingsOf(secret)].some((each) => text.includes(each)))
      .map(([place]) => `${kind}: ${place}`),
  )
}

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

let places: Readonly<Record<string, string>>
let demo: Demo

beforeAll(async () => {
  demo = await startDemo({ port: 0, rateLimitPerMinute: Infinity })
  places = await feedAndRead()
}, 120_000)
afterAll(() => demo.close())

describe('marked secrets, fed everywhere', () => {
  it('are in no sink, no audit table, no spool, no line of the log, no figure and no span', () => {
    expect(record.kinds.size).toBeGreaterThan(LEAST_SECRETS)
    expect(findAll(record.kinds, places)).toEqual([])
  })

  it.each([
    ...['stdout, json', 'file, json', 'file, ocsf', 'file, cef', 'https, ocsf', 'syslog, cef'],
    ...['otlp logs', 'tables', 'spool'],
  ])('would be found in: %s', (place) => {
    const known = new Map([[CLIENT_NAME, 'client name']])

    expect(findAll(known, places)).toContain(`client name: ${place}`)
  })

  it.each(['log', 'spans', 'metrics'])('would be found, as a tool is, in: %s', (place) => {
    expect(findAll(new Map([['invoices.list', 'tool']]), places)).toContain(`tool: ${place}`)
  })

  it('would be found in what the readiness says', () => {
    expect(places['ready']).toContain('"sinks"')
  })
})

/** Runs a server with everything switched on, does everything with it, and reads what it wrote. */
async function feedAndRead(): Promise<Readonly<Record<string, string>>> {
  const kind = storeKinds.at(-1)
  if (kind === undefined) throw new Error('no kind of database')
  const database = await kind.create()
  const metricsToken = markPlain('metrics-token')
  await using sinks = await startEverySink({
    user: markPlain('hook-user'),
    password: mark('hook-password'),
    query: mark('hook-query'),
    collectorToken: `Bearer ${markPlain('collector-token')}`,
  })
  await using front = await startRecordingProxy(demo.url, record, answerTo)
  await using proxy = await startForwardProxy(Number(new URL(front.url).port))
  const proxyUrl = new URL(proxy.url)
  proxyUrl.username = markPlain('proxy-user')
  proxyUrl.password = encodeURIComponent(mark('proxy-password'))
  await using redis = await openTcpLink(TEST_REDIS_URL)
  const redisUrl = new URL(redis.through(TEST_REDIS_URL))
  // The user "default" of a Redis without a password takes any; another refuses it, which is logged.
  if (redisUrl.password === '') {
    redisUrl.username = 'default'
    redisUrl.password = encodeURIComponent(mark('redis-password'))
  }
  const [port = 0] = await findFreePorts(1)
  const server = await startServerProcess(port, {
    ...sinks.env,
    DATABASE_URL: database.url,
    UPSTREAM_URL: `http://upstream.example.test${new URL(demo.url).pathname}`,
    HTTP_PROXY: proxyUrl.href,
    ...(isRedisThere && { REDIS_URL: redisUrl.href }),
    METRICS_TOKEN: metricsToken,
    AUDIT_SINK_KEY: mark('sink-key'),
    LOG_LEVEL: 'trace',
  })
  const send = recordSecrets(fetchAt(port), record, () => Promise.resolve())
  const read = async (path: string) => {
    const answer = await fetch(`${server.url}${path}`, { headers: bearer(metricsToken) })
    return answer.text()
  }
  const db = await openRawDatabase(database.url)
  try {
    sinks.holdBack()
    await feed(send, server.url, database.url)
    await redis.cut()
    await read('/ready')
    const spool = await sinks.readSpool()
    const [metrics, ready] = [await read('/metrics'), await read('/ready')]
    sinks.takeAll()
    // Longer than the web hook had asked for.
    await wait(1_500)
    await server.stop()
    const rows = (await dumpRows(db)).filter((row) => row.startsWith('audit_'))
    return {
      ...(await sinks.readSinks()),
      'stdout, json': server.output(),
      tables: rows.join('\n'),
      spans: sinks.readSpans(),
      log: server.log(),
      ...{ spool, metrics, ready },
    }
  } finally {
    if (!server.hasEnded()) await server.kill()
    await db.destroy()
    await database.drop()
  }
}

/** What the upstream says where it does not answer as it should. */
function answerTo(path: string): Response | null {
  if (path.includes('/tax-groups')) return json(200, { data: [{ name: mark('answer') }] })
  if (path.includes('/projects')) {
    const detail = { title: mark('title'), detail: mark('detail'), message: mark('message') }
    return json(500, { ...detail, error: { message: mark('error-text') } })
  }
  if (!path.includes('/contracts')) return null
  const headers = { 'content-type': 'application/json', 'x-trace': markPlain('answer-header') }
  return new Response(`{"broken": "${mark('broken-answer')}`, { status: 200, headers })
}

async function feed(send: FetchAt, url: string, databaseUrl: string): Promise<void> {
  const password = mark('password')
  const apiSecret = mark('api-secret')
  demo.database
    .prepare('UPDATE members SET password_hash = ? WHERE email = ?')
    .run(hashSecret(password), EMAIL)
  demo.database.prepare('UPDATE api_credentials SET secret_hash = ?').run(hashSecret(apiSecret))
  const client = await register(send, url, 'none')
  const confidential = await register(send, url, 'client_secret_post')
  const { exchange } = await authorizeAt(send, url, confidential, { email: EMAIL, password })
  const first = await requestTokensAt(send, url, exchange)
  await requestTokensAt(send, url, exchange)
  const other = await authorizeAt(send, url, client, { email: EMAIL, password })
  const tokens = await requestTokensAt(send, url, other.exchange)
  expect([first.accessToken, tokens.accessToken]).not.toContain('')
  const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refreshToken, ...client }
  const second = await requestTokensAt(send, url, refresh)
  const store = await openStore({ url: databaseUrl, now: Date.now })
  const owner = tokenCaller('owner', 'acme', second.accessToken)
  const key = await keyCaller(store, owner, second.accessToken)
  await store.close()
  const api = { 'X-Api-Key': 'acme-demo-key', 'X-Api-Secret': apiSecret, 'X-User-Email': EMAIL }
  record.add('api-secret', apiSecret)
  for (const headers of [bearer(second.accessToken), key.headers, api]) {
    await callEverything(send, url, headers)
  }
  await failEverywhere(send, url, client)
  await send(`${url}/oauth/revoke`, postedForm({ token: second.refreshToken, ...client }))
  await send(`${url}/mcp`, message({ method: 'ping' }, bearer(second.accessToken)))
}

/** Calls that hold a secret at every place where a caller may write something. */
async function callEverything(
  send: FetchAt,
  url: string,
  credential: Readonly<Record<string, string>>,
): Promise<void> {
  const call = (name: string, args: unknown = {}, more: Readonly<Record<string, unknown>> = {}) =>
    ({ method: 'tools/call', params: { name, arguments: args, ...more } }) as const
  const bodies = [
    call('invoices.list', { q: mark('argument') }),
    call('invoices.list', { [mark('argument-name')]: mark('refused-argument') }),
    call('invoices.list', {}, { _meta: { [markPlain('meta')]: mark('meta-value') } }),
    call('invoices.get', { invoiceId: mark('path-argument') }),
    call('taxGroups.list'),
    call('projects.list'),
    call('contracts.list'),
    call(mark('tool-name')),
    { method: mark('method'), params: { [markPlain('param')]: mark('param-value') } },
    { method: 'notifications/cancelled', params: { reason: mark('notified') } },
    { method: 'resources/read', params: { uri: mark('uri') } },
    { method: 'initialize', params: { clientInfo: { name: mark('calls-itself') } } },
  ]
  const headers = {
    ...credential,
    cookie: `session=${markPlain('cookie')}`,
    referer: `https://example.test/?${markPlain('referer')}`,
    baggage: `user=${markPlain('baggage')}`,
    tracestate: `vendor=${markPlain('tracestate')}`,
    'x-forwarded-for': markPlain('forwarded-for'),
    'mcp-session-id': markPlain('session'),
    'x-anything': mark('header'),
  }
  for (const body of bodies) {
    await send(`${url}/mcp?token=${markPlain('query')}`, message(body, headers))
  }
  const batch = bodies.map((body) => ({ jsonrpc: '2.0', id: mark('batch-id'), ...body }))
  const init = message({}, headers)
  await send(`${url}/mcp`, { ...init, body: JSON.stringify(batch) })
  await send(`${url}/mcp`, { ...init, body: `{"broken":"${markPlain('broken-body')}` })
}

function message(body: unknown, headers: Readonly<Record<string, string>>): RequestInit {
  const all = { 'content-type': 'application/json', ...headers }
  const text = JSON.stringify({ jsonrpc: '2.0', id: mark('id'), ...Object(body) })
  return { method: 'POST', headers: all, body: text }
}

/** Everything that goes wrong with a secret in hand. */
async function failEverywhere(send: FetchAt, url: string, client: TestClient): Promise<void> {
  const session = startBrowserSession({ send })
  const page = await session.open(
    authorizationUrl(url, client, createPkce().challenge, {
      state: mark('state'),
      nonce: mark('nonce'),
      login_hint: mark('login-hint'),
    }),
  )
  await signIn(session, page, { email: EMAIL, password: mark('wrong-password') })
  await signIn(session, page, { email: `${markPlain('mistyped')}@x.example`, password: 'none' })
  const stranger = markPlain('stranger')
  await send(`${url}/mcp`, message({ method: 'ping' }, bearer(stranger)))
  await send(`${url}/mcp`, message({ method: 'ping' }, bearer(`flowtly_sk_${stranger}`)))
  const pair = { 'X-Api-Key': stranger, 'X-Api-Secret': stranger, 'X-User-Email': EMAIL }
  await send(`${url}/mcp`, message({ method: 'ping' }, pair))
  for (const path of [
    `mcp?access_token=${stranger}`,
    `oauth/interaction/${stranger}`,
    `oauth/callback?code=${stranger}&state=${stranger}`,
    `oauth/authorize?client_id=${stranger}&code_challenge=${stranger}&redirect_uri=${stranger}`,
    `nowhere/${stranger}`,
    `metrics?token=${stranger}`,
    `ready?token=${stranger}`,
  ]) {
    await send(`${url}/${path}`, { headers: { authorization: `Basic ${stranger}` } })
  }
  for (const grantType of ['authorization_code', 'refresh_token', stranger]) {
    const params = { code: stranger, refresh_token: stranger, code_verifier: stranger }
    await requestTokensAt(send, url, { ...client, grant_type: grantType, ...params })
    await requestTokensAt(send, url, { ...params, grant_type: grantType, client_id: stranger })
  }
  await send(`${url}/oauth/revoke`, postedForm({ ...client, token: stranger }))
}

async function register(
  send: FetchAt,
  url: string,
  method: 'none' | 'client_secret_post',
): Promise<TestClient> {
  const answer = await send(`${url}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: CLIENT_NAME,
      redirect_uris: [REDIRECT_URI],
      token_endpoint_auth_method: method,
    }),
  })
  const body: unknown = await answer.json()
  const textOf = (name: string) => String(Reflect.get(Object(body), name) ?? '')
  const secret = textOf('client_secret')
  return {
    client_id: textOf('client_id'),
    redirect_uri: REDIRECT_URI,
    ...(secret !== '' && { client_secret: secret }),
  }
}
