import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { hashSecret } from '../../../demo/http/secrets.ts'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { openStore } from '../../../server/store/open-store.ts'
import { startEverySink } from '../../support/audit/every-sink.ts'
import {
  callEverything,
  createMarker,
  failEverywhere,
  toMessage,
} from '../../support/audit/marked-traffic.ts'
import { keyCaller, tokenCaller } from '../../support/callers.ts'
import { authorizeAt, postedForm, requestTokensAt } from '../../support/connect-at.ts'
import { dumpRows } from '../../support/database-dump.ts'
import { fetchAt, type FetchAt } from '../../support/fetch-at.ts'
import { startForwardProxy } from '../../support/forward-proxy.ts'
import { bearer, REDIRECT_URI, type TestClient } from '../../support/oauth-client.ts'
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
const marker = createMarker(record)
const { mark, markPlain } = marker

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
    await callEverything({ send, url, marker }, headers)
  }
  await failEverywhere({ send, url, marker }, client, EMAIL)
  await send(`${url}/oauth/revoke`, postedForm({ token: second.refreshToken, ...client }))
  await send(`${url}/mcp`, toMessage(marker, { method: 'ping' }, bearer(second.accessToken)))
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
