import { UpstreamFailure } from './failure.ts'

/** How much of an upstream may be in use at once. */
export type QueueLimits = {
  /** Calls that run, of all lanes together. */
  readonly running: number
  /** Calls that run, of one lane. */
  readonly runningPerLane: number
  /** Calls that wait, of one lane. */
  readonly waitingPerLane: number
  /** Calls that wait, of all lanes together; beyond it only a lane that has none waiting is let in. */
  readonly waiting: number
  /** Calls that wait, whoever's they are. */
  readonly waitingAtMost: number
}

/** Whose turn it is, where many want the same. */
export interface FairQueue {
  /**
   * Waits until it is the lane's turn.
   *
   * @returns ends the turn; a second use does nothing
   * @throws {UpstreamFailure} with status 503 where too many wait already
   * @throws the signal's reason when it aborts before
   */
  enter(lane: string | null, signal: AbortSignal): Promise<() => void>
  /** Calls that wait now. */
  waiting(): number
}

/** A guess: what runs is over in about a second. */
const RETRY_AFTER_SECONDS = 1

/**
 * Makes a queue in which the lanes take turns: next is the lane of which the fewest calls run, and
 * among those the one whose last turn is longest ago. Within a lane, first come is first served.
 */
export function createFairQueue(limits: QueueLimits): FairQueue {
  /** Those with something running or waiting. */
  const lanes = new Map<string | null, Lane>()
  let turns = 0
  let running = 0
  let waiting = 0

  function isFull(lane: Lane): boolean {
    if (lane.waiting.size >= limits.waitingPerLane || waiting >= limits.waitingAtMost) return true
    return waiting >= limits.waiting && lane.waiting.size > 0
  }

  function isFree(lane: Lane): boolean {
    return running < limits.running && lane.running < limits.runningPerLane
  }

  function start(name: string | null, lane: Lane): () => void {
    running += 1
    lane.running += 1
    lane.lastTurn = turns += 1
    lanes.set(name, lane)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      running -= 1
      lane.running -= 1
      forgetIfIdle(name, lane)
      startNext()
    }
  }

  function startNext(): void {
    const next = findNext()
    const [first] = next?.[1].waiting ?? []
    if (next === null || first === undefined) return
    leave(next[1], first)
    first(start(...next))
  }

  function findNext(): readonly [name: string | null, lane: Lane] | null {
    let next: readonly [string | null, Lane] | null = null
    for (const each of lanes) {
      const [, lane] = each
      if (lane.waiting.size === 0 || !isFree(lane)) continue
      if (next === null || isBefore(lane, next[1])) next = each
    }
    return next
  }

  function leave(lane: Lane, turn: Turn): void {
    if (lane.waiting.delete(turn)) waiting -= 1
  }

  function forgetIfIdle(name: string | null, lane: Lane): void {
    if (lane.running === 0 && lane.waiting.size === 0) lanes.delete(name)
  }

  return {
    waiting: () => waiting,
    async enter(name, signal) {
      signal.throwIfAborted()
      const lane = lanes.get(name) ?? newLane()
      if (lane.waiting.size === 0 && isFree(lane)) return start(name, lane)
      if (isFull(lane)) {
        throw new UpstreamFailure(503, 'too many calls wait for the upstream', {
          facts: { retryAfter: RETRY_AFTER_SECONDS },
        })
      }
      const { promise, resolve, reject } = Promise.withResolvers<() => void>()
      lanes.set(name, lane)
      lane.waiting.add(resolve)
      waiting += 1
      const onAbort = () => {
        leave(lane, resolve)
        forgetIfIdle(name, lane)
        reject(signal.reason)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      try {
        return await promise
      } finally {
        signal.removeEventListener('abort', onAbort)
      }
    },
  }
}

/** Given the turn, and with it the way to end it. */
type Turn = (end: () => void) => void

type Lane = {
  running: number
  /** By number; 0 for none yet. */
  lastTurn: number
  readonly waiting: Set<Turn>
}

function newLane(): Lane {
  return { running: 0, lastTurn: 0, waiting: new Set() }
}

function isBefore(one: Lane, other: Lane): boolean {
  return one.running === other.running ? one.lastTurn < other.lastTurn : one.running < other.running
}
