import type { Serials } from './serials.ts'

/** A bank account before it has an id. */
export type BankAccountSeed = {
  readonly name: string
  readonly bank_name: string
  readonly iban: string
  readonly currency: string
  readonly opening_cents: number
  readonly status: 'active' | 'closed'
  readonly is_default: 0 | 1
}

export const bankAccountsOfAcme: readonly BankAccountSeed[] = [
  {
    name: 'Main account',
    bank_name: 'Bank Bałtycki S.A.',
    iban: 'PL61109010140000071219812874',
    currency: 'EUR',
    opening_cents: 412_000_000,
    status: 'active',
    is_default: 1,
  },
  {
    name: 'Reserve & taxes',
    bank_name: 'Bank Bałtycki S.A.',
    iban: 'PL27114020040000300201355387',
    currency: 'EUR',
    opening_cents: 96_500_000,
    status: 'active',
    is_default: 0,
  },
  {
    name: 'Konto złotowe',
    bank_name: 'Bank Bałtycki S.A.',
    iban: 'PL10105000997603123456789123',
    currency: 'PLN',
    opening_cents: 205_000_000,
    status: 'active',
    is_default: 1,
  },
  {
    name: 'US dollars',
    bank_name: 'Hudson & Sons Trust',
    iban: '021000021-004417',
    currency: 'USD',
    opening_cents: 178_000_000,
    status: 'active',
    is_default: 1,
  },
  {
    name: 'Old account "Ostsee"',
    bank_name: 'Küstenbank eG',
    iban: 'DE89370400440532013000',
    currency: 'EUR',
    opening_cents: 24_000_000,
    status: 'closed',
    is_default: 0,
  },
]

export const bankAccountsOfGlobex: readonly BankAccountSeed[] = [
  {
    name: 'Current account',
    bank_name: 'Thames Commercial Bank',
    iban: 'GB29NWBK60161331926819',
    currency: 'GBP',
    opening_cents: 310_000_000,
    status: 'active',
    is_default: 1,
  },
  {
    name: 'Dollar account',
    bank_name: 'Thames Commercial Bank',
    iban: 'GB82WEST12345698765432',
    currency: 'USD',
    opening_cents: 120_000_000,
    status: 'active',
    is_default: 1,
  },
  {
    name: 'Euro account',
    bank_name: 'Thames Commercial Bank',
    iban: 'GB33BUKB20201555555555',
    currency: 'EUR',
    opening_cents: 145_000_000,
    status: 'active',
    is_default: 1,
  },
]

/** Turns an organization's accounts into rows. */
export function buildBankAccounts(
  organizationId: string,
  accounts: readonly BankAccountSeed[],
  nextId: Serials,
) {
  return accounts.map((account) => ({
    id: nextId('ba_', 2),
    organization_id: organizationId,
    ...account,
  }))
}

/** A bank account as it is stored. */
export type BankAccountRow = ReturnType<typeof buildBankAccounts>[number]
