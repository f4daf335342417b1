import { setTimeout as sleep } from 'node:timers/promises'

/** Time and chance, as they pass for the care of an upstream. */
export type Clock = {
  /** Milliseconds since the epoch. */
  readonly epochMs: () => number
  /** Milliseconds since any fixed point, never going back. */
  readonly steadyMs: () => number
  /** Resolves after so many milliseconds; rejects with the signal's reason as soon as it aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  /** A number from 0 up to, but not including, 1. */
  readonly random: () => number
}

/** The time of this machine. */
export const systemClock: Clock = {
  epochMs: Date.now,
  steadyMs: () => performance.now(),
  random: Math.random,
  async wait(ms, signal) {
    try {
      await sleep(ms, undefined, { signal })
    } catch (error) {
      throw signal.aborted ? signal.reason : error
    }
  },
}
