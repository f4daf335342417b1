import type { Operation } from '../contract.ts'
import { toDecimals } from './decimal.ts'
import { fieldOf, type Row } from './row.ts'

/**
 * Adds the label of the first band that a number is not above; the last one takes the rest.
 *
 * @throws {ReductionError} for what is neither a number nor `null`, which has no label
 */
export function band(rows: readonly Row[], { of, as, bands }: Operation<'band'>): readonly Row[] {
  const last = bands.at(-1)
  return rows.map((row) => {
    const [number] = toDecimals([fieldOf(row, of)], of)
    if (number === undefined) return { ...row, [as]: null }
    const found = bands.find(({ upTo }) => upTo === undefined || number.lte(upTo)) ?? last
    return { ...row, [as]: found?.label ?? null }
  })
}
