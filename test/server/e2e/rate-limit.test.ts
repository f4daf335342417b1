import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { openStore } from '../../../server/store/open-store.ts'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { keyCaller, tokenCaller } from '../../support/callers.ts'
import { startChanged } from '../../support/connectors.ts'
import { createDatabaseFile, type DatabaseFile } from '../../support/database-file.ts'
import { credentials, startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import { bearer, connect } from '../../support/oauth-client.ts'
import { windowOf } from '../../support/rate-window.ts'
import { TEST_REDIS_URL, uniqueConnectorName, whereRedisIs } from '../../support/redis.ts'
import { parseRpc, post, type Answer } from '../../support/rpc.ts'
import { openTcpLink } from '../../support/tcp-link.ts'
import { until } from '../../support/until.ts'

const LIMIT = 6
const PING = { jsonrpc: '2.0', id: 'p', method: 'ping' }
const NOTIFICATION = { jsonrpc: '2.0', method: 'notifications/initialized' }

let demo: Demo

beforeAll(async () => {
  demo = await startDemo({ rateLimitPerMinute: Infinity })
})

afterAll(() => demo.close())

function send(
  url: string,
  message: unknown = PING,
  headers: Readonly<Record<string, string>> = credentials(),
): Promise<Answer> {
  return post(`${url}/mcp`, JSON.stringify(message), headers)
}

/** Sends one ping after the other. @returns how many were answered before the first refusal */
async function useUp(
  url: string,
  headers: Readonly<Record<string, string>> = credentials(),
): Promise<number> {
  let answered = 0
  while (parseRpc((await send(url, PING, headers)).text).error === undefined) answered += 1
  return answered
}

describe('a member', () => {
  let connector: TestConnector

  beforeEach(async () => {
    connector = await startFlowtly(demo.url, { RATE_LIMIT_PER_MINUTE: String(LIMIT) })
  })

  afterEach(() => connector.close())

  it('is told with every answer what is left', async () => {
    const answers = [await send(connector.url), await send(connector.url)]

    expect(answers.map(windowOf)).toEqual([
      [LIMIT, LIMIT - 1, 60],
      [LIMIT, LIMIT - 2, 60],
    ])
  })

  it('is refused with the time to wait, over the limit', async () => {
    expect(await useUp(connector.url)).toBe(LIMIT)

    const answer = await send(connector.url)

    const retryAfter = Number(answer.headers.get('retry-after'))
    const requestId = answer.headers.get('x-request-id')
    expect(answer.status).toBe(200)
    expect(parseRpc(answer.text)).toEqual({
      jsonrpc: '2.0',
      id: 'p',
      error: {
        code: -32000,
        message: 'Rate limit exceeded',
        data: { status: 429, retryAfter, requestId },
      },
    })
    expect(retryAfter).toBeGreaterThan(0)
    expect(retryAfter).toBeLessThanOrEqual(60)
    expect(windowOf(answer).slice(0, 2)).toEqual([LIMIT, 0])
  })

  it('pays for every message of a batch, and nothing for a batch that is refused', async () => {
    const two = [PING, { ...PING, id: 2 }]
    const four = await send(connector.url, [...two, NOTIFICATION, { ...PING, id: 3 }])
    const refused = await send(connector.url, [...two, NOTIFICATION])
    const rest = await send(connector.url, two)

    const errors: unknown = JSON.parse(refused.text)
    expect(windowOf(four)[1]).toBe(LIMIT - 4)
    expect(errors).toEqual([
      expect.objectContaining({ id: 'p', error: expect.objectContaining({ code: -32000 }) }),
      expect.objectContaining({ id: 2, error: expect.objectContaining({ code: -32000 }) }),
    ])
    expect(windowOf(refused)[1]).toBe(LIMIT - 4)
    expect(windowOf(rest)[1]).toBe(0)
  })

  it('is told that a batch can never pass which is longer than the limit', async () => {
    const batch = Array.from({ length: LIMIT + 1 }, (_, id) => ({ ...PING, id }))

    const answer = await send(connector.url, batch)

    const detail = `A batch of ${LIMIT + 1} is more than a minute's ${LIMIT}: send fewer at once.`
    const errors: unknown = JSON.parse(answer.text)
    expect(errors).toHaveLength(LIMIT + 1)
    expect(errors).toContainEqual(
      expect.objectContaining({
        error: expect.objectContaining({
          data: expect.objectContaining({ retryAfter: 1, detail }),
        }),
      }),
    )
    expect(windowOf(answer)).toEqual([LIMIT, LIMIT, 0])
  })

  it.each([
    ['what is no JSON', '{"jsonrpc"', 400],
    ['what is no UTF-8', Uint8Array.of(0xff), 400],
    ['what nests too deeply', '['.repeat(100), 400],
    ['an empty batch', '[]', 400],
    ['an unknown method', JSON.stringify({ ...PING, method: 'nothing' }), 200],
    ['a notification', JSON.stringify(NOTIFICATION), 202],
  ])('pays one for %s', async (_, body, status) => {
    const answer = await post(`${connector.url}/mcp`, body)

    expect(answer.status).toBe(status)
    expect(windowOf(answer)[1]).toBe(LIMIT - 1)
  })

  it('is refused what is no JSON, over the limit, for the limit', async () => {
    await useUp(connector.url)

    const answer = await post(`${connector.url}/mcp`, '{"jsonrpc"')

    expect(parseRpc(answer.text)).toMatchObject({ id: null, error: { code: -32000 } })
  })

  it('hears of a refused notification by the status alone', async () => {
    await useUp(connector.url)

    const answer = await send(connector.url, NOTIFICATION)

    expect([answer.status, answer.text]).toEqual([429, ''])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('has a window of their own, in each of their organizations', async () => {
    await useUp(connector.url)
    const others = [
      credentials('admin@acme.example'),
      credentials('consultant@partners.example', 'acme'),
      credentials('consultant@partners.example', 'globex'),
    ]

    for (const other of others) expect(await useUp(connector.url, other)).toBe(LIMIT)
  })
})

describe('the credentials of one member', () => {
  let database: DatabaseFile

  beforeEach(async () => {
    database = await createDatabaseFile()
  })

  afterEach(() => database.drop())

  it('share a window: access token, API key and API credentials', async () => {
    const env = { DATABASE_URL: database.url, RATE_LIMIT_PER_MINUTE: String(LIMIT) }
    await using connector = await startFlowtly(demo.url, env)
    const store = await openStore({ url: database.url, now: Date.now })
    const { tokens } = await connect(connector.url, { email: 'owner@acme.example' })
    const token = tokens.access_token
    const key = await keyCaller(store, tokenCaller('owner', 'acme', token), token)
    await store.close()
    const ways = [bearer(token), key.headers, credentials('owner@acme.example')]

    const left: unknown[] = []
    for (const headers of ways) left.push(windowOf(await send(connector.url, PING, headers))[1])

    expect(left).toEqual([LIMIT - 1, LIMIT - 2, LIMIT - 3])
  })
})

whereRedisIs(describe)('two servers with one Redis', () => {
  it('count together, alone while it is away, and together again', async () => {
    await using link = await openTcpLink(TEST_REDIS_URL)
    const name = uniqueConnectorName()
    const env = { REDIS_URL: link.through(TEST_REDIS_URL), RATE_LIMIT_PER_MINUTE: String(LIMIT) }
    const start = () => startChanged((connector) => ({ ...connector, name }), demo.url, env)
    await using one = await start()
    await using other = await start()
    const count = (event: string) =>
      [one, other].map(({ log }) => log.filter((line) => line.includes(`"${event}"`)).length)
    await until(() => count('redis_back').every((each) => each > 0))
    const [owner, admin] = [credentials(), credentials('admin@acme.example')]

    await send(one.url, [PING, { ...PING, id: 2 }], owner)
    expect(await useUp(other.url, owner)).toBe(LIMIT - 2)
    expect(await useUp(one.url, owner)).toBe(0)

    await link.cut()
    await until(() => count('rate_window_fallback').every((each) => each > 0))
    expect(await useUp(one.url, admin)).toBe(LIMIT)
    expect(await useUp(other.url, admin)).toBe(LIMIT)

    const before = count('rate_window_recovered')
    await link.mend()
    await until(() => count('rate_window_recovered').every((each, at) => each > (before[at] ?? 0)))
    expect(await useUp(one.url, admin)).toBe(0)
    const accountant = credentials('accountant@acme.example')
    await send(one.url, PING, accountant)
    expect(await useUp(other.url, accountant)).toBe(LIMIT - 1)
  })

  it('start while it is away, and count each for itself until it is there', async () => {
    await using link = await openTcpLink(TEST_REDIS_URL)
    await link.cut()
    const name = uniqueConnectorName()
    const env = { REDIS_URL: link.through(TEST_REDIS_URL), RATE_LIMIT_PER_MINUTE: String(LIMIT) }
    await using connector = await startChanged((each) => ({ ...each, name }), demo.url, env)

    expect(await useUp(connector.url)).toBe(LIMIT)

    await link.mend()
    await until(() => connector.log.some((line) => line.includes('"rate_window_recovered"')))
    expect(await useUp(connector.url)).toBe(0)
  })
})
