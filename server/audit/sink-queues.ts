import type { DatabaseSync } from 'node:sqlite'
import {
  grow,
  inOneStep,
  numberOf,
  readSize,
  shrinkBy,
  textOf,
  toEntry,
  type Size,
  type SpoolEntry,
} from './spool-rows.ts'

type Queue = Size & { dropped: number }

/** The queues of sinks in a spool's file. */
export interface SinkQueues {
  /** Adds entries within a step of the caller's; what a full queue cannot take is a loss. */
  readonly put: (sink: string, bodies: readonly string[]) => void
  readonly read: (sink: string, limit: number) => readonly SpoolEntry[]
  /** Removes entries up to a position. */
  readonly advance: (sink: string, position: number) => void
  /** Forgets a sink. @returns how many entries it had */
  readonly remove: (sink: string) => number
  /** All sinks that have entries. */
  readonly list: () => readonly string[]
  /** How much waits for a sink; it changes with its queue. */
  readonly sizeOf: (sink: string) => Size
  /** How many a sink's full queue could not take since this was opened. */
  readonly countDropped: (sink: string) => number
}

/** @param options.addLoss keeps in mind how many a sink's queue could not take */
export function createSinkQueues(options: {
  readonly database: DatabaseSync
  readonly isFull: (size: Size) => boolean
  readonly addLoss: (sink: string, count: number) => void
}): SinkQueues {
  const { database, isFull, addLoss } = options
  const statement = (sql: string) => database.prepare(sql)
  const insert = statement('insert into outbox (sink, position, chars, body) values (?, ?, ?, ?)')
  const last = statement('select max(position) as position from outbox where sink = ?')
  const read = statement(
    'select position, body from outbox where sink = ? order by position limit ?',
  )
  const measure = statement(
    'select count(*) as events, coalesce(sum(chars), 0) as chars from outbox where sink = ? and position <= ?',
  )
  const remove = statement('delete from outbox where sink = ? and position <= ?')
  const list = statement('select distinct sink from outbox')
  const queues = new Map<string, Queue>()

  function queueOf(sink: string): Queue {
    const known = queues.get(sink)
    if (known !== undefined) return known
    const size = readSize(measure.get(sink, Number.MAX_SAFE_INTEGER))
    const queue = { ...size, dropped: 0 }
    queues.set(sink, queue)
    return queue
  }

  return {
    put(sink, bodies) {
      const queue = queueOf(sink)
      let position = numberOf(last.get(sink), 'position')
      let lost = 0
      for (const body of bodies) {
        if (isFull(queue)) lost += 1
        else {
          position += 1
          insert.run(sink, position, body.length, body)
          grow(queue, body)
        }
      }
      if (lost === 0) return
      queue.dropped += lost
      addLoss(sink, lost)
    },
    read: (sink, limit) => read.all(sink, limit).map(toEntry),
    advance(sink, position) {
      const queue = queueOf(sink)
      inOneStep(database, [queue], () => {
        shrinkBy(queue, readSize(measure.get(sink, position)))
        remove.run(sink, position)
      })
    },
    remove(sink) {
      const { events } = queueOf(sink)
      remove.run(sink, Number.MAX_SAFE_INTEGER)
      queues.delete(sink)
      return events
    },
    list: () => list.all().map((row) => textOf(row, 'sink')),
    sizeOf: queueOf,
    countDropped: (sink) => queueOf(sink).dropped,
  }
}
