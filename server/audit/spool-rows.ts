import type { DatabaseSync } from 'node:sqlite'

/** An entry of a queue. */
export type SpoolEntry = { readonly position: number; readonly body: string }

/** How much is in a queue; characters are of JSON. */
export type Size = { events: number; chars: number }

/** A row as SQLite gives it; `undefined` where there is none. */
export type Row = Readonly<Record<string, unknown>> | undefined

/** Counts a text that was added. */
export function grow(size: Size, body: string): void {
  size.events += 1
  size.chars += body.length
}

/** Counts what was removed. */
export function shrinkBy(size: Size, by: Size): void {
  size.events -= by.events
  size.chars -= by.chars
}

/** Reads a row of `position` and `body`. */
export function toEntry(row: Row): SpoolEntry {
  return { position: numberOf(row, 'position'), body: textOf(row, 'body') }
}

/** Reads a row of `events` and `chars`. */
export function readSize(row: Row): Size {
  return { events: numberOf(row, 'events'), chars: numberOf(row, 'chars') }
}

/** Reads a number; 0 where there is none. */
export function numberOf(row: Row, column: string): number {
  return Number(row?.[column] ?? 0)
}

/** Reads a text; an empty one where there is none. */
export function textOf(row: Row, column: string): string {
  const value = row?.[column]
  return typeof value === 'string' ? value : ''
}

/** Runs work in a transaction; sizes are set right again where it is undone. */
export function inOneStep(database: DatabaseSync, sizes: readonly Size[], work: () => void): void {
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
