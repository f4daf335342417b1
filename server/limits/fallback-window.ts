import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import { toRedisReason, type Redis } from '../redis.ts'
import { checkTry } from './check-try.ts'
import { createMemoryWindow } from './memory-window.ts'
import type { Taken, WatchedRateWindow } from './rate-window.ts'
import { createRedisWindow, type NewTake } from './redis-window.ts'
import type { Take } from './window-log.ts'

/** Takes of one key that are told to a Redis that is back: more would hold it up. */
const MAX_MISSED = 5_000

/**
 * Makes a window that all instances share while Redis is there, and one of this instance's own while
 * it is away or slow.
 *
 * What this instance lets through is remembered here in both cases. So while Redis is away, each
 * instance goes on from what it has let through itself, and in no 60 seconds more than the limit;
 * all together, at most instances × limit. When Redis is back, a key's first try tells it all
 * that it may not know or may have lost; each take has an id, so what it does know counts once. From
 * then on the window is exact again, and what was taken too much while Redis was away is waited for.
 *
 * A try that Redis is too slow to answer is judged here. If Redis has counted it and it is refused
 * here, it counts for a window's length though it took nothing: too strict by one, never too lax.
 *
 * A limit above 5,000 is remembered over Redis' absence as 5,000.
 *
 * @param options.windowMs how long the window is, in milliseconds
 * @param options.now milliseconds of a clock that never goes back
 * @param options.redisNow replaces Redis' own clock, for tests
 */
export function createFallbackWindow(options: {
  readonly redis: Redis
  readonly windowMs: number
  readonly now: () => number
  readonly redisNow?: () => number
  readonly log: Logger
}): WatchedRateWindow {
  const { redis, windowMs, now, redisNow, log } = options
  const shared = createRedisWindow({
    redis,
    windowMs,
    ...(redisNow !== undefined && { now: redisNow }),
  })
  const own = createMemoryWindow({ windowMs, now })
  const instance = randomBytes(6).toString('base64url')
  let count = 0
  let isFallback = false
  let fallbacks = 0

  function fallBack(reason: string): void {
    if (isFallback) return
    isFallback = true
    fallbacks += 1
    log.warn({ event: 'rate_window_fallback', reason })
  }

  function recover(): void {
    if (!isFallback) return
    isFallback = false
    log.info({ event: 'rate_window_recovered' })
  }

  const toShared = ({ serial, cost }: Take): NewTake => ({
    id: `${instance}${serial.toString(36)}`,
    cost,
  })

  async function takeShared(key: string, take: Take, limit: number): Promise<Taken> {
    const connection = redis.connections()
    const told = own.untold(key, connection, MAX_MISSED)
    const past = told.map((each) => ({ ...toShared(each), agoMs: take.at - each.at }))
    const taken = await shared.take(key, toShared(take), limit, past)
    own.markTold(key, told, connection)
    if (taken.isAllowed) own.note(key, { ...take, toldOver: connection })
    return taken
  }

  redis.onChange((isReady) => {
    if (isReady) recover()
    else fallBack('away')
  })
  return {
    async take(key, cost, limit) {
      checkTry(cost, limit)
      count += 1
      const take = { serial: count, at: now(), cost, toldOver: 0 }
      if (!redis.isReady()) {
        fallBack('away')
        return own.takeNow(key, take, limit)
      }
      try {
        const taken = await takeShared(key, take, limit)
        recover()
        return taken
      } catch (error) {
        fallBack(toRedisReason(error))
        return own.takeNow(key, { ...take, at: now() }, limit)
      }
    },
    status: () => ({ backend: 'redis', isFallback, fallbacks }),
  }
}
