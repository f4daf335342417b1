import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createFallbackWindow } from '../../../server/limits/fallback-window.ts'
import type { WatchedRateWindow } from '../../../server/limits/rate-window.ts'
import { sha256 } from '../../../server/hash.ts'
import { createLog } from '../../../server/log.ts'
import { openRedis, type Redis } from '../../../server/redis.ts'
import { Secret } from '../../../server/secret.ts'
import { askRedis, TEST_REDIS_URL, uniqueConnectorName, whereRedisIs } from '../../support/redis.ts'
import { openTcpLink, type TcpLink } from '../../support/tcp-link.ts'
import { until } from '../../support/until.ts'

const WINDOW_MS = 60_000
const LIMIT = 10

/** One of two instances before one Redis, each with a line of its own that can be cut. */
type Instance = {
  readonly link: TcpLink
  readonly redis: Redis
  readonly window: WatchedRateWindow
  readonly lines: string[]
}

whereRedisIs(describe)('two instances whose Redis goes away', () => {
  let now: number
  let connectorName: string
  let one: Instance
  let other: Instance

  beforeEach(async () => {
    now = 1_000_000
    connectorName = uniqueConnectorName()
    one = await openInstance()
    other = await openInstance()
  })

  afterEach(async () => {
    for (const { redis, link } of [one, other]) {
      await redis.close()
      await link.close()
    }
  })

  async function openInstance(): Promise<Instance> {
    const link = await openTcpLink(TEST_REDIS_URL)
    const lines: string[] = []
    const log = createLog({
      level: 'info',
      destination: { write: (line) => void lines.push(line) },
    })
    const url = new Secret(link.through(TEST_REDIS_URL))
    const redis = openRedis({ url, connectorName, answerMs: 1_000, log })
    await until(() => redis.isReady())
    const clock = () => now
    const window = createFallbackWindow({
      ...{ redis, log },
      windowMs: WINDOW_MS,
      now: clock,
      redisNow: clock,
    })
    return { link, redis, window, lines }
  }

  /** Takes one at a time until it is refused. @returns how many it got */
  async function takeAll({ window }: Instance): Promise<number> {
    let got = 0
    while ((await window.take('key', 1, LIMIT)).isAllowed) got += 1
    return got
  }

  async function cut({ link, redis }: Instance): Promise<void> {
    await link.cut()
    await until(() => !redis.isReady())
  }

  async function mend({ link, redis }: Instance): Promise<void> {
    await link.mend()
    await until(() => redis.isReady())
  }

  function eventsOf({ lines }: Instance): readonly string[] {
    const events = lines.map((line) => /"event":"(\w+)"/.exec(line)?.[1] ?? '')
    return events.filter((event) => event.startsWith('rate_window'))
  }

  it('count together while it is there', async () => {
    await one.window.take('key', 4, LIMIT)

    expect(await takeAll(other)).toBe(6)
    expect(await takeAll(one)).toBe(0)
    expect(one.window.status()).toEqual({ backend: 'redis', isFallback: false, fallbacks: 0 })
  })

  it('count alone while it is away, each from what it has let through itself', async () => {
    await one.window.take('key', 4, LIMIT)
    await other.window.take('key', 5, LIMIT)
    await cut(one)
    await cut(other)

    expect(await takeAll(one)).toBe(6)
    expect(await takeAll(other)).toBe(5)
    expect(one.window.status()).toEqual({ backend: 'redis', isFallback: true, fallbacks: 1 })
  })

  it('tell it what they let through meanwhile, and wait for what was too much', async () => {
    await cut(one)
    await cut(other)
    await one.window.take('key', 6, LIMIT)
    now += 1_000
    await other.window.take('key', 7, LIMIT)

    await mend(one)
    await mend(other)

    expect(await takeAll(one)).toBe(4)
    expect(await takeAll(other)).toBe(0)
    now += WINDOW_MS - 1_000
    // The six have left. Four and seven are there, one more than the limit.
    expect(await other.window.take('key', 1, LIMIT)).toMatchObject({ isAllowed: false })
    now += 1_000
    expect(await takeAll(other)).toBe(LIMIT)
  })

  it('tell it again what it has lost, and twice nothing', async () => {
    await one.window.take('key', 3, LIMIT)
    await other.window.take('key', 3, LIMIT)
    await cut(one)
    await askRedis('DEL', `sluice:${connectorName}:window:${sha256('key')}`)
    await mend(one)

    expect(await takeAll(one)).toBe(7)
    expect(await takeAll(one)).toBe(0)
    await cut(one)
    await mend(one)
    now += WINDOW_MS
    expect(await takeAll(one)).toBe(LIMIT)
  })

  it('never let through more than the limit each, whatever becomes of Redis', async () => {
    let got = 0
    for (let round = 0; round < 4; round += 1) {
      await cut(one)
      got += await takeAll(one)
      await askRedis('DEL', `sluice:${connectorName}:window:${sha256('key')}`)
      await mend(one)
      got += await takeAll(one)
      now += 1_000
    }

    expect(got).toBe(LIMIT)
    expect(one.window.status().fallbacks).toBe(4)
  })

  it('do not wait for one that does not answer', async () => {
    await one.window.take('key', 4, LIMIT)
    one.link.stall()

    const results = await Promise.all(
      Array.from({ length: 8 }, () => one.window.take('key', 1, LIMIT)),
    )

    expect(results.filter(({ isAllowed }) => isAllowed)).toHaveLength(6)
    expect(one.window.status().isFallback).toBe(true)
    await one.link.mend()
    await until(() => one.redis.isReady())
    // What came through late is counted once, for it is the same takes that are told again.
    expect(await other.window.take('key', 1, LIMIT)).toMatchObject({ isAllowed: false })
    expect(await takeAll(one)).toBe(0)
    now += WINDOW_MS
    expect(await takeAll(other)).toBe(LIMIT)
  })

  it('go on alone where it refuses, and say why without a name', async () => {
    const key = `sluice:${connectorName}:window:${sha256('key')}`
    await askRedis('SET', key, 'no set', 'PX', '60000')

    expect(await takeAll(one)).toBe(LIMIT)

    expect(eventsOf(one)).toEqual(['rate_window_fallback'])
    expect(one.lines.join('')).toContain('"reason":"WRONGTYPE"')
    await askRedis('DEL', key)
    expect(await takeAll(one)).toBe(0)
    expect(eventsOf(one)).toEqual(['rate_window_fallback', 'rate_window_recovered'])
  })

  it('say once that they count alone, and once that they do not any longer', async () => {
    await cut(one)
    for (let tries = 0; tries < 5; tries += 1) await one.window.take('key', 1, LIMIT)
    await mend(one)
    for (let tries = 0; tries < 5; tries += 1) await one.window.take('key', 1, LIMIT)

    expect(eventsOf(one)).toEqual(['rate_window_fallback', 'rate_window_recovered'])
    expect(one.window.status()).toEqual({ backend: 'redis', isFallback: false, fallbacks: 1 })
  })

  it('refuse a cost above the limit, away or not, and take nothing', async () => {
    expect(await one.window.take('key', LIMIT + 1, LIMIT)).toMatchObject({ isAllowed: false })
    await cut(one)
    expect(await one.window.take('key', LIMIT + 1, LIMIT)).toMatchObject({ isAllowed: false })

    expect(await takeAll(one)).toBe(LIMIT)
  })
})
