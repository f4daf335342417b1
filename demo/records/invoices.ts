import type { DatabaseSync } from 'node:sqlite'
import { condition } from '../database/filter.ts'
import type { Condition } from '../database/filter.ts'
import { readPage } from '../database/page.ts'
import type { Page, PageRequest } from '../database/page.ts'
import {
  flag,
  money,
  number,
  reference,
  referenceOrNull,
  text,
  textOrNull,
} from '../database/row.ts'
import type { Row } from '../database/row.ts'
import { notFound } from '../http/problem.ts'
import { TODAY } from '../today.ts'

/** What makes an invoice overdue; expects the alias `i`. */
export const IS_OVERDUE = `i.due_date < '${TODAY}' AND i.status IN ('sent', 'partially_paid')`

/** What is still to be paid of an invoice, in cents; expects the alias `i`. */
export const OUTSTANDING_CENTS = `CASE WHEN i.status IN ('sent', 'partially_paid')
  THEN i.total_cents - i.paid_cents ELSE 0 END`

const COLUMNS = `i.*, c.name AS counterparty_name, p.name AS project_name,
  ${IS_OVERDUE} AS overdue, ${OUTSTANDING_CENTS} AS outstanding_cents`

const FROM = `invoices i JOIN counterparties c ON c.id = i.counterparty_id
  LEFT JOIN projects p ON p.id = i.project_id`

const ORDERS = {
  issueDate: 'i.issue_date, i.id',
  '-issueDate': 'i.issue_date DESC, i.id DESC',
  dueDate: 'i.due_date, i.id',
  '-dueDate': 'i.due_date DESC, i.id DESC',
  total: 'i.total_cents, i.id',
  '-total': 'i.total_cents DESC, i.id DESC',
  number: 'i.number, i.id',
} as const

/** The orders that a list of invoices can have. */
export type InvoiceOrder = keyof typeof ORDERS

/** Reads one page of an organization's invoices; conditions use the aliases `i`, `c` and `p`. */
export function readInvoicePage(
  database: DatabaseSync,
  organizationId: string,
  conditions: readonly Condition[],
  { sort, page, pageSize }: PageRequest & { readonly sort: InvoiceOrder },
): Page<object> {
  return readPage(
    database,
    {
      columns: COLUMNS,
      from: FROM,
      conditions: [condition('i.organization_id = ?', organizationId), ...conditions],
      orderBy: ORDERS[sort],
      page,
      pageSize,
    },
    toSummary,
  )
}

/**
 * Reads one invoice with its lines and payments.
 *
 * @throws {ProblemError} 404
 */
export function readInvoice(database: DatabaseSync, organizationId: string, id: string): object {
  const row = database
    .prepare(`SELECT ${COLUMNS} FROM ${FROM} WHERE i.organization_id = ? AND i.id = ?`)
    .get(organizationId, id)
  if (row === undefined) throw notFound('invoice', id)
  const lines = database
    .prepare(
      `SELECT l.*, t.name AS tax_group_name FROM invoice_lines l
       JOIN tax_groups t ON t.id = l.tax_group_id WHERE l.invoice_id = ? ORDER BY l.position`,
    )
    .all(id)
  const payments = database
    .prepare('SELECT * FROM payments WHERE invoice_id = ? ORDER BY paid_on, id')
    .all(id)
  return { ...toSummary(row), lines: lines.map(toLine), payments: payments.map(toPayment) }
}

function toSummary(row: Row): object {
  return {
    id: text(row, 'id'),
    number: text(row, 'number'),
    kind: text(row, 'kind'),
    status: text(row, 'status'),
    counterparty: reference(row, 'counterparty'),
    project: referenceOrNull(row, 'project'),
    issueDate: text(row, 'issue_date'),
    dueDate: text(row, 'due_date'),
    currency: text(row, 'currency'),
    net: money(row, 'net_cents'),
    tax: money(row, 'tax_cents'),
    total: money(row, 'total_cents'),
    paid: money(row, 'paid_cents'),
    outstanding: money(row, 'outstanding_cents'),
    overdue: flag(row, 'overdue'),
    archived: flag(row, 'archived'),
    note: textOrNull(row, 'note'),
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
  }
}

function toLine(row: Row): object {
  return {
    position: number(row, 'position'),
    description: text(row, 'description'),
    quantity: number(row, 'quantity'),
    unit: text(row, 'unit'),
    unitPrice: money(row, 'unit_price_cents'),
    taxGroup: reference(row, 'tax_group'),
    taxRate: number(row, 'tax_rate'),
    net: money(row, 'net_cents'),
    tax: money(row, 'tax_cents'),
    total: (number(row, 'net_cents') + number(row, 'tax_cents')) / 100,
  }
}

function toPayment(row: Row): object {
  return {
    id: text(row, 'id'),
    paidOn: text(row, 'paid_on'),
    amount: money(row, 'amount_cents'),
    method: text(row, 'method'),
    transactionId: textOrNull(row, 'transaction_id'),
  }
}
