import type { DatabaseSync, SQLInputValue } from 'node:sqlite'

/** A row to write: column names of ours, values of anyone's. */
export type NewRow = Readonly<Record<string, SQLInputValue>>

/** Inserts rows that all have the same columns as the first one. */
export function insertRows(database: DatabaseSync, table: string, rows: readonly NewRow[]): void {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.keys(first)
  const places = columns.map((column) => `:${column}`)
  const insert = database.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`,
  )
  for (const row of rows) insert.run(row)
}

/** The next free id of a table, in the form of the others: `inv_000601` after `inv_000600`. */
export function nextId(
  database: DatabaseSync,
  table: string,
  prefix: string,
  digits: number,
): string {
  const highest = database
    .prepare(`SELECT max(CAST(substr(id, ?) AS INTEGER)) AS highest FROM ${table}`)
    .get(prefix.length + 1)?.['highest']
  return toId(prefix, digits, Number(highest ?? 0) + 1)
}

/** Writes an id such as `inv_000123`. */
export function toId(prefix: string, digits: number, serial: number): string {
  return `${prefix}${String(serial).padStart(digits, '0')}`
}
