import type { CounterpartySeed } from './counterparties.ts'
import type { Random } from './random.ts'
import type { TaxGroupRow } from './tax-groups.ts'

/** An invoice line before its amounts are computed. */
export type LineDraft = {
  readonly description: string
  readonly quantity: number
  readonly unit: 'hour' | 'day' | 'piece' | 'month' | 'flat'
  readonly unitPriceCents: number
  readonly taxGroup: TaxGroupRow
}

const GOODS = [
  ['Consulting', 'hour', 6_000, 16_000],
  ['On-site support', 'day', 60_000, 110_000],
  ['Licence “Pro”, per seat', 'month', 1_200, 9_900],
  ['Steel bracket 40×40', 'piece', 90, 2_500],
  ['Śruba M8 <ocynk>', 'piece', 10, 60],
  ["Carrier's surcharge", 'flat', 2_500, 40_000],
  ['Printing & binding', 'piece', 300, 4_000],
  ['Hosting', 'month', 4_900, 89_900],
] as const

/** Invents one to six lines with tax rates of the counterparty's country, or of the home country. */
export function draftLines(
  counterparty: CounterpartySeed,
  taxGroups: readonly TaxGroupRow[],
  random: Random,
): LineDraft[] {
  const inForce = taxGroups.filter(({ valid_to }) => valid_to === null)
  const theirs = inForce.filter(({ country }) => country === counterparty.row.country)
  const home = inForce.filter(({ country }) => country === inForce[0]?.country)
  const rates = theirs.length > 0 ? theirs : home
  return Array.from({ length: random.integer(1, 6) }, () => {
    const [description, unit, lowest, highest] = random.pick(GOODS)
    return {
      description,
      quantity: unit === 'flat' ? 1 : random.integer(1, 160) / (unit === 'hour' ? 4 : 1),
      unit,
      unitPriceCents: random.integer(lowest, highest),
      taxGroup: random.chance(0.7) ? (rates[0] ?? random.pick(inForce)) : random.pick(rates),
    }
  })
}

/** The one line of an invoice that bills a contract's instalment; its net is the instalment. */
export function draftContractLine(
  description: string,
  line: { readonly amount_cents: number },
  taxGroups: readonly TaxGroupRow[],
): LineDraft {
  const [taxGroup] = taxGroups
  if (taxGroup === undefined) throw new Error('an organization needs a tax group')
  return { description, quantity: 1, unit: 'flat', unitPriceCents: line.amount_cents, taxGroup }
}

/** Computes the amounts: tax is rounded line by line. */
export function buildInvoiceLines(invoiceId: string, drafts: readonly LineDraft[]) {
  return drafts.map((draft, index) => {
    const net = Math.round(draft.quantity * draft.unitPriceCents)
    return {
      invoice_id: invoiceId,
      position: index + 1,
      description: draft.description,
      quantity: draft.quantity,
      unit: draft.unit,
      unit_price_cents: draft.unitPriceCents,
      tax_group_id: draft.taxGroup.id,
      tax_rate: draft.taxGroup.rate,
      net_cents: net,
      tax_cents: Math.round((net * draft.taxGroup.rate) / 100),
    }
  })
}
