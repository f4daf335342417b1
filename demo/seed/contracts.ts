import { addDays, addMonths } from '../dates.ts'
import { TODAY } from '../today.ts'
import type { CounterpartySeed } from './counterparties.ts'
import type { Profile } from './profiles.ts'
import type { ProjectRow } from './projects.ts'
import type { Random } from './random.ts'
import type { Serials } from './serials.ts'

const TITLES = [
  'Maintenance and support',
  'Office lease “Old Port”',
  'Consulting retainer',
  'Software licences',
  "Freight: carrier's terms",
  'Cleaning <2 floors>',
  'Konserwacja urządzeń',
  'Delivery of machine parts',
]

const INTERVALS = {
  once: { months: 1, lines: [1, 3] },
  monthly: { months: 1, lines: [6, 18] },
  quarterly: { months: 3, lines: [4, 8] },
  yearly: { months: 12, lines: [1, 3] },
} as const

type ScheduleLineSeed = {
  readonly id: string
  readonly contract_id: string
  readonly position: number
  readonly description: string
  readonly due_date: string
  readonly amount_cents: number
}

/** Invents contracts with their schedules; the value is the sum of the schedule. */
export function buildContracts(
  profile: Profile,
  counterparties: readonly CounterpartySeed[],
  projects: readonly ProjectRow[],
  random: Random,
  nextId: Serials,
) {
  return Array.from({ length: profile.counts.contracts }, (_, index) => {
    const counterparty = random.pick(counterparties)
    const kind = counterparty.roles.includes('client') ? 'sales' : 'purchase'
    const interval = random.pick(['once', 'monthly', 'quarterly', 'quarterly', 'yearly'] as const)
    const isAhead = index % 8 === 7
    const startDate = addDays(
      isAhead ? '2026-11-25' : '2025-01-01',
      random.integer(0, isAhead ? 60 : 680),
    )
    const isDraft = isAhead && random.chance(0.7)
    const id = nextId('ctr_', 4)
    const planned = buildSchedule(id, interval, startDate, random, nextId)
    const isTerminated = !isDraft && index % 9 === 4 && startDate < '2026-06-01'
    const schedule = isTerminated
      ? planned.filter(({ due_date }) => due_date < '2026-08-01')
      : planned
    const lastDue = planned.at(-1)?.due_date ?? startDate
    const termEnd = isTerminated ? '2026-07-31' : addDays(lastDue, 30)
    const endDate = !isTerminated && lastDue > TODAY && index % 4 === 1 ? null : termEnd
    const row = {
      id,
      organization_id: profile.organizationId,
      number: `C-${startDate.slice(0, 4)}-${String(index + 1).padStart(3, '0')}`,
      title: random.pick(TITLES),
      status: toStatus({ isDraft, isTerminated, endDate }),
      counterparty_id: counterparty.row.id,
      project_id: random.chance(0.4) ? random.pick(projects).id : null,
      value_cents: schedule.reduce((sum, line) => sum + line.amount_cents, 0),
      currency: counterparty.row.currency,
      start_date: startDate,
      end_date: endDate,
      billing_interval: interval,
      auto_renews: endDate === null ? 1 : 0,
      notice_period_days: random.chance(0.7) ? random.pick([30, 60, 90]) : null,
      signed_on: isDraft ? null : addDays(startDate, -random.integer(3, 40)),
      description: random.chance(0.5) ? 'See the signed PDF; annex “A” prevails.' : null,
    }
    return { kind, row, schedule } as const
  })
}

/** A contract with its schedule. */
export type ContractSeed = ReturnType<typeof buildContracts>[number]

function buildSchedule(
  contractId: string,
  interval: keyof typeof INTERVALS,
  startDate: string,
  random: Random,
  nextId: Serials,
): ScheduleLineSeed[] {
  const { months, lines } = INTERVALS[interval]
  const amount = random.integer(8, 240) * 5_000 * months
  return Array.from({ length: random.integer(lines[0], lines[1]) }, (_, index) => ({
    id: nextId('psl_', 5),
    contract_id: contractId,
    position: index + 1,
    description: interval === 'once' ? `Milestone ${index + 1}` : `Instalment ${index + 1}`,
    due_date: addDays(addMonths(startDate, months * index), 30),
    amount_cents: amount + (index === 0 ? random.integer(0, 99) : 0),
  }))
}

function toStatus(facts: {
  readonly isDraft: boolean
  readonly isTerminated: boolean
  readonly endDate: string | null
}): string {
  if (facts.isDraft) return 'draft'
  if (facts.isTerminated) return 'terminated'
  return facts.endDate !== null && facts.endDate < TODAY ? 'expired' : 'active'
}
