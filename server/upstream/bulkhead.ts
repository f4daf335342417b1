import type { Carrier } from './carrier.ts'
import { MAX_CONNECTIONS } from './connections.ts'
import { createFairQueue, type FairQueue, type QueueLimits } from './fair-queue.ts'

/** For each origin; the wire has as many connections to it as may run. */
export const QUEUE_LIMITS: QueueLimits = {
  running: MAX_CONNECTIONS,
  runningPerLane: MAX_CONNECTIONS / 4,
  waitingPerLane: 64,
  waiting: 256,
  waitingAtMost: 1_024,
}

/** Keeps organizations apart. */
export interface Bulkhead extends Carrier {
  /** Calls that wait for their turn now. */
  waiting(): number
}

/**
 * Gives each organization a lane of its own, so that one that floods the connector, or whose reads
 * are slow, leaves the others room. What belongs to no organization yet, as sign-ins do, has a lane
 * together. A call keeps its turn until it has ended, with its retries and the pauses between them.
 */
export function withBulkhead(next: Carrier, limits: QueueLimits = QUEUE_LIMITS): Bulkhead {
  const queues = new Map<string, FairQueue>()
  const queueOf = (origin: string) => {
    const queue = queues.get(origin) ?? createFairQueue(limits)
    queues.set(origin, queue)
    return queue
  }

  return {
    waiting: () => [...queues.values()].reduce((sum, queue) => sum + queue.waiting(), 0),
    async exchange(call) {
      const end = await queueOf(call.origin).enter(call.share, call.signal)
      try {
        return await next.exchange(call)
      } finally {
        end()
      }
    },
  }
}
