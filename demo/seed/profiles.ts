import { bankAccountsOfAcme, bankAccountsOfGlobex } from './bank-accounts.ts'
import type { BankAccountSeed } from './bank-accounts.ts'
import { taxGroupsOfAcme, taxGroupsOfGlobex } from './tax-groups.ts'
import type { TaxGroupSeed } from './tax-groups.ts'

/** What makes the data of one organization differ from the other's. */
export type Profile = {
  readonly organizationId: string
  readonly randomSeed: number
  readonly uploaderIds: readonly string[]
  readonly bankAccounts: readonly BankAccountSeed[]
  readonly taxGroups: readonly TaxGroupSeed[]
  /** Home first; counterparties come from these. */
  readonly countries: readonly string[]
  readonly counts: {
    readonly counterparties: number
    readonly projects: number
    readonly contracts: number
    readonly invoices: number
    readonly transactions: number
    readonly attachments: number
  }
}

/** Both organizations; 600 invoices and 5,000 transactions in all. */
export const profiles: readonly Profile[] = [
  {
    organizationId: 'acme',
    randomSeed: 20_261_120,
    uploaderIds: ['mem_01', 'mem_02', 'mem_03'],
    bankAccounts: bankAccountsOfAcme,
    taxGroups: taxGroupsOfAcme,
    countries: ['PL', 'PL', 'DE', 'FR', 'US', 'NO'],
    counts: {
      counterparties: 64,
      projects: 18,
      contracts: 32,
      invoices: 380,
      transactions: 3_200,
      attachments: 150,
    },
  },
  {
    organizationId: 'globex',
    randomSeed: 7_031_977,
    uploaderIds: ['mem_05'],
    bankAccounts: bankAccountsOfGlobex,
    taxGroups: taxGroupsOfGlobex,
    countries: ['GB', 'GB', 'GB', 'DE', 'US', 'IE'],
    counts: {
      counterparties: 40,
      projects: 11,
      contracts: 18,
      invoices: 220,
      transactions: 1_800,
      attachments: 90,
    },
  },
]
