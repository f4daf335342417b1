import type { SealedEvent } from './sealed-event.ts'

/** An event that waits for one sink. */
export type OutboxEntry = {
  /** Rises with each entry of the sink; it means nothing to another sink. */
  readonly position: number
  readonly event: SealedEvent
}

/**
 * Sealed events on their way to sinks: one queue for each sink, on the instance's own disk.
 *
 * An event is in the store before it is here, and stays here until its sink has it: at least once,
 * so a receiver that minds repetitions knows them by `id`. Sinks are told apart by a key of theirs,
 * which stays the same over restarts. A queue is bounded: what a full one cannot take is counted,
 * and becomes an `audit.dropped` event.
 */
export interface Outbox {
  /** The oldest entries of a sink's queue, which stay in it. Returns at once, from the local disk. */
  read(sink: string, limit: number): readonly OutboxEntry[]
  /** Removes a sink's entries up to a position, once they are delivered. */
  advance(sink: string, position: number): void
  /** How many entries wait for a sink. */
  countPending(sink: string): number
  /** How many a sink's full queue could not take since the start. */
  countDropped(sink: string): number
  /** Calls back after events were added. @returns ends that */
  onAppend(listener: () => void): () => void
}
