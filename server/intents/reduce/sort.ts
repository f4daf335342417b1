import type { Operation } from '../contract.ts'
import { compareValues } from './compare.ts'
import { fieldOf, type Row } from './row.ts'

/** Orders rows by one field after the other; equal ones stay as they stood, and `null` comes last either way. */
export function sort(rows: readonly Row[], orders: Operation<'sort'>): readonly Row[] {
  return [...rows].sort((left, right) => {
    for (const { by, order } of orders) {
      const [a, b] = [fieldOf(left, by), fieldOf(right, by)]
      const direction = order === 'descending' && a !== null && b !== null ? -1 : 1
      const found = compareValues(a, b) * direction
      if (found !== 0) return found
    }
    return 0
  })
}
