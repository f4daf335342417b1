import { untilAborted } from '../until-aborted.ts'
import { UpstreamFailure } from './failure.ts'

/** The end of the time that one call has, with all that it waits for and all its tries. */
export type Deadline = {
  /** In milliseconds of the steady clock. */
  readonly at: number
  /** Aborted then, with a `TimeoutError`, and before that when the caller leaves, with their reason. */
  readonly signal: AbortSignal
  /**
   * Waits for work that goes on by itself, but not longer than the time lasts.
   *
   * @throws {UpstreamFailure} with status 504 when the time is over
   * @throws the caller's reason when they leave
   */
  readonly bound: <Value>(work: Promise<Value>) => Promise<Value>
  /** Gives the failure that a passed deadline is, and any other error as it is. */
  readonly translate: (error: unknown) => unknown
  /** Ends the time of a call that is over: nothing is aborted any more. */
  readonly end: () => void
}

/**
 * Begins the time of one call. Whoever begins it ends it.
 *
 * @param options.caller aborted when the caller leaves
 * @param options.steadyMs milliseconds since any fixed point, never going back
 */
export function startDeadline(options: {
  readonly timeoutMs: number
  readonly caller: AbortSignal
  readonly steadyMs: () => number
}): Deadline {
  const { timeoutMs, caller, steadyMs } = options
  // One controller of our own: `AbortSignal.any` and `AbortSignal.timeout` cost a call more than its JSON.
  const over = new AbortController()
  const { signal } = over
  const onLeave = () => over.abort(caller.reason)
  const clock = setTimeout(() => over.abort(timeoutError()), timeoutMs)
  clock.unref()
  if (caller.aborted) onLeave()
  else caller.addEventListener('abort', onLeave, { once: true })
  const translate = (error: unknown) =>
    isTimeout(error)
      ? new UpstreamFailure(504, `no answer in ${timeoutMs} ms`, { cause: error })
      : error

  return {
    at: steadyMs() + timeoutMs,
    signal,
    translate,
    async bound(work) {
      try {
        return await untilAborted(work, signal)
      } catch (error) {
        throw translate(error)
      }
    },
    end() {
      clearTimeout(clock)
      caller.removeEventListener('abort', onLeave)
    },
  }
}

/** Tells the end of a time from a caller who left (WHATWG DOM, `AbortSignal.timeout`). */
export function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError'
  )
}

function timeoutError(): DOMException {
  return new DOMException('The operation was aborted due to timeout', 'TimeoutError')
}
