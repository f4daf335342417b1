import type { DatabaseSync } from 'node:sqlite'
import { condition } from '../database/filter.ts'
import type { Condition } from '../database/filter.ts'
import { readPage } from '../database/page.ts'
import type { Page, PageRequest } from '../database/page.ts'
import {
  flag,
  money,
  numberOrNull,
  reference,
  referenceOrNull,
  text,
  textOrNull,
} from '../database/row.ts'
import type { Row } from '../database/row.ts'
import { notFound } from '../http/problem.ts'
import { readScheduleSummary } from './schedule-lines.ts'

const COLUMNS = 'k.*, c.name AS counterparty_name, p.name AS project_name'

const FROM = `contracts k JOIN counterparties c ON c.id = k.counterparty_id
  LEFT JOIN projects p ON p.id = k.project_id`

const ORDERS = {
  startDate: 'k.start_date, k.id',
  '-startDate': 'k.start_date DESC, k.id DESC',
  endDate: 'k.end_date, k.id',
  '-endDate': 'k.end_date DESC, k.id DESC',
  value: 'k.value_cents, k.id',
  '-value': 'k.value_cents DESC, k.id DESC',
  number: 'k.number, k.id',
} as const

/** The orders that a list of contracts can have. */
export type ContractOrder = keyof typeof ORDERS

/** Reads one page of an organization's contracts; conditions use the aliases `k` and `c`. */
export function readContractPage(
  database: DatabaseSync,
  organizationId: string,
  conditions: readonly Condition[],
  { sort, page, pageSize }: PageRequest & { readonly sort: ContractOrder },
): Page<object> {
  return readPage(
    database,
    {
      columns: COLUMNS,
      from: FROM,
      conditions: [condition('k.organization_id = ?', organizationId), ...conditions],
      orderBy: ORDERS[sort],
      page,
      pageSize,
    },
    toSummary,
  )
}

/**
 * Reads one contract with its terms and a summary of its schedule.
 *
 * @throws {ProblemError} 404
 */
export function readContract(database: DatabaseSync, organizationId: string, id: string): object {
  const row = database
    .prepare(`SELECT ${COLUMNS} FROM ${FROM} WHERE k.organization_id = ? AND k.id = ?`)
    .get(organizationId, id)
  if (row === undefined) throw notFound('contract', id)
  return {
    ...toSummary(row),
    description: textOrNull(row, 'description'),
    noticePeriodDays: numberOrNull(row, 'notice_period_days'),
    signedOn: textOrNull(row, 'signed_on'),
    schedule: readScheduleSummary(database, id),
  }
}

function toSummary(row: Row): object {
  return {
    id: text(row, 'id'),
    number: text(row, 'number'),
    title: text(row, 'title'),
    status: text(row, 'status'),
    counterparty: reference(row, 'counterparty'),
    project: referenceOrNull(row, 'project'),
    value: money(row, 'value_cents'),
    currency: text(row, 'currency'),
    startDate: text(row, 'start_date'),
    endDate: textOrNull(row, 'end_date'),
    billingInterval: text(row, 'billing_interval'),
    autoRenews: flag(row, 'auto_renews'),
  }
}
