import type { DatabaseSync } from 'node:sqlite'
import { every } from './filter.ts'
import type { Condition } from './filter.ts'
import { number } from './row.ts'
import type { Row } from './row.ts'

/** Where a caller wants to read in a list. */
export type PageRequest = { readonly page: number; readonly pageSize: number }

/** A list to read one page of; the order must be total, or pages would overlap. */
export type PageQuery = PageRequest & {
  readonly columns: string
  readonly from: string
  readonly conditions: readonly Condition[]
  readonly orderBy: string
}

/** One page with the totals that let a caller read on. */
export type Page<Item> = {
  readonly data: readonly Item[]
  readonly pagination: PageRequest & { readonly total: number; readonly pages: number }
}

/** Reads one page of a list, and counts the whole. */
export function readPage<Item>(
  database: DatabaseSync,
  { columns, from, conditions, orderBy, page, pageSize }: PageQuery,
  toItem: (row: Row) => Item,
): Page<Item> {
  const where = every(conditions)
  const counted = database.prepare(`SELECT count(*) AS total FROM ${from} WHERE ${where.sql}`)
  const total = number(counted.get(...where.values) ?? {}, 'total')
  const rows = database
    .prepare(
      `SELECT ${columns} FROM ${from} WHERE ${where.sql} ORDER BY ${orderBy} LIMIT ? OFFSET ?`,
    )
    .all(...where.values, pageSize, (page - 1) * pageSize)
  return {
    data: rows.map(toItem),
    pagination: { page, pageSize, total, pages: Math.ceil(total / pageSize) },
  }
}
