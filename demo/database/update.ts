import type { DatabaseSync } from 'node:sqlite'
import type { NewRow } from './insert.ts'

/** Sets columns of one row; the caller has checked that the row is the organization's. */
export function updateRow(
  database: DatabaseSync,
  table: string,
  id: string,
  columns: NewRow,
): void {
  const assignments = Object.keys(columns).map((column) => `${column} = :${column}`)
  database
    .prepare(`UPDATE ${table} SET ${assignments.join(', ')} WHERE id = :id`)
    .run({ ...columns, id })
}
