import type { DatabaseSync } from 'node:sqlite'
import { insertRows, nextId } from '../database/insert.ts'
import { text } from '../database/row.ts'
import { updateRow } from '../database/update.ts'
import { conflict, notFound } from '../http/problem.ts'
import { NOW } from '../today.ts'
import type { CounterpartyInput, SupplierInput } from './counterparty-input.ts'
import { checkReference } from './exists.ts'
import { transact } from './transact.ts'

/** Everything that can refer to a counterparty, and so keeps it from being deleted. */
const REFERRERS = [
  ['invoices', 'counterparty_id'],
  ['contracts', 'counterparty_id'],
  ['transactions', 'counterparty_id'],
  ['projects', 'client_id'],
] as const

/** Creates a counterparty and returns its id. */
export function createCounterparty(
  database: DatabaseSync,
  organizationId: string,
  input: CounterpartyInput,
): string {
  return transact(database, () => {
    const id = nextId(database, 'counterparties', 'cp_', 4)
    checkTaxId(database, organizationId, id, input.taxId)
    const row = {
      ...toColumns(input),
      id,
      organization_id: organizationId,
      iban: null,
      cost_group_id: null,
      created_at: NOW,
    }
    insertRows(database, 'counterparties', [row])
    insertRows(database, 'contacts', toContacts(id, input))
    return id
  })
}

/** Creates a counterparty with the role `supplier` and returns its id. */
export function createSupplier(
  database: DatabaseSync,
  organizationId: string,
  { costGroupId, iban, ...input }: SupplierInput,
): string {
  checkReference(database, 'cost_groups', organizationId, costGroupId, '/costGroupId')
  const id = createCounterparty(database, organizationId, {
    ...input,
    legalName: null,
    roles: ['supplier'],
    address: { street: null, postalCode: null, city: null },
    contacts: [],
  })
  updateRow(database, 'counterparties', id, { iban, cost_group_id: costGroupId })
  return id
}

/** Replaces a counterparty's master data and contacts. */
export function replaceCounterparty(
  database: DatabaseSync,
  organizationId: string,
  id: string,
  input: CounterpartyInput,
): void {
  transact(database, () => {
    const currency = readCurrency(database, organizationId, id)
    if (currency !== input.currency && isReferredTo(database, id)) {
      throw conflict(`The currency stays "${currency}", because there are records in it.`)
    }
    checkTaxId(database, organizationId, id, input.taxId)
    updateRow(database, 'counterparties', id, toColumns(input))
    database.prepare('DELETE FROM contacts WHERE counterparty_id = ?').run(id)
    insertRows(database, 'contacts', toContacts(id, input))
  })
}

/** Removes a counterparty that nothing refers to. */
export function deleteCounterparty(
  database: DatabaseSync,
  organizationId: string,
  id: string,
): void {
  readCurrency(database, organizationId, id)
  if (isReferredTo(database, id)) throw conflict('Other records refer to this counterparty.')
  database.prepare('DELETE FROM counterparties WHERE id = ?').run(id)
}

/** Also the check that the counterparty exists. */
function readCurrency(database: DatabaseSync, organizationId: string, id: string): string {
  const row = database
    .prepare('SELECT currency FROM counterparties WHERE organization_id = ? AND id = ?')
    .get(organizationId, id)
  if (row === undefined) throw notFound('counterparty', id)
  return text(row, 'currency')
}

function isReferredTo(database: DatabaseSync, id: string): boolean {
  return REFERRERS.some(([table, column]) => {
    const row = database.prepare(`SELECT 1 FROM ${table} WHERE ${column} = ? LIMIT 1`).get(id)
    return row !== undefined
  })
}

function checkTaxId(
  database: DatabaseSync,
  organizationId: string,
  id: string,
  taxId: string | null,
): void {
  const taken = database
    .prepare('SELECT 1 FROM counterparties WHERE organization_id = ? AND tax_id = ? AND id <> ?')
    .get(organizationId, taxId, id)
  if (taken !== undefined) throw conflict('Another counterparty has this tax id.')
}

function toColumns(input: CounterpartyInput) {
  return {
    name: input.name,
    legal_name: input.legalName,
    roles: JSON.stringify(input.roles),
    country: input.country,
    tax_id: input.taxId,
    currency: input.currency,
    email: input.email,
    tags: JSON.stringify(input.tags),
    payment_term_days: input.paymentTermDays,
    street: input.address.street,
    postal_code: input.address.postalCode,
    city: input.address.city,
  }
}

function toContacts(counterpartyId: string, { contacts }: CounterpartyInput) {
  return contacts.map((contact, rank) => ({ counterparty_id: counterpartyId, rank, ...contact }))
}
