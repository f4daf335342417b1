import { checkTry } from './check-try.ts'
import type { Taken, WatchedRateWindow } from './rate-window.ts'
import { createWindowLog, type Take, type WindowLog } from './window-log.ts'

/** Takes that are remembered, of all keys together: some 20 MB, and more than a process lets through in a minute. */
const MAX_TAKES = 500_000

/** A window in the memory of this process. */
export interface MemoryWindow extends WatchedRateWindow {
  /** Takes as `take` does, at once. */
  takeNow(key: string, take: Take, limit: number): Taken
  /** Adds what another has let through, without judging it. */
  note(key: string, take: Take): void
  /** The newest takes of a key that Redis was not told of over a connection, oldest first. */
  untold(key: string, connection: number, max: number): readonly Take[]
  /** Notes that Redis was told of these takes of a key over a connection. */
  markTold(key: string, told: readonly Take[], connection: number): void
  /** How many takes are remembered, of all keys together. */
  remembered(): number
}

/**
 * Makes an exact sliding window for one process.
 *
 * Its memory is bounded twice: a key is forgotten when its last take leaves the window, and where
 * there are too many takes, the keys that have not taken for the longest time are forgotten early.
 * The key that has just taken is never one of those.
 *
 * @param options.windowMs how long the window is, in milliseconds
 * @param options.now milliseconds of a clock that never goes back
 * @param options.maxTakes remembered takes of all keys together; by default 500,000
 */
export function createMemoryWindow(options: {
  readonly windowMs: number
  readonly now: () => number
  readonly maxTakes?: number
}): MemoryWindow {
  const { windowMs, now, maxTakes = MAX_TAKES } = options
  // In the order of their last takes, which is the order in which they become empty.
  const logs = new Map<string, WindowLog>()
  let remembered = 0

  function openLog(key: string): WindowLog {
    const log = logs.get(key) ?? createWindowLog(windowMs)
    forgetOld(log)
    return log
  }

  function forgetOld(log: WindowLog): void {
    const before = log.size()
    log.forget(now())
    remembered -= before - log.size()
  }

  function add(key: string, log: WindowLog, take: Take): void {
    log.add(take)
    remembered += 1
    logs.delete(key)
    logs.set(key, log)
    for (const [other, oldest] of logs) {
      forgetOld(oldest)
      const isFull = remembered > maxTakes && other !== key
      if (oldest.size() > 0 && !isFull) break
      remembered -= oldest.size()
      logs.delete(other)
    }
  }

  function takeNow(key: string, take: Take, limit: number): Taken {
    checkTry(take.cost, limit)
    const log = openLog(key)
    const taken = log.judge(take.cost, limit, take.at)
    if (taken.isAllowed) add(key, log, take)
    return taken
  }

  return {
    takeNow,
    note: (key, take) => add(key, openLog(key), take),
    untold: (key, connection, max) => openLog(key).untold(connection, max),
    markTold: (key, told, connection) => logs.get(key)?.markTold(told, connection),
    remembered: () => remembered,
    // An `async` function, so that a wrong cost is a rejection as it is elsewhere.
    take: async (key, cost, limit) =>
      Promise.resolve(takeNow(key, { serial: 0, at: now(), cost, toldOver: 0 }, limit)),
    status: () => ({ backend: 'memory', isFallback: false, fallbacks: 0 }),
  }
}
