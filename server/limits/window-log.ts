import type { Taken } from './rate-window.ts'

/** What was taken at once. */
export type Take = {
  /** Unlike any other's, on all instances. */
  readonly id: string
  /** Milliseconds of the window's own clock. */
  readonly at: number
  readonly cost: number
  /** The connection over which Redis was told of it; 0 where it was not. */
  toldOver: number
}

/** One key's takes in the last window: exact, for each is remembered by itself. */
export interface WindowLog {
  /** Judges a try without taking. */
  judge(cost: number, limit: number, now: number): Taken
  add(take: Take): void
  /** Forgets what has left the window. */
  forget(now: number): void
  /** Oldest first. */
  takes(): readonly Take[]
}

/**
 * Makes an empty log. A take of the moment `t` counts before `t + windowMs`, and not from then on.
 *
 * @param windowMs how long the window is, in milliseconds
 */
export function createWindowLog(windowMs: number): WindowLog {
  const takes: Take[] = []
  let total = 0

  // The age is taken first: of two moments with fractions, it is exact where they are the same.
  function waitFor(excess: number, now: number): number {
    let freed = 0
    for (const { at, cost } of takes) {
      freed += cost
      if (freed >= excess) return windowMs - (now - at)
    }
    return 0
  }

  return {
    judge(cost, limit, now) {
      const isAllowed = total + cost <= limit
      const held = isAllowed ? total + cost : total
      const newest = isAllowed ? now : takes.at(-1)?.at
      const resetMs = newest === undefined ? 0 : Math.ceil(windowMs - (now - newest))
      // More than a window holds never passes: its sender may come with less once the window is empty.
      const waitMs = cost > limit ? resetMs : Math.ceil(waitFor(total + cost - limit, now))
      return {
        isAllowed,
        limit,
        remaining: Math.max(0, limit - held),
        resetMs,
        retryMs: isAllowed ? 0 : waitMs,
      }
    },
    add(take) {
      // What another judged is noted when its answer came, which may be out of turn.
      let index = takes.length
      while (index > 0 && (takes[index - 1]?.at ?? 0) > take.at) index -= 1
      takes.splice(index, 0, take)
      total += take.cost
    },
    forget(now) {
      const kept = takes.findIndex(({ at }) => now - at < windowMs)
      const left = takes.splice(0, kept === -1 ? takes.length : kept)
      total -= left.reduce((sum, { cost }) => sum + cost, 0)
    },
    takes: () => takes,
  }
}
