import type { Outbox } from '../../../server/audit/outbox.ts'
import type { SealedEvent } from '../../../server/audit/sealed-event.ts'

/** One sink's queue in memory, whoever asks. */
export type MemoryOutbox = Outbox & {
  readonly append: (events: readonly SealedEvent[]) => void
}

/** Makes an empty queue. */
export function createMemoryOutbox(): MemoryOutbox {
  const listeners = new Set<() => void>()
  let position = 0
  let queue: readonly { readonly position: number; readonly event: SealedEvent }[] = []
  return {
    append(events) {
      queue = [...queue, ...events.map((event) => ({ position: (position += 1), event }))]
      for (const listener of listeners) listener()
    },
    read: (_, limit) => queue.slice(0, limit),
    advance(_, upTo) {
      queue = queue.filter((entry) => entry.position > upTo)
    },
    countPending: () => queue.length,
    countDropped: () => 0,
    onAppend(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
