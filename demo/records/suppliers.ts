import type { DatabaseSync } from 'node:sqlite'
import { condition } from '../database/filter.ts'
import type { Condition } from '../database/filter.ts'
import { readPage } from '../database/page.ts'
import type { Page, PageRequest } from '../database/page.ts'
import { number, referenceOrNull, text, textList, textOrNull } from '../database/row.ts'
import type { Row } from '../database/row.ts'
import { notFound } from '../http/problem.ts'

const COLUMNS = 'c.*, g.name AS cost_group_name'

const FROM = 'counterparties c LEFT JOIN cost_groups g ON g.id = c.cost_group_id'

/** What makes a counterparty a supplier; expects the alias `c`. */
const IS_SUPPLIER = `EXISTS (SELECT 1 FROM json_each(c.roles) r WHERE r.value = 'supplier')`

const ORDERS = {
  name: 'fold(c.name), c.id',
  '-name': 'fold(c.name) DESC, c.id DESC',
  paymentTermDays: 'c.payment_term_days, c.id',
  '-paymentTermDays': 'c.payment_term_days DESC, c.id DESC',
} as const

/** The orders that a list of suppliers can have. */
export type SupplierOrder = keyof typeof ORDERS

/** Reads one page of an organization's suppliers; conditions use the alias `c`. */
export function readSupplierPage(
  database: DatabaseSync,
  organizationId: string,
  conditions: readonly Condition[],
  { sort, page, pageSize }: PageRequest & { readonly sort: SupplierOrder },
): Page<object> {
  return readPage(
    database,
    {
      columns: COLUMNS,
      from: FROM,
      conditions: [
        condition('c.organization_id = ?', organizationId),
        condition(IS_SUPPLIER),
        ...conditions,
      ],
      orderBy: ORDERS[sort],
      page,
      pageSize,
    },
    toSupplier,
  )
}

/**
 * Reads one supplier.
 *
 * @throws {ProblemError} 404
 */
export function readSupplier(database: DatabaseSync, organizationId: string, id: string): object {
  const row = database
    .prepare(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE c.organization_id = ? AND ${IS_SUPPLIER} AND c.id = ?`,
    )
    .get(organizationId, id)
  if (row === undefined) throw notFound('supplier', id)
  return toSupplier(row)
}

function toSupplier(row: Row): object {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    country: text(row, 'country'),
    taxId: textOrNull(row, 'tax_id'),
    currency: text(row, 'currency'),
    email: textOrNull(row, 'email'),
    iban: textOrNull(row, 'iban'),
    paymentTermDays: number(row, 'payment_term_days'),
    costGroup: referenceOrNull(row, 'cost_group'),
    tags: textList(row, 'tags'),
  }
}
