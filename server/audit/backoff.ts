/** How long what failed is left alone, in milliseconds. */
export type Backoff = {
  /** The longest wait after a first failure; it doubles with each that follows. */
  readonly baseMs: number
  /** No wait is longer, but for one that the receiver asks for. */
  readonly maxMs: number
}

/** What a receiver asks for is kept up to this: its clock may be wrong. */
const MAX_RETRY_AFTER_MS = 5 * 60_000

/**
 * Chooses a wait with full jitter: instances that lost one store or receiver at once do not come back at once.
 *
 * @param failures in a row, at least 1
 * @param random 0 to 1
 * @param retryAfterMs what the other side asked for; `null` for nothing
 */
export function chooseWaitMs(
  { baseMs, maxMs }: Backoff,
  failures: number,
  random: number,
  retryAfterMs: number | null,
): number {
  // Beyond 2^30 nothing is longer than the cap, and the power would lose its meaning.
  const ceiling = Math.min(maxMs, baseMs * 2 ** Math.min(failures - 1, 30))
  return Math.max(random * ceiling, Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS))
}
