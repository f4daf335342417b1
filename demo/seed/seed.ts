import type { DatabaseSync } from 'node:sqlite'
import { insertRows } from '../database/insert.ts'
import { buildAttachments } from './attachments.ts'
import { buildBankAccounts } from './bank-accounts.ts'
import { buildContracts } from './contracts.ts'
import { buildCostGroups } from './cost-groups.ts'
import { buildCounterparties } from './counterparties.ts'
import { buildInvoices } from './invoices.ts'
import type { InvoiceSeed } from './invoices.ts'
import { credentialRows, memberRows, membershipRows, organizationRows } from './people.ts'
import { profiles } from './profiles.ts'
import type { Profile } from './profiles.ts'
import { buildProjects } from './projects.ts'
import { createRandom } from './random.ts'
import { createSerials } from './serials.ts'
import type { Serials } from './serials.ts'
import { buildTaxGroups } from './tax-groups.ts'
import { buildTransactions } from './transactions.ts'
import type { TransactionSeed } from './transactions.ts'

/** Fills an empty database; it is the same data every time. */
export function seedDatabase(database: DatabaseSync): void {
  insertRows(database, 'organizations', organizationRows)
  insertRows(database, 'members', memberRows)
  insertRows(database, 'memberships', membershipRows)
  insertRows(database, 'api_credentials', credentialRows)
  const nextId = createSerials()
  for (const profile of profiles) seedOrganization(database, profile, nextId)
}

function seedOrganization(database: DatabaseSync, profile: Profile, nextId: Serials): void {
  const random = createRandom(profile.randomSeed)
  const { organizationId } = profile
  const accounts = buildBankAccounts(organizationId, profile.bankAccounts, nextId)
  const taxGroups = buildTaxGroups(organizationId, profile.taxGroups, nextId)
  const costGroups = buildCostGroups(organizationId, nextId)
  const counterparties = buildCounterparties(profile, accounts, costGroups, random, nextId)
  const projects = buildProjects(profile, counterparties, random, nextId)
  const contracts = buildContracts(profile, counterparties, projects, random, nextId)
  const known = { profile, counterparties, projects, contracts, taxGroups, random, nextId }
  const invoices = buildInvoices(known)
  const transactions = buildTransactions({ ...known, accounts, costGroups, invoices })
  const attachments = buildAttachments({ ...known, invoices, transactions })

  insertRows(database, 'bank_accounts', accounts)
  insertRows(database, 'tax_groups', taxGroups)
  insertRows(database, 'cost_groups', costGroups)
  insertRows(
    database,
    'counterparties',
    counterparties.map(({ row }) => row),
  )
  insertRows(
    database,
    'contacts',
    counterparties.flatMap(({ contacts }) => contacts),
  )
  insertRows(database, 'projects', projects)
  insertRows(
    database,
    'contracts',
    contracts.map(({ row }) => row),
  )
  insertRows(
    database,
    'invoices',
    invoices.map(({ row }) => row),
  )
  insertRows(
    database,
    'invoice_lines',
    invoices.flatMap(({ lines }) => lines),
  )
  insertRows(database, 'schedule_lines', linkSchedules(contracts, invoices))
  insertRows(
    database,
    'transactions',
    transactions.map(({ row }) => row),
  )
  insertRows(database, 'payments', linkPayments(invoices, transactions, nextId))
  insertRows(database, 'attachments', attachments)
}

/** Gives every billed instalment its invoice. */
function linkSchedules(
  contracts: ReturnType<typeof buildContracts>,
  invoices: readonly InvoiceSeed[],
) {
  const billed = new Map(invoices.map(({ scheduleLineId, row }) => [scheduleLineId, row.id]))
  return contracts.flatMap(({ schedule }) =>
    schedule.map((line) => ({ ...line, invoice_id: billed.get(line.id) ?? null })),
  )
}

/** Gives every payment its id and, where there is one, its transaction. */
function linkPayments(
  invoices: readonly InvoiceSeed[],
  transactions: readonly TransactionSeed[],
  nextId: Serials,
) {
  const proofs = new Map(
    transactions.map(({ paymentIndex, row }) => [
      `${row.invoice_id ?? ''}#${paymentIndex ?? ''}`,
      row.id,
    ]),
  )
  return invoices.flatMap(({ row, payments }) =>
    payments.map((payment, index) => ({
      id: nextId('pay_', 6),
      invoice_id: row.id,
      paid_on: payment.paidOn,
      amount_cents: payment.amountCents,
      method: payment.method,
      transaction_id: proofs.get(`${row.id}#${index}`) ?? null,
    })),
  )
}
