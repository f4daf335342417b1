import type { Logger } from 'pino'
import type { Redis } from '../redis.ts'
import { createMemoryWindow } from './memory-window.ts'
import type { WatchedRateWindow } from './rate-window.ts'

const WINDOW_MS = 60_000

/**
 * Makes the window of a minute that every limit of an instance counts in.
 *
 * @param options.redis `null` where this is the only instance
 */
export async function assembleRateWindow(options: {
  readonly redis: Redis | null
  readonly log: Logger
}): Promise<WatchedRateWindow> {
  const { redis, log } = options
  const common = { windowMs: WINDOW_MS, now: () => performance.now() }
  if (redis === null) return createMemoryWindow(common)
  // With what it needs of the Redis library, which is loaded by then.
  const { createFallbackWindow } = await import('./fallback-window.ts')
  return createFallbackWindow({ ...common, redis, log })
}
