import type { Taken } from './rate-window.ts'

/** What was taken at once. */
export type Take = {
  /** Unlike any other's of this instance, where somebody is to be told of it; 0 where nobody is. */
  readonly serial: number
  /** Milliseconds of the window's own clock. */
  readonly at: number
  readonly cost: number
  /** The connection over which Redis was told of it; 0 where it was not. */
  readonly toldOver: number
}

/** One key's takes in the last window: exact, for each is remembered by itself. */
export interface WindowLog {
  /** Judges a try without taking. */
  judge(cost: number, limit: number, now: number): Taken
  add(take: Take): void
  /** Forgets what has left the window. */
  forget(now: number): void
  /** How many takes are remembered. */
  size(): number
  /** The newest takes that Redis was not told of over a connection, oldest first. */
  untold(connection: number, max: number): readonly Take[]
  /** Notes that Redis was told of these over a connection. */
  markTold(told: readonly Take[], connection: number): void
}

/** So many that left are kept before the others, until they are dropped together. */
const MAX_LEFT = 1_000

/**
 * Makes an empty log. A take of the moment `t` counts before `t + windowMs`, and not from then on.
 *
 * A key may have hundreds of thousands of takes: they are columns of numbers, not objects, and what
 * leaves is passed over, so that nothing has to move up for each.
 *
 * @param windowMs how long the window is, in milliseconds
 */
export function createWindowLog(windowMs: number): WindowLog {
  const serials: number[] = []
  const moments: number[] = []
  const costs: number[] = []
  const connections: number[] = []
  let oldest = 0
  let total = 0
  // The connection over which Redis was told of all; 0 where it may not have been told of some.
  let allToldOver = 0

  // The age is taken first: of two moments with fractions, it is exact where they are the same.
  const ageAt = (index: number, now: number) => now - (moments[index] ?? now)

  function waitFor(excess: number, now: number): number {
    let freed = 0
    for (let index = oldest; index < moments.length; index += 1) {
      freed += costs[index] ?? 0
      if (freed >= excess) return windowMs - ageAt(index, now)
    }
    return 0
  }

  return {
    judge(cost, limit, now) {
      const isAllowed = total + cost <= limit
      const held = isAllowed ? total + cost : total
      const isEmpty = !isAllowed && oldest === moments.length
      const newestAge = isAllowed ? 0 : ageAt(moments.length - 1, now)
      const resetMs = isEmpty ? 0 : Math.ceil(windowMs - newestAge)
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
    add({ serial, at, cost, toldOver }) {
      if (oldest === moments.length) allToldOver = toldOver
      else if (toldOver !== allToldOver) allToldOver = 0
      // What another judged is noted when its answer came, which may be out of turn.
      let index = moments.length
      while (index > oldest && (moments[index - 1] ?? 0) > at) index -= 1
      insert(serials, index, serial)
      insert(moments, index, at)
      insert(costs, index, cost)
      insert(connections, index, toldOver)
      total += cost
    },
    forget(now) {
      while (oldest < moments.length && ageAt(oldest, now) >= windowMs) {
        total -= costs[oldest] ?? 0
        oldest += 1
      }
      const isEmpty = oldest === moments.length
      if (!isEmpty && (oldest < MAX_LEFT || oldest < moments.length / 2)) return
      for (const column of [serials, moments, costs, connections]) column.splice(0, oldest)
      oldest = 0
    },
    size: () => moments.length - oldest,
    untold(connection, max) {
      if (allToldOver === connection) return []
      const found: Take[] = []
      for (let index = moments.length - 1; index >= oldest && found.length < max; index -= 1) {
        const toldOver = connections[index] ?? 0
        if (toldOver === connection) continue
        const [serial = 0, at = 0, cost = 0] = [serials[index], moments[index], costs[index]]
        found.push({ serial, at, cost, toldOver })
      }
      return found.reverse()
    },
    markTold(told, connection) {
      if (told.length === 0) return
      const known = new Set(told.map(({ serial }) => serial))
      for (let index = oldest; index < moments.length; index += 1) {
        if (known.has(serials[index] ?? 0)) connections[index] = connection
      }
      const isAll = connections.slice(oldest).every((each) => each === connection)
      allToldOver = isAll ? connection : 0
    },
  }
}

/** Nearly always at the end, where nothing has to move. */
function insert(column: number[], index: number, value: number): void {
  if (index === column.length) column.push(value)
  else column.splice(index, 0, value)
}
