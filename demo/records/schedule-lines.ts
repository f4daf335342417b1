import type { DatabaseSync } from 'node:sqlite'
import { condition } from '../database/filter.ts'
import type { Condition } from '../database/filter.ts'
import { readPage } from '../database/page.ts'
import type { Page, PageRequest } from '../database/page.ts'
import { money, number, text, textOrNull } from '../database/row.ts'
import type { Row } from '../database/row.ts'
import { IS_OVERDUE } from './invoices.ts'

/** A line's state follows from its invoice; expects the aliases of `FROM`. */
export const LINE_STATUS = `CASE WHEN i.id IS NULL THEN 'planned' WHEN i.status = 'paid' THEN 'paid'
  WHEN ${IS_OVERDUE} THEN 'overdue' ELSE 'invoiced' END`

const FROM = `schedule_lines l JOIN contracts k ON k.id = l.contract_id
  LEFT JOIN invoices i ON i.id = l.invoice_id`

/** Reads one page of a contract's schedule; conditions use the aliases `l`, `k` and `i`. */
export function readSchedulePage(
  database: DatabaseSync,
  contractId: string,
  conditions: readonly Condition[],
  { page, pageSize }: PageRequest,
): Page<object> {
  return readPage(
    database,
    {
      columns: `l.*, k.currency, ${LINE_STATUS} AS status`,
      from: FROM,
      conditions: [condition('l.contract_id = ?', contractId), ...conditions],
      orderBy: 'l.due_date, l.position',
      page,
      pageSize,
    },
    toLine,
  )
}

/** Adds up a contract's schedule by state. */
export function readScheduleSummary(database: DatabaseSync, contractId: string): object {
  const row = database
    .prepare(
      `SELECT count(*) AS lines, ${sumOf('planned')}, ${sumOf('invoiced')}, ${sumOf('paid')},
         ${sumOf('overdue')}, min(CASE status WHEN 'planned' THEN due_date END) AS next_due_date
       FROM (SELECT l.*, ${LINE_STATUS} AS status FROM ${FROM} WHERE l.contract_id = ?)`,
    )
    .get(contractId)
  const summary = row ?? {}
  return {
    lines: number(summary, 'lines'),
    planned: money(summary, 'planned'),
    invoiced: money(summary, 'invoiced'),
    paid: money(summary, 'paid'),
    overdue: money(summary, 'overdue'),
    nextDueDate: textOrNull(summary, 'next_due_date'),
  }
}

function sumOf(status: string): string {
  return `coalesce(sum(CASE status WHEN '${status}' THEN amount_cents END), 0) AS ${status}`
}

function toLine(row: Row): object {
  return {
    id: text(row, 'id'),
    position: number(row, 'position'),
    description: text(row, 'description'),
    dueDate: text(row, 'due_date'),
    amount: money(row, 'amount_cents'),
    currency: text(row, 'currency'),
    status: text(row, 'status'),
    invoiceId: textOrNull(row, 'invoice_id'),
  }
}
