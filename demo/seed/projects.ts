import { addDays } from '../dates.ts'
import { TODAY } from '../today.ts'
import type { CounterpartySeed } from './counterparties.ts'
import type { Profile } from './profiles.ts'
import type { Random } from './random.ts'
import type { Serials } from './serials.ts'

const SUBJECTS = [
  'Warehouse migration',
  'Customer portal',
  'Line 4 retrofit',
  'ERP – phase “B”',
  "Baker's app",
  'Data & <reporting>',
  'Sieć sprzedaży',
  'Fleet telemetry',
  'Brand refresh',
]

const BILLING_TYPES = ['fixed_price', 'time_and_materials', 'retainer', 'non_billable'] as const

/** Invents the projects of an organization; all but the internal ones have a client. */
export function buildProjects(
  profile: Profile,
  counterparties: readonly CounterpartySeed[],
  random: Random,
  nextId: Serials,
) {
  const clients = counterparties.filter(({ roles }) => roles.includes('client'))
  return Array.from({ length: profile.counts.projects }, (_, index) => {
    const billingType = BILLING_TYPES[index % BILLING_TYPES.length] ?? 'fixed_price'
    const client = billingType === 'non_billable' ? null : random.pick(clients).row
    const startDate = addDays('2025-01-06', index * 40 + random.integer(0, 20))
    const endDate = random.chance(0.7) ? addDays(startDate, random.integer(60, 400)) : null
    return {
      id: nextId('prj_', 3),
      organization_id: profile.organizationId,
      code: `${profile.organizationId.slice(0, 2).toUpperCase()}-${String(index + 1).padStart(2, '0')}`,
      name: `${SUBJECTS[index % SUBJECTS.length] ?? ''}${index >= SUBJECTS.length ? ' II' : ''}`,
      status: toStatus(startDate, endDate, index),
      billing_type: billingType,
      client_id: client?.id ?? null,
      start_date: startDate,
      end_date: endDate,
      budget_cents: random.chance(0.75) ? random.integer(40, 900) * 100_000 : null,
      currency: client?.currency ?? profile.bankAccounts[0]?.currency ?? 'EUR',
      metadata: JSON.stringify(buildMetadata(index, random)),
    }
  })
}

/** A project as it is stored. */
export type ProjectRow = ReturnType<typeof buildProjects>[number]

function toStatus(startDate: string, endDate: string | null, index: number): string {
  if (startDate > TODAY) return 'planned'
  if (endDate !== null && endDate < TODAY) return 'completed'
  return index % 6 === 5 ? 'on_hold' : 'active'
}

function buildMetadata(index: number, random: Random): Record<string, string> {
  return {
    costCentre: `CC-${10 + (index % 7)}`,
    ...(random.chance(0.5) ? { region: random.pick(['north', 'south', 'Śląsk']) } : {}),
    ...(random.chance(0.3) ? { 'purchase order': `PO "${random.integer(1_000, 9_999)}"` } : {}),
  }
}
