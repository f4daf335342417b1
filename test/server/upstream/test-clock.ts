import type { Clock } from '../../../server/upstream/clock.ts'

/** A clock that a test sets; whoever waits by it goes on at once, and the time has passed. */
export type TestClock = Clock & {
  /** How long was waited, each time. */
  readonly waits: readonly number[]
  readonly advance: (ms: number) => void
}

/** Starts it at noon of a day, with the middle of every jitter. */
export function createTestClock(random: () => number = () => 0.5): TestClock {
  let passed = 0
  const waits: number[] = []
  return {
    waits,
    random,
    epochMs: () => Date.UTC(2026, 0, 2, 12) + passed,
    steadyMs: () => passed,
    advance: (ms) => void (passed += ms),
    wait(ms, signal) {
      signal.throwIfAborted()
      waits.push(ms)
      passed += ms
      return Promise.resolve()
    },
  }
}
