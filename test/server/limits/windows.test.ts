import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createMemoryWindow } from '../../../server/limits/memory-window.ts'
import type { RateWindow } from '../../../server/limits/rate-window.ts'
import { createRedisWindow } from '../../../server/limits/redis-window.ts'
import { createLog } from '../../../server/log.ts'
import { openRedis, type Redis } from '../../../server/redis.ts'
import { Secret } from '../../../server/secret.ts'
import { isRedisThere, TEST_REDIS_URL, uniqueConnectorName } from '../../support/redis.ts'
import { until } from '../../support/until.ts'
import { createModelWindow, type ModelWindow } from './model.ts'

/** So long that nothing expires by Redis' own clock, which goes on while a test's stands still. */
const STEP_MS = 10_000
const WINDOW_MS = 50 * STEP_MS
const LIMIT = 7
const log = createLog({ level: 'silent' })

let redis: Redis | null = null

beforeAll(async () => {
  if (!isRedisThere) return
  const url = new Secret(TEST_REDIS_URL)
  const opened = openRedis({ url, connectorName: uniqueConnectorName(), answerMs: 10_000, log })
  redis = opened
  await until(() => opened.isReady())
})

afterAll(() => redis?.close())

type Backend = readonly [name: string, create: (now: () => number) => RateWindow]

const backends: readonly Backend[] = [
  ['memory', (now) => createMemoryWindow({ windowMs: WINDOW_MS, now })],
  ...(isRedisThere
    ? [
        [
          'Redis',
          (now) => {
            if (redis === null) throw new Error('no Redis')
            const window = createRedisWindow({ redis, windowMs: WINDOW_MS, now })
            return {
              take: (key, cost, limit) => window.take(key, { id: randomUUID(), cost }, limit, []),
            }
          },
        ] as const satisfies Backend,
      ]
    : []),
]

const step = fc.record({
  afterSteps: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 12 }),
    fc.constantFrom(49, 50, 51),
  ),
  key: fc.constantFrom('a', 'b'),
  cost: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: LIMIT + 2 })),
  limit: fc.oneof({ weight: 4, arbitrary: fc.constant(LIMIT) }, fc.integer({ min: 0, max: 12 })),
})

describe.each(backends)('the window in %s', (name, create) => {
  let runs = 0

  it('says of every try what the model says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        let now = 1_000_000
        const window = create(() => now)
        const run = `${name} ${(runs += 1)} `
        const models = new Map<string, ModelWindow>()
        for (const { afterSteps, key, cost, limit } of steps) {
          now += afterSteps * STEP_MS
          const model = models.get(key) ?? createModelWindow(WINDOW_MS, STEP_MS)
          models.set(key, model)

          const taken = await window.take(`${run}${key}`, cost, limit)

          expect(taken).toEqual({ limit, ...model.take(cost, limit, now) })
        }
      }),
      { numRuns: name === 'memory' ? 500 : 100 },
    )
  })

  it('refuses a burst across the edge of a minute', async () => {
    let now = 59_000
    const window = create(() => now)
    for (let count = 0; count < LIMIT; count += 1) await window.take(`${name} edge`, 1, LIMIT)

    now = 61_000

    expect(await window.take(`${name} edge`, 1, LIMIT)).toMatchObject({ isAllowed: false })
  })

  it('lets a try pass after the time that it was told to wait, and not before', async () => {
    let now = 1_000
    const window = create(() => now)
    const key = `${name} wait`
    await window.take(key, 3, LIMIT)
    now += 10_000
    await window.take(key, 4, LIMIT)
    const { retryMs } = await window.take(key, 2, LIMIT)

    now += retryMs - 1
    expect(await window.take(key, 2, LIMIT)).toMatchObject({ isAllowed: false })
    now += 1
    expect(await window.take(key, 2, LIMIT)).toMatchObject({ isAllowed: true })
  })

  it.each([0, -1, 1.5, NaN])('refuses to count a cost of %d', async (cost) => {
    const window = create(() => 1)

    await expect(window.take(`${name} cost`, cost, LIMIT)).rejects.toThrow('"cost"')
  })
})

describe('the memory of a window', () => {
  it('forgets a key once its last take has left', async () => {
    let now = 0
    const window = createMemoryWindow({ windowMs: WINDOW_MS, now: () => now })
    for (let count = 0; count < 100; count += 1) await window.take(`key ${count}`, 1, LIMIT)
    expect(window.remembered()).toBe(100)

    now = WINDOW_MS
    await window.take('another', 1, LIMIT)

    expect(window.remembered()).toBe(1)
  })

  it('keeps no more takes than it may, and forgets those first that rested longest', async () => {
    const window = createMemoryWindow({ windowMs: WINDOW_MS, now: () => 0, maxTakes: 10 })
    for (let count = 0; count < 50; count += 1) await window.take(`key ${count}`, 1, 1)

    expect(window.remembered()).toBe(10)
    expect(await window.take('key 49', 1, 1)).toMatchObject({ isAllowed: false })
    expect(await window.take('key 0', 1, 1)).toMatchObject({ isAllowed: true })
  })

  it('holds exactly the last window of a key that takes all the time', async () => {
    let now = 0
    const window = createMemoryWindow({ windowMs: 3_000, now: () => now })
    for (; now < 10_000; now += 1) await window.take('key', 1, 5_000)

    expect(window.remembered()).toBe(3_000)
    expect(await window.take('key', 2_002, 5_000)).toMatchObject({ isAllowed: false, retryMs: 1 })
    expect(await window.take('key', 2_001, 5_000)).toMatchObject({ isAllowed: true, remaining: 0 })
  })

  it('never forgets a key because of its own takes', async () => {
    const window = createMemoryWindow({ windowMs: WINDOW_MS, now: () => 0, maxTakes: 10 })

    for (let count = 0; count < 20; count += 1) await window.take('key', 1, 20)

    expect(await window.take('key', 1, 20)).toMatchObject({ isAllowed: false })
  })
})
