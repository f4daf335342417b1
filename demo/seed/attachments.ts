import { createHash } from 'node:crypto'
import type { ContractSeed } from './contracts.ts'
import { buildCsv, buildPdf, buildPng } from './files.ts'
import type { InvoiceSeed } from './invoices.ts'
import type { Profile } from './profiles.ts'
import type { Random } from './random.ts'
import type { Serials } from './serials.ts'
import type { TransactionSeed } from './transactions.ts'

/** Records that documents can be filed with. */
export type AttachmentSources = {
  readonly profile: Profile
  readonly invoices: readonly InvoiceSeed[]
  readonly transactions: readonly TransactionSeed[]
  readonly contracts: readonly ContractSeed[]
  readonly random: Random
  readonly nextId: Serials
}

type Document = {
  readonly subject_type: 'invoice' | 'transaction' | 'contract'
  readonly subject_id: string
  readonly file_name: string
  readonly content_type: 'application/pdf' | 'image/png' | 'text/csv'
  readonly content: Buffer
  readonly day: string
}

/** Files documents with contracts, invoices and transactions, in turn. */
export function buildAttachments(sources: AttachmentSources) {
  const { profile, random, nextId } = sources
  const makers = [
    fileReceipt,
    fileInvoice,
    fileInvoice,
    fileLines,
    fileReceipt,
    fileContract,
  ] as const
  const documents = Array.from({ length: profile.counts.attachments }, (_, index) =>
    (makers[index % makers.length] ?? fileInvoice)(sources),
  )
  const inOrder = documents.toSorted((a, b) => (a.day < b.day ? -1 : 1))
  return inOrder.map(({ day, ...document }) => ({
    id: nextId('att_', 4),
    organization_id: profile.organizationId,
    ...document,
    size: document.content.length,
    sha256: createHash('sha256').update(document.content).digest('hex'),
    description: random.chance(0.4)
      ? random.pick(['Scan', 'Original “signed”', 'Kopie <2>'])
      : null,
    uploaded_at: `${day}T10:05:00Z`,
    uploaded_by: random.pick(profile.uploaderIds),
  }))
}

function fileInvoice({ invoices, random }: AttachmentSources): Document {
  const { row } = random.pick(invoices)
  return {
    subject_type: 'invoice',
    subject_id: row.id,
    file_name: `${row.number}.pdf`,
    content_type: 'application/pdf',
    content: buildPdf(`Invoice ${row.number}, total ${row.total_cents / 100} ${row.currency}`),
    day: row.issue_date,
  }
}

function fileLines({ invoices, random }: AttachmentSources): Document {
  const { row, lines } = random.pick(invoices)
  const header = ['position', 'description', 'quantity', 'net']
  const cells = lines.map((line) => [
    line.position,
    line.description,
    line.quantity,
    line.net_cents / 100,
  ])
  return {
    subject_type: 'invoice',
    subject_id: row.id,
    file_name: `lines żółte ${row.id}.csv`,
    content_type: 'text/csv',
    content: buildCsv([header, ...cells]),
    day: row.issue_date,
  }
}

function fileReceipt({ transactions, random }: AttachmentSources): Document {
  const { row } = random.pick(transactions)
  return {
    subject_type: 'transaction',
    subject_id: row.id,
    file_name: `receipt ${row.booked_on}.png`,
    content_type: 'image/png',
    content: buildPng(random.integer(0, 255)),
    day: row.booked_on,
  }
}

function fileContract({ contracts, random }: AttachmentSources): Document {
  const { row } = random.pick(contracts)
  return {
    subject_type: 'contract',
    subject_id: row.id,
    file_name: `${row.number} signed.pdf`,
    content_type: 'application/pdf',
    content: buildPdf(`Contract ${row.number}: ${row.title}`),
    day: row.signed_on ?? '2026-11-12',
  }
}
