import type { DatabaseSync } from 'node:sqlite'
import { insertRows, nextId } from '../database/insert.ts'
import { text } from '../database/row.ts'
import { updateRow } from '../database/update.ts'
import { conflict, notFound, unprocessable } from '../http/problem.ts'
import type { ContractInput, ContractUpdate } from './contract-input.ts'
import { checkReference } from './exists.ts'
import { transact } from './transact.ts'

/** Creates a draft with its schedule and returns its id. */
export function createContract(
  database: DatabaseSync,
  organizationId: string,
  input: ContractInput,
): string {
  return transact(database, () => {
    checkNumber(database, organizationId, input.number)
    checkReference(database, 'projects', organizationId, input.projectId, '/projectId')
    const id = nextId(database, 'contracts', 'ctr_', 4)
    const cents = input.schedule.map(({ amount }) => Math.round(amount * 100))
    const row = {
      ...toColumns(input),
      id,
      organization_id: organizationId,
      number: input.number,
      status: 'draft',
      counterparty_id: input.counterpartyId,
      value_cents: cents.reduce((sum, amount) => sum + amount, 0),
      currency: readCurrency(database, organizationId, input.counterpartyId),
    }
    insertRows(database, 'contracts', [row])
    for (const [index, line] of input.schedule.entries()) {
      const scheduleLine = {
        id: nextId(database, 'schedule_lines', 'psl_', 5),
        contract_id: id,
        position: index + 1,
        description: line.description,
        due_date: line.dueDate,
        amount_cents: cents[index] ?? 0,
        invoice_id: null,
      }
      insertRows(database, 'schedule_lines', [scheduleLine])
    }
    return id
  })
}

/** Replaces the terms and the state of a contract that has not ended. */
export function updateContract(
  database: DatabaseSync,
  organizationId: string,
  id: string,
  input: ContractUpdate,
): void {
  const status = readStatus(database, organizationId, id)
  if (status === 'expired' || status === 'terminated')
    throw conflict(`The contract is "${status}".`)
  if (status === 'active' && input.status === 'draft') {
    throw conflict('The contract is "active" and cannot become a draft again.')
  }
  checkReference(database, 'projects', organizationId, input.projectId, '/projectId')
  updateRow(database, 'contracts', id, { ...toColumns(input), status: input.status })
}

/** Removes a draft with its schedule and documents. */
export function deleteContract(database: DatabaseSync, organizationId: string, id: string): void {
  transact(database, () => {
    const status = readStatus(database, organizationId, id)
    if (status !== 'draft') throw conflict(`The contract is "${status}"; only drafts allow this.`)
    database.prepare('DELETE FROM attachments WHERE subject_id = ?').run(id)
    database.prepare('DELETE FROM contracts WHERE id = ?').run(id)
  })
}

function readStatus(database: DatabaseSync, organizationId: string, id: string): string {
  const row = database
    .prepare('SELECT status FROM contracts WHERE organization_id = ? AND id = ?')
    .get(organizationId, id)
  if (row === undefined) throw notFound('contract', id)
  return text(row, 'status')
}

function checkNumber(database: DatabaseSync, organizationId: string, number: string): void {
  const taken = database
    .prepare('SELECT 1 FROM contracts WHERE organization_id = ? AND number = ?')
    .get(organizationId, number)
  if (taken !== undefined) throw conflict(`There is already a contract "${number}".`)
}

function readCurrency(
  database: DatabaseSync,
  organizationId: string,
  counterpartyId: string,
): string {
  const row = database
    .prepare('SELECT currency FROM counterparties WHERE organization_id = ? AND id = ?')
    .get(organizationId, counterpartyId)
  if (row !== undefined) return text(row, 'currency')
  throw unprocessable('/counterpartyId', 'refers to no record of this organization')
}

function toColumns(input: ContractInput | ContractUpdate) {
  return {
    title: input.title,
    project_id: input.projectId,
    start_date: input.startDate,
    end_date: input.endDate,
    billing_interval: input.billingInterval,
    auto_renews: input.autoRenews ? 1 : 0,
    notice_period_days: input.noticePeriodDays,
    signed_on: input.signedOn,
    description: input.description,
  }
}
