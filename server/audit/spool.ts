import type { DatabaseSync } from 'node:sqlite'
import type { AuditEvent } from './event.ts'
import type { Journal, JournalBatch } from './journal.ts'
import { createSinkQueues } from './sink-queues.ts'
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

/** How much a queue holds; what comes then is lost, and counted. */
export type SpoolLimits = {
  readonly maxEvents: number
  /** Of their JSON, in characters. */
  readonly maxChars: number
}

/** About as much disk as a week of a busy instance needs, or a night of an attack. */
export const SPOOL_LIMITS: SpoolLimits = { maxEvents: 1_000_000, maxChars: 512 * 1024 * 1024 }

/** What a full queue could not take. */
export type Loss = {
  /** A sink's key; `''` is the way into the store. */
  readonly name: string
  readonly count: number
}

/**
 * Events on their way, on the disk of this instance: the inbox has those that are not in the store
 * yet, and the outbox a queue for each sink. Every method returns at once, and may throw: the disk
 * may be full.
 *
 * The inbox is a journal of the newest events of this process, and behind it a table: of what the
 * journal has no room for, what comes after that, and what other processes left.
 */
export interface Spool {
  /** Adds an event of this process; a full inbox counts it as lost. */
  record(event: AuditEvent): void
  /** Adds an event of another process; a full inbox counts it as lost. */
  add(body: string): void
  /** The oldest of the inbox, as far as they are in the journal; they stay there. */
  takeRecorded(): JournalBatch | null
  /** Adds the sealed form of that batch, which is in the store now, to queues, and removes it. */
  finishRecorded(sealed: readonly string[], sinks: readonly string[]): void
  /** The oldest of the inbox's table, which stay there. */
  take(limit: number): readonly SpoolEntry[]
  /**
   * In one step, removes entries of the table that are in the store now, and adds their sealed form
   * to the queues of sinks.
   */
  finish(lastPosition: number, sealed: readonly string[], sinks: readonly string[]): void
  readSink(sink: string, limit: number): readonly SpoolEntry[]
  addToSink(sink: string, bodies: readonly string[]): void
  advance(sink: string, position: number): void
  /** Forgets a sink. @returns how many entries it had */
  removeSink(sink: string): number
  /** All sinks that have entries. */
  listSinks(): readonly string[]
  countInbox(): number
  countSink(sink: string): number
  /** How many a sink's full queue could not take since this was opened. */
  countDropped(sink: string): number
  /** How many the full inbox could not take since this was opened. */
  countLost(): number
  addLoss(name: string, count: number): void
  readLosses(): readonly Loss[]
  forgetLoss(loss: Loss): void
  /** In one step, adds the event that tells of a loss, and forgets the loss. */
  tellLoss(loss: Loss, body: string): void
  /** Gives disk space back after a long queue. */
  shrink(): void
  close(): void
}

/** From how many free pages of 4 KB on the file is made smaller. */
const MIN_FREE_PAGES = 4_096

/**
 * Makes a spool of its parts. What an earlier process left in the journal moves into the table.
 *
 * @param database of `openSpoolFile`
 */
export function createSpool(
  database: DatabaseSync,
  journal: Journal,
  limits: SpoolLimits = SPOOL_LIMITS,
): Spool {
  const statement = (sql: string) => database.prepare(sql)
  const insert = statement('insert into inbox (chars, body) values (?, ?)')
  const insertAt = statement('insert into inbox (position, chars, body) values (?, ?, ?)')
  const first = statement('select min(position) as position from inbox')
  const take = statement('select position, body from inbox order by position limit ?')
  const measure = statement(
    'select count(*) as events, coalesce(sum(chars), 0) as chars from inbox where position <= ?',
  )
  const remove = statement('delete from inbox where position <= ?')
  const addLoss = statement(
    'insert into loss (name, count) values (?, ?) on conflict (name) do update set count = count + excluded.count',
  )
  const readLosses = statement('select name, count from loss where count > 0')
  const removeLoss = statement('update loss set count = count - ? where name = ?')

  const table = readSize(measure.get(Number.MAX_SAFE_INTEGER))
  const queues = createSinkQueues({
    ...{ database, isFull },
    addLoss: (sink, count) => void addLoss.run(sink, count),
  })
  let lostOfInbox = 0

  function isFull({ events, chars }: Size): boolean {
    return events >= limits.maxEvents || chars >= limits.maxChars
  }

  function isInboxFull(): boolean {
    return isFull({
      events: table.events + journal.countEvents(),
      chars: table.chars + journal.countChars(),
    })
  }

  function lose(): void {
    addLoss.run('', 1)
    lostOfInbox += 1
  }

  function put(body: string): void {
    insert.run(body.length, body)
    grow(table, body)
  }

  /** What was in the journal is older than what is in the table. */
  function putLeft(): void {
    if (journal.left.length === 0) return
    inOneStep(database, [table], () => {
      let position = numberOf(first.get(), 'position') - journal.left.length
      for (const body of journal.left) {
        insertAt.run(position, body.length, body)
        grow(table, body)
        position += 1
      }
    })
    journal.clearLeft()
  }

  putLeft()

  return {
    record(event) {
      const body = JSON.stringify(event)
      if (isInboxFull()) lose()
      else if (table.events > 0 || !journal.add(event, body)) put(body)
    },
    add(body) {
      if (isInboxFull()) lose()
      else put(body)
    },
    takeRecorded: () => journal.take(),
    finishRecorded(sealed, sinks) {
      if (sinks.length > 0) {
        inOneStep(database, sinks.map(queues.sizeOf), () => {
          for (const sink of sinks) queues.put(sink, sealed)
        })
      }
      journal.clear()
    },
    take: (limit) => take.all(limit).map(toEntry),
    finish(lastPosition, sealed, sinks) {
      inOneStep(database, [table, ...sinks.map(queues.sizeOf)], () => {
        shrinkBy(table, readSize(measure.get(lastPosition)))
        remove.run(lastPosition)
        for (const sink of sinks) queues.put(sink, sealed)
      })
    },
    readSink: queues.read,
    addToSink(sink, bodies) {
      inOneStep(database, [queues.sizeOf(sink)], () => queues.put(sink, bodies))
    },
    advance: queues.advance,
    removeSink: queues.remove,
    listSinks: queues.list,
    countInbox: () => table.events + journal.countEvents(),
    countSink: (sink) => queues.sizeOf(sink).events,
    countDropped: queues.countDropped,
    countLost: () => lostOfInbox,
    addLoss: (name, count) => void addLoss.run(name, count),
    readLosses: () =>
      readLosses.all().map((row) => ({ name: textOf(row, 'name'), count: numberOf(row, 'count') })),
    forgetLoss: ({ name, count }) => void removeLoss.run(count, name),
    tellLoss({ name, count }, body) {
      inOneStep(database, [table], () => {
        put(body)
        removeLoss.run(count, name)
      })
    },
    shrink() {
      const free = numberOf(database.prepare('PRAGMA freelist_count').get(), 'freelist_count')
      if (free >= MIN_FREE_PAGES) database.exec('PRAGMA incremental_vacuum')
    },
    close() {
      journal.close()
      database.close()
    },
  }
}
