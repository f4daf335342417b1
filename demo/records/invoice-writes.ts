import type { DatabaseSync } from 'node:sqlite'
import { insertRows, nextId } from '../database/insert.ts'
import { number, text } from '../database/row.ts'
import type { Row } from '../database/row.ts'
import { updateRow } from '../database/update.ts'
import { conflict, notFound, unprocessable } from '../http/problem.ts'
import { NOW, TODAY } from '../today.ts'
import { checkReference } from './exists.ts'
import type { InvoiceInput } from './invoice-input.ts'
import { transact } from './transact.ts'

/** Creates a draft and returns its id. */
export function createInvoice(
  database: DatabaseSync,
  organizationId: string,
  input: InvoiceInput,
): string {
  return transact(database, () => {
    const id = nextId(database, 'invoices', 'inv_', 6)
    const facts = buildFacts(database, organizationId, id, input)
    const row = {
      ...facts,
      id,
      organization_id: organizationId,
      status: 'draft',
      paid_cents: 0,
      created_at: NOW,
    }
    insertRows(database, 'invoices', [row])
    insertRows(database, 'invoice_lines', buildLines(database, organizationId, id, input))
    return id
  })
}

/** Replaces a draft with its lines. */
export function replaceInvoice(
  database: DatabaseSync,
  organizationId: string,
  id: string,
  input: InvoiceInput,
): void {
  transact(database, () => {
    checkDraft(database, organizationId, id)
    updateRow(database, 'invoices', id, buildFacts(database, organizationId, id, input))
    database.prepare('DELETE FROM invoice_lines WHERE invoice_id = ?').run(id)
    insertRows(database, 'invoice_lines', buildLines(database, organizationId, id, input))
  })
}

/** Removes a draft with its lines and documents. */
export function deleteInvoice(database: DatabaseSync, organizationId: string, id: string): void {
  transact(database, () => {
    checkDraft(database, organizationId, id)
    database.prepare('DELETE FROM attachments WHERE subject_id = ?').run(id)
    database.prepare('DELETE FROM invoices WHERE id = ?').run(id)
  })
}

/** Turns a draft into a sent invoice. */
export function sendInvoice(database: DatabaseSync, organizationId: string, id: string): void {
  checkDraft(database, organizationId, id)
  updateRow(database, 'invoices', id, { status: 'sent', updated_at: NOW })
}

function checkDraft(database: DatabaseSync, organizationId: string, id: string): void {
  const row = database
    .prepare('SELECT status FROM invoices WHERE organization_id = ? AND id = ?')
    .get(organizationId, id)
  if (row === undefined) throw notFound('invoice', id)
  const status = text(row, 'status')
  if (status !== 'draft') throw conflict(`The invoice is "${status}"; only drafts allow this.`)
}

/** The columns that an input decides, totals included. */
function buildFacts(
  database: DatabaseSync,
  organizationId: string,
  id: string,
  input: InvoiceInput,
) {
  checkReference(database, 'projects', organizationId, input.projectId, '/projectId')
  const lines = buildLines(database, organizationId, id, input)
  const net = lines.reduce((sum, line) => sum + line.net_cents, 0)
  const tax = lines.reduce((sum, line) => sum + line.tax_cents, 0)
  return {
    number: chooseNumber(database, organizationId, id, input),
    kind: input.kind,
    counterparty_id: input.counterpartyId,
    project_id: input.projectId,
    issue_date: input.issueDate,
    due_date: input.dueDate,
    currency: readCurrency(database, organizationId, input.counterpartyId),
    net_cents: net,
    tax_cents: tax,
    total_cents: net + tax,
    archived: input.archived ? 1 : 0,
    note: input.note,
    updated_at: NOW,
  }
}

function buildLines(
  database: DatabaseSync,
  organizationId: string,
  invoiceId: string,
  { lines }: InvoiceInput,
) {
  return lines.map((line, index) => {
    const group = readTaxGroup(database, organizationId, line.taxGroupId, index)
    const unitPriceCents = Math.round(line.unitPrice * 100)
    const net = Math.round(line.quantity * unitPriceCents)
    return {
      invoice_id: invoiceId,
      position: index + 1,
      description: line.description,
      quantity: line.quantity,
      unit: line.unit,
      unit_price_cents: unitPriceCents,
      tax_group_id: line.taxGroupId,
      tax_rate: number(group, 'rate'),
      net_cents: net,
      tax_cents: Math.round((net * number(group, 'rate')) / 100),
    }
  })
}

function readTaxGroup(
  database: DatabaseSync,
  organizationId: string,
  id: string,
  index: number,
): Row {
  const row = database
    .prepare('SELECT rate FROM tax_groups WHERE organization_id = ? AND id = ?')
    .get(organizationId, id)
  if (row !== undefined) return row
  throw unprocessable(`/lines/${index}/taxGroupId`, 'refers to no record of this organization')
}

/** An invoice is always in the currency that its counterparty trades in. */
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

/** The wanted number if it is free; without one, the number it has or the next one of the year. */
function chooseNumber(
  database: DatabaseSync,
  organizationId: string,
  id: string,
  { kind, number: wanted }: InvoiceInput,
): string {
  if (wanted === undefined)
    return readNumber(database, id) ?? `INV-${TODAY.slice(0, 4)}-N${id.slice(4)}`
  const taken = database
    .prepare(
      'SELECT 1 FROM invoices WHERE organization_id = ? AND kind = ? AND number = ? AND id <> ?',
    )
    .get(organizationId, kind, wanted, id)
  if (taken !== undefined) throw conflict(`There is already a ${kind} invoice "${wanted}".`)
  return wanted
}

function readNumber(database: DatabaseSync, id: string): string | null {
  const row = database.prepare('SELECT number FROM invoices WHERE id = ?').get(id)
  return row === undefined ? null : text(row, 'number')
}
