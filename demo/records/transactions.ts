import type { DatabaseSync } from 'node:sqlite'
import { condition, every } from '../database/filter.ts'
import type { Condition } from '../database/filter.ts'
import { flag, money, reference, referenceOrNull, text, textOrNull } from '../database/row.ts'
import type { Row } from '../database/row.ts'
import { notFound } from '../http/problem.ts'
import type { CursorPosition } from './transaction-cursor.ts'

const COLUMNS = `t.*, b.name AS bank_account_name, c.name AS counterparty_name,
  g.name AS cost_group_name, p.name AS project_name, t.invoice_id IS NOT NULL AS matched`

const FROM = `transactions t JOIN bank_accounts b ON b.id = t.bank_account_id
  LEFT JOIN counterparties c ON c.id = t.counterparty_id
  LEFT JOIN cost_groups g ON g.id = t.cost_group_id
  LEFT JOIN projects p ON p.id = t.project_id`

const ORDERS = {
  bookedOn: { column: 'booked_on', direction: 'ASC', beyond: '>' },
  '-bookedOn': { column: 'booked_on', direction: 'DESC', beyond: '<' },
  amount: { column: 'amount_cents', direction: 'ASC', beyond: '>' },
  '-amount': { column: 'amount_cents', direction: 'DESC', beyond: '<' },
} as const

/** The orders that a list of transactions can have. */
export type TransactionOrder = keyof typeof ORDERS

/** Where to read, and how much. */
export type TransactionSlice = {
  readonly sort: TransactionOrder
  readonly after: CursorPosition | null
  readonly limit: number
}

/** Reads the next transactions after a position; `next` is null once there are no more. */
export function readTransactionSlice(
  database: DatabaseSync,
  organizationId: string,
  conditions: readonly Condition[],
  { sort, after, limit }: TransactionSlice,
): { readonly data: readonly object[]; readonly next: CursorPosition | null } {
  const { column, direction, beyond } = ORDERS[sort]
  const where = every([
    condition('t.organization_id = ?', organizationId),
    ...conditions,
    ...(after === null
      ? []
      : [condition(`(t.${column}, t.id) ${beyond} (?, ?)`, after.key, after.id)]),
  ])
  const rows = database
    .prepare(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE ${where.sql}
       ORDER BY t.${column} ${direction}, t.id ${direction} LIMIT ?`,
    )
    .all(...where.values, limit + 1)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const isMore = rows.length > limit && last !== undefined
  return {
    data: shown.map(toTransaction),
    next: isMore ? { sort, key: toKey(last, column), id: text(last, 'id') } : null,
  }
}

/**
 * Reads one transaction with the documents filed with it.
 *
 * @throws {ProblemError} 404
 */
export function readTransaction(
  database: DatabaseSync,
  organizationId: string,
  id: string,
): object {
  const row = database
    .prepare(`SELECT ${COLUMNS} FROM ${FROM} WHERE t.organization_id = ? AND t.id = ?`)
    .get(organizationId, id)
  if (row === undefined) throw notFound('transaction', id)
  const attachments = database
    .prepare(
      `SELECT id AS file_id, file_name FROM attachments
       WHERE organization_id = ? AND subject_type = 'transaction' AND subject_id = ? ORDER BY id`,
    )
    .all(organizationId, id)
  return {
    ...toTransaction(row),
    attachments: attachments.map((attachment) => reference(attachment, 'file')),
  }
}

function toKey(row: Row, column: 'booked_on' | 'amount_cents'): string | number {
  const key = row[column]
  if (typeof key === 'string' || typeof key === 'number') return key
  throw new TypeError(`column "${column}" cannot be a cursor`)
}

function toTransaction(row: Row): object {
  return {
    id: text(row, 'id'),
    bankAccount: reference(row, 'bank_account'),
    direction: text(row, 'direction'),
    bookedOn: text(row, 'booked_on'),
    valueDate: textOrNull(row, 'value_date'),
    amount: money(row, 'amount_cents'),
    currency: text(row, 'currency'),
    description: text(row, 'description'),
    counterparty: referenceOrNull(row, 'counterparty'),
    costGroup: referenceOrNull(row, 'cost_group'),
    project: referenceOrNull(row, 'project'),
    invoiceId: textOrNull(row, 'invoice_id'),
    matched: flag(row, 'matched'),
    note: textOrNull(row, 'note'),
  }
}
