import { untilAborted } from '../until-aborted.ts'
import { UpstreamFailure } from './failure.ts'

/** The end of the time that one call has, with all that it waits for and all its tries. */
export type Deadline = {
  /** In milliseconds of the steady clock. */
  readonly at: number
  /** Aborted then, with a `TimeoutError`. */
  readonly signal: AbortSignal
  /**
   * Waits for work that goes on by itself, but not longer than the time lasts.
   *
   * @throws {UpstreamFailure} with status 504 when the time is over
   * @throws the reason of `abandoned` when that aborts
   */
  readonly bound: <Value>(work: Promise<Value>, abandoned: AbortSignal) => Promise<Value>
  /** Gives the failure that a passed deadline is, and any other error as it is. */
  readonly translate: (error: unknown) => unknown
}

/**
 * Begins the time of one call.
 *
 * @param options.steadyMs milliseconds since any fixed point, never going back
 */
export function startDeadline(options: {
  readonly timeoutMs: number
  readonly steadyMs: () => number
}): Deadline {
  const { timeoutMs, steadyMs } = options
  const signal = AbortSignal.timeout(timeoutMs)
  const translate = (error: unknown) =>
    isTimeout(error)
      ? new UpstreamFailure(504, `no answer in ${timeoutMs} ms`, { cause: error })
      : error

  return {
    at: steadyMs() + timeoutMs,
    signal,
    translate,
    async bound(work, abandoned) {
      try {
        return await untilAborted(work, AbortSignal.any([abandoned, signal]))
      } catch (error) {
        throw translate(error)
      }
    },
  }
}

/** Tells the end of a time from a caller who left (WHATWG DOM, `AbortSignal.timeout`). */
export function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError'
  )
}
