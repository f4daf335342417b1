import { tooManyRequests } from './problem.ts'

const WINDOW_MS = 60_000

/** Counts a request of one credential, or fails with 429. */
export type CheckRate = (credential: string) => void

/**
 * Creates a limit of requests per credential and minute, in fixed windows.
 *
 * @param limitPerMinute `Infinity` for no limit
 */
export function createRateLimit(limitPerMinute: number, now: () => number): CheckRate {
  const counts = new Map<string, number>()
  let windowEnd = 0

  return function checkRate(credential) {
    if (now() >= windowEnd) {
      counts.clear()
      windowEnd = now() + WINDOW_MS
    }
    const count = (counts.get(credential) ?? 0) + 1
    counts.set(credential, count)
    if (count > limitPerMinute) throw tooManyRequests(Math.ceil((windowEnd - now()) / 1_000))
  }
}
