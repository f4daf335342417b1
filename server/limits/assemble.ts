import type { Logger } from 'pino'
import type { Redis } from '../redis.ts'
import { createFallbackWindow } from './fallback-window.ts'
import { createMemoryWindow } from './memory-window.ts'
import type { WatchedRateWindow } from './rate-window.ts'

const WINDOW_MS = 60_000

/**
 * Makes the window of a minute that every limit of an instance counts in.
 *
 * @param options.redis `null` where this is the only instance
 */
export function assembleRateWindow(options: {
  readonly redis: Redis | null
  readonly log: Logger
}): WatchedRateWindow {
  const { redis, log } = options
  const common = { windowMs: WINDOW_MS, now: () => performance.now() }
  return redis === null
    ? createMemoryWindow(common)
    : createFallbackWindow({ ...common, redis, log })
}
