import type { DatabaseSync } from 'node:sqlite'
import { condition } from '../database/filter.ts'
import type { Condition } from '../database/filter.ts'
import { readPage } from '../database/page.ts'
import type { Page, PageRequest } from '../database/page.ts'
import { money, number, text, textList, textOrNull } from '../database/row.ts'
import type { Row } from '../database/row.ts'
import { notFound } from '../http/problem.ts'
import { IS_OVERDUE, OUTSTANDING_CENTS } from './invoices.ts'

const ORDERS = {
  name: 'fold(c.name), c.id',
  '-name': 'fold(c.name) DESC, c.id DESC',
  createdAt: 'c.created_at, c.id',
  '-createdAt': 'c.created_at DESC, c.id DESC',
} as const

/** The orders that a list of counterparties can have. */
export type CounterpartyOrder = keyof typeof ORDERS

/** Reads one page of an organization's counterparties; conditions use the alias `c`. */
export function readCounterpartyPage(
  database: DatabaseSync,
  organizationId: string,
  conditions: readonly Condition[],
  { sort, page, pageSize }: PageRequest & { readonly sort: CounterpartyOrder },
): Page<object> {
  return readPage(
    database,
    {
      columns: 'c.*',
      from: 'counterparties c',
      conditions: [condition('c.organization_id = ?', organizationId), ...conditions],
      orderBy: ORDERS[sort],
      page,
      pageSize,
    },
    toSummary,
  )
}

/**
 * Reads one counterparty with address, contacts and balances.
 *
 * @throws {ProblemError} 404
 */
export function readCounterparty(
  database: DatabaseSync,
  organizationId: string,
  id: string,
): object {
  const row = database
    .prepare('SELECT * FROM counterparties WHERE organization_id = ? AND id = ?')
    .get(organizationId, id)
  if (row === undefined) throw notFound('counterparty', id)
  const contacts = database
    .prepare('SELECT * FROM contacts WHERE counterparty_id = ? ORDER BY rank')
    .all(id)
    .map(toContact)
  return {
    ...toSummary(row),
    address: {
      street: textOrNull(row, 'street'),
      postalCode: textOrNull(row, 'postal_code'),
      city: textOrNull(row, 'city'),
      country: text(row, 'country'),
    },
    mainContact: contacts[0] ?? null,
    contacts,
    outstandingBalance: { ...readBalance(database, id), currency: text(row, 'currency') },
  }
}

function readBalance(database: DatabaseSync, counterpartyId: string): object {
  const row = database
    .prepare(
      `SELECT coalesce(sum(CASE i.kind WHEN 'sales' THEN ${OUTSTANDING_CENTS} END), 0) AS receivable,
         coalesce(sum(CASE i.kind WHEN 'purchase' THEN ${OUTSTANDING_CENTS} END), 0) AS payable,
         coalesce(sum(CASE WHEN ${IS_OVERDUE} THEN ${OUTSTANDING_CENTS} END), 0) AS overdue
       FROM invoices i WHERE i.counterparty_id = ?`,
    )
    .get(counterpartyId)
  return {
    receivable: money(row ?? {}, 'receivable'),
    payable: money(row ?? {}, 'payable'),
    overdue: money(row ?? {}, 'overdue'),
  }
}

function toSummary(row: Row): object {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    legalName: textOrNull(row, 'legal_name'),
    roles: textList(row, 'roles'),
    country: text(row, 'country'),
    taxId: textOrNull(row, 'tax_id'),
    currency: text(row, 'currency'),
    email: textOrNull(row, 'email'),
    tags: textList(row, 'tags'),
    paymentTermDays: number(row, 'payment_term_days'),
    createdAt: text(row, 'created_at'),
  }
}

function toContact(row: Row): object {
  return {
    name: text(row, 'name'),
    email: textOrNull(row, 'email'),
    phone: textOrNull(row, 'phone'),
    position: textOrNull(row, 'position'),
  }
}
