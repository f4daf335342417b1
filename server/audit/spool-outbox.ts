import type { Logger } from 'pino'
import { parseSealedEvent } from './event-schema.ts'
import type { Outbox } from './outbox.ts'
import type { Spool } from './spool.ts'

/** The queues of sinks in a spool, for those who deliver. */
export interface SpoolOutbox extends Outbox {
  /** Calls those back who wait for events. */
  announce(): void
}

/** An entry that nobody can read is removed, so that it does not stand in the way of the others. */
export function createSpoolOutbox(options: {
  readonly spool: Pick<Spool, 'readSink' | 'advance' | 'countSink' | 'countDropped'>
  readonly log: Logger
}): SpoolOutbox {
  const { spool, log } = options
  const listeners = new Set<() => void>()
  return {
    read(sink, limit) {
      for (;;) {
        const entries = spool.readSink(sink, limit)
        const read = entries.flatMap(({ position, body }) => {
          const event = parseSealedEvent(body)
          return event === null ? [] : [{ position, event }]
        })
        const last = entries.at(-1)
        if (read.length < entries.length) log.error({ event: 'audit_unreadable', sink })
        if (last === undefined || read.length > 0) return read
        spool.advance(sink, last.position)
      }
    },
    advance: (sink, position) => spool.advance(sink, position),
    countPending: (sink) => spool.countSink(sink),
    countDropped: (sink) => spool.countDropped(sink),
    onAppend(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    announce() {
      for (const listener of listeners) listener()
    },
  }
}
