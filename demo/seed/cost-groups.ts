import type { Serials } from './serials.ts'

/** Code and name; the code's dots are the tree. */
const TREE: readonly (readonly [code: string, name: string, description?: string])[] = [
  ['1', 'People'],
  ['1.10', 'Salaries', 'Gross pay with the employer’s contributions'],
  ['1.20', 'Contractors'],
  ['1.30', 'Training & conferences'],
  ['2', 'Premises'],
  ['2.10', 'Rent'],
  ['2.20', 'Energy and water'],
  ['2.30', 'Cleaning, repairs'],
  ['3', 'Technology'],
  ['3.10', 'Software and hosting'],
  ['3.10.1', 'Cloud'],
  ['3.10.2', 'Licences', 'Per seat or per year'],
  ['3.20', 'Hardware'],
  ['4', 'Travel'],
  ['4.10', 'Train & flight'],
  ['4.20', 'Hotels'],
  ['4.30', 'Meals <client>'],
  ['5', 'Marketing'],
  ['5.10', 'Advertising'],
  ['5.20', 'Events'],
  ['6', 'Finance and legal'],
  ['6.10', 'Bank fees'],
  ['6.20', 'Audit, tax, law'],
  ['6.30', 'Taxes & duties'],
  ['7', 'Goods and materials'],
  ['7.10', 'Raw material'],
  ['7.20', 'Freight'],
]

/** Turns the tree into rows of one organization, parents before children. */
export function buildCostGroups(organizationId: string, nextId: Serials) {
  const idByCode = new Map<string, string>()
  return TREE.map(([code, name, description]) => {
    const id = nextId('cg_', 3)
    idByCode.set(code, id)
    const parentCode = code.slice(0, Math.max(0, code.lastIndexOf('.')))
    return {
      id,
      organization_id: organizationId,
      code,
      name,
      parent_id: idByCode.get(parentCode) ?? null,
      depth: code.split('.').length - 1,
      description: description ?? null,
    }
  })
}

/** A cost group as it is stored. */
export type CostGroupRow = ReturnType<typeof buildCostGroups>[number]
