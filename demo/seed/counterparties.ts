import { addDays } from '../dates.ts'
import type { BankAccountRow } from './bank-accounts.ts'
import type { CostGroupRow } from './cost-groups.ts'
import {
  AWKWARD_NAMES,
  CONTACT_NAMES,
  NAME_HEADS,
  NAME_TAILS,
  PLACES,
  POSITIONS,
  TAGS,
} from './names.ts'
import type { Profile } from './profiles.ts'
import type { Random } from './random.ts'
import type { Serials } from './serials.ts'

/** What a counterparty can be to an organization. */
export type CounterpartyRole = 'client' | 'contractor' | 'supplier'

const ROLE_SETS: readonly (readonly CounterpartyRole[])[] = [
  ['client'],
  ['supplier'],
  ['client'],
  ['contractor'],
  ['supplier'],
  ['client', 'supplier'],
  ['client'],
  ['contractor', 'supplier'],
]

const LEGAL_FORMS: Readonly<Record<string, string>> = {
  PL: 'Sp. z o.o.',
  DE: 'GmbH',
  FR: 'S.à r.l.',
  US: 'Inc.',
  NO: 'AS',
  GB: 'Ltd',
  IE: 'DAC',
}

/** Invents the counterparties of an organization, each with one trading currency. */
export function buildCounterparties(
  profile: Profile,
  accounts: readonly BankAccountRow[],
  costGroups: readonly CostGroupRow[],
  random: Random,
  nextId: Serials,
) {
  const currencies = [...new Set(accounts.map(({ currency }) => currency))]
  const usualGroups = costGroups.filter(({ depth }) => depth > 0)
  return Array.from({ length: profile.counts.counterparties }, (_, index) => {
    const roles = ROLE_SETS[index % ROLE_SETS.length] ?? []
    const buysFrom = roles.includes('supplier') || roles.includes('contractor')
    const country = random.pick(profile.countries)
    const name = buildName(index, random)
    const [street, city] = random.pick(PLACES[country] ?? [])
    const id = nextId('cp_', 4)
    const row = {
      id,
      organization_id: profile.organizationId,
      name,
      legal_name: random.chance(0.8) ? `${name} ${LEGAL_FORMS[country] ?? ''}`.trim() : null,
      roles: JSON.stringify(roles),
      country,
      tax_id: random.chance(0.9) ? `${country}${525_000_000 + index * 37}` : null,
      currency: random.chance(0.6) ? (currencies[0] ?? 'EUR') : random.pick(currencies),
      email: random.chance(0.85) ? `billing@${id.replace('_', '-')}.example` : null,
      tags: JSON.stringify(TAGS.filter(() => random.chance(0.25))),
      payment_term_days: random.pick([7, 14, 14, 30, 30, 30, 45, 60]),
      street,
      postal_code: `${random.integer(10, 99)}-${random.integer(100, 999)}`,
      city,
      iban: buysFrom ? `${country}${random.integer(10, 99)}0000${520_000_000 + index}` : null,
      cost_group_id: buysFrom ? random.pick(usualGroups).id : null,
      created_at: `${addDays('2024-01-08', index * 11)}T09:30:00Z`,
    }
    return { roles, row, contacts: buildContacts(id, random) }
  })
}

/** A counterparty with its contacts, as they are stored. */
export type CounterpartySeed = ReturnType<typeof buildCounterparties>[number]

/** Every fifth name is an awkward one; an ordinary one gets a number once its halves repeat. */
function buildName(index: number, random: Random): string {
  const awkward = index % 5 === 2 ? AWKWARD_NAMES[Math.floor(index / 5)] : undefined
  if (awkward !== undefined) return awkward
  const head = NAME_HEADS[index % NAME_HEADS.length] ?? ''
  const round = Math.floor(index / NAME_HEADS.length)
  return `${head} ${random.pick(NAME_TAILS)}${round === 0 ? '' : ` ${round + 1}`}`
}

function buildContacts(counterpartyId: string, random: Random) {
  return Array.from({ length: random.integer(0, 3) }, (_, rank) => ({
    counterparty_id: counterpartyId,
    rank,
    name: random.pick(CONTACT_NAMES),
    email: random.chance(0.8) ? `contact${rank}@${counterpartyId.replace('_', '-')}.example` : null,
    phone: random.chance(0.6) ? `+48 22 555 01 ${random.integer(10, 99)}` : null,
    position: random.chance(0.7) ? random.pick(POSITIONS) : null,
  }))
}
