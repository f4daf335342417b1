import type { Serials } from './serials.ts'

/** A tax rate before it has an id. */
export type TaxGroupSeed = {
  readonly name: string
  readonly country: string
  readonly kind: 'standard' | 'reduced' | 'zero' | 'exempt'
  readonly rate: number
  readonly valid_from: string
  readonly valid_to: string | null
}

export const taxGroupsOfAcme: readonly TaxGroupSeed[] = [
  rate('VAT 23%', 'PL', 'standard', 23, '2011-01-01'),
  rate('VAT 8%', 'PL', 'reduced', 8, '2011-01-01'),
  rate('VAT 5%', 'PL', 'reduced', 5, '2011-01-01'),
  rate('VAT 0%', 'PL', 'zero', 0, '2004-05-01'),
  rate('VAT zw. (exempt)', 'PL', 'exempt', 0, '2004-05-01'),
  rate('VAT 22%', 'PL', 'standard', 22, '1993-07-05', '2010-12-31'),
  rate('USt 19%', 'DE', 'standard', 19, '2021-01-01'),
  rate('USt 16%', 'DE', 'standard', 16, '2020-07-01', '2020-12-31'),
  rate('USt 7%', 'DE', 'reduced', 7, '2021-01-01'),
  rate('TVA 20%', 'FR', 'standard', 20, '2014-01-01'),
  rate('TVA 5,5%', 'FR', 'reduced', 5.5, '2014-01-01'),
  rate('No sales tax', 'US', 'exempt', 0, '2000-01-01'),
]

export const taxGroupsOfGlobex: readonly TaxGroupSeed[] = [
  rate('VAT 20%', 'GB', 'standard', 20, '2011-01-04'),
  rate('VAT 5%', 'GB', 'reduced', 5, '1997-09-01'),
  rate('Zero rated', 'GB', 'zero', 0, '1973-04-01'),
  rate('Outside the scope', 'GB', 'exempt', 0, '1973-04-01'),
  rate('VAT 17.5%', 'GB', 'standard', 17.5, '2010-01-01', '2011-01-03'),
  rate('VAT 23%', 'IE', 'standard', 23, '2021-03-01'),
  rate('USt 19%', 'DE', 'standard', 19, '2021-01-01'),
]

/** Turns an organization's tax rates into rows. */
export function buildTaxGroups(
  organizationId: string,
  groups: readonly TaxGroupSeed[],
  nextId: Serials,
) {
  return groups.map((group) => ({
    id: nextId('tg_', 2),
    organization_id: organizationId,
    ...group,
  }))
}

/** A tax rate as it is stored. */
export type TaxGroupRow = ReturnType<typeof buildTaxGroups>[number]

function rate(
  name: string,
  country: string,
  kind: TaxGroupSeed['kind'],
  percent: number,
  validFrom: string,
  validTo: string | null = null,
): TaxGroupSeed {
  return { name, country, kind, rate: percent, valid_from: validFrom, valid_to: validTo }
}
