import type { Operation } from '../contract.ts'
import { resolveValue, type Scope } from '../resolve-value.ts'
import { groupKey } from './group.ts'
import { ReductionError } from './reduction-error.ts'
import type { Row } from './row.ts'

/**
 * Keeps the first rows: of all, or of each that are the same in some fields. A count that is not
 * given keeps all.
 *
 * @throws {ReductionError} for a count that is none
 */
export function top(
  rows: readonly Row[],
  { count, per }: Operation<'top'>,
  scope: Scope,
): readonly Row[] {
  const limit = resolveValue(count, scope)
  if (limit === undefined) return rows
  if (typeof limit !== 'number' || !Number.isSafeInteger(limit) || limit < 0) {
    throw new ReductionError('no_count', 'how many rows are kept has to be a whole number')
  }
  const kept = new Map<string, number>()
  return rows.filter((row) => {
    const key = groupKey(row, per)
    const seen = kept.get(key) ?? 0
    kept.set(key, seen + 1)
    return seen < limit
  })
}
