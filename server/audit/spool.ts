import type { DatabaseSync } from 'node:sqlite'

/** How much a queue holds; what comes then is lost, and counted. */
export type SpoolLimits = {
  readonly maxEvents: number
  /** Of their JSON, in characters. */
  readonly maxChars: number
}

/** About as much disk as a week of a busy instance needs, or a night of an attack. */
export const SPOOL_LIMITS: SpoolLimits = { maxEvents: 1_000_000, maxChars: 512 * 1024 * 1024 }

/** An entry of a queue. */
export type SpoolEntry = { readonly position: number; readonly body: string }

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
 */
export interface Spool {
  /** Adds an event that is not in the store yet; a full inbox counts it as lost. */
  add(body: string): void
  /** The oldest of the inbox, which stay there. */
  take(limit: number): readonly SpoolEntry[]
  /**
   * In one step, removes entries of the inbox that are in the store now, and adds their sealed form
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

type Size = { events: number; chars: number }

type Queue = Size & { dropped: number }

/** @param database of `openSpoolFile` */
export function createSpool(database: DatabaseSync, limits: SpoolLimits = SPOOL_LIMITS): Spool {
  const statement = (sql: string) => database.prepare(sql)
  const insert = statement('insert into inbox (chars, body) values (?, ?)')
  const take = statement('select position, body from inbox order by position limit ?')
  const measure = statement(
    'select count(*) as events, coalesce(sum(chars), 0) as chars from inbox where position <= ?',
  )
  const remove = statement('delete from inbox where position <= ?')
  const insertOut = statement(
    'insert into outbox (sink, position, chars, body) values (?, ?, ?, ?)',
  )
  const lastOut = statement('select max(position) as position from outbox where sink = ?')
  const readOut = statement(
    'select position, body from outbox where sink = ? order by position limit ?',
  )
  const measureOut = statement(
    'select count(*) as events, coalesce(sum(chars), 0) as chars from outbox where sink = ? and position <= ?',
  )
  const removeOut = statement('delete from outbox where sink = ? and position <= ?')
  const listOut = statement('select distinct sink from outbox')
  const addLoss = statement(
    'insert into loss (name, count) values (?, ?) on conflict (name) do update set count = count + excluded.count',
  )
  const readLosses = statement('select name, count from loss where count > 0')
  const removeLoss = statement('update loss set count = count - ? where name = ?')

  const inbox = readSize(measure.get(Number.MAX_SAFE_INTEGER))
  const queues = new Map<string, Queue>()
  let lostOfInbox = 0

  function queueOf(sink: string): Queue {
    const known = queues.get(sink)
    if (known !== undefined) return known
    const size = readSize(measureOut.get(sink, Number.MAX_SAFE_INTEGER))
    const queue = { ...size, dropped: 0 }
    queues.set(sink, queue)
    return queue
  }

  function isFull({ events, chars }: Size): boolean {
    return events >= limits.maxEvents || chars >= limits.maxChars
  }

  /** Sizes are set right again where the step is undone. */
  function inOneStep(work: () => void, sizes: readonly Size[]): void {
    const before = sizes.map((size) => ({ ...size }))
    database.exec('begin immediate')
    try {
      work()
      database.exec('commit')
    } catch (error) {
      sizes.forEach((size, index) => Object.assign(size, before[index]))
      // SQLite may have rolled back by itself, on a full disk for example.
      if (database.isTransaction) database.exec('rollback')
      throw error
    }
  }

  function put(body: string): void {
    insert.run(body.length, body)
    grow(inbox, body)
  }

  function removeFirst(lastPosition: number): void {
    shrinkBy(inbox, readSize(measure.get(lastPosition)))
    remove.run(lastPosition)
  }

  function putOut(sink: string, bodies: readonly string[]): void {
    const queue = queueOf(sink)
    let position = numberOf(lastOut.get(sink), 'position')
    let lost = 0
    for (const body of bodies) {
      if (isFull(queue)) lost += 1
      else {
        position += 1
        insertOut.run(sink, position, body.length, body)
        grow(queue, body)
      }
    }
    if (lost === 0) return
    queue.dropped += lost
    addLoss.run(sink, lost)
  }

  return {
    add(body) {
      if (!isFull(inbox)) put(body)
      else {
        addLoss.run('', 1)
        lostOfInbox += 1
      }
    },
    take: (limit) => take.all(limit).map(toEntry),
    finish(lastPosition, sealed, sinks) {
      inOneStep(() => {
        removeFirst(lastPosition)
        for (const sink of sinks) putOut(sink, sealed)
      }, [inbox, ...sinks.map(queueOf)])
    },
    readSink: (sink, limit) => readOut.all(sink, limit).map(toEntry),
    addToSink(sink, bodies) {
      inOneStep(() => putOut(sink, bodies), [queueOf(sink)])
    },
    advance(sink, position) {
      const queue = queueOf(sink)
      inOneStep(() => {
        shrinkBy(queue, readSize(measureOut.get(sink, position)))
        removeOut.run(sink, position)
      }, [queue])
    },
    removeSink(sink) {
      const { events } = queueOf(sink)
      removeOut.run(sink, Number.MAX_SAFE_INTEGER)
      queues.delete(sink)
      return events
    },
    listSinks: () => listOut.all().map((row) => textOf(row, 'sink')),
    countInbox: () => inbox.events,
    countSink: (sink) => queueOf(sink).events,
    countDropped: (sink) => queueOf(sink).dropped,
    countLost: () => lostOfInbox,
    addLoss: (name, count) => void addLoss.run(name, count),
    readLosses: () =>
      readLosses.all().map((row) => ({ name: textOf(row, 'name'), count: numberOf(row, 'count') })),
    forgetLoss: ({ name, count }) => void removeLoss.run(count, name),
    tellLoss({ name, count }, body) {
      inOneStep(() => {
        put(body)
        removeLoss.run(count, name)
      }, [inbox])
    },
    shrink() {
      const free = numberOf(database.prepare('PRAGMA freelist_count').get(), 'freelist_count')
      if (free >= MIN_FREE_PAGES) database.exec('PRAGMA incremental_vacuum')
    },
    close: () => database.close(),
  }
}

function grow(size: Size, body: string): void {
  size.events += 1
  size.chars += body.length
}

function shrinkBy(size: Size, by: Size): void {
  size.events -= by.events
  size.chars -= by.chars
}

type Row = Readonly<Record<string, unknown>> | undefined

function toEntry(row: Row): SpoolEntry {
  return { position: numberOf(row, 'position'), body: textOf(row, 'body') }
}

function readSize(row: Row): Size {
  return { events: numberOf(row, 'events'), chars: numberOf(row, 'chars') }
}

function numberOf(row: Row, column: string): number {
  return Number(row?.[column] ?? 0)
}

function textOf(row: Row, column: string): string {
  const value = row?.[column]
  return typeof value === 'string' ? value : ''
}
