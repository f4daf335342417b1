import type { Operation } from '../contract.ts'
import { resolveValue, type Scope } from '../resolve-value.ts'
import { toDay } from './compare.ts'
import { fieldOf, type Row } from './row.ts'

const DAY_MS = 86_400_000

/** Adds the whole days from one day to another: below 0 where it lies behind it, `null` without one of them. */
export function days(
  rows: readonly Row[],
  { from, to, as }: Operation<'days'>,
  scope: Scope,
): readonly Row[] {
  const end = toDayNumber(resolveValue(to, scope))
  return rows.map((row) => {
    const begin = toDayNumber(fieldOf(row, from))
    return { ...row, [as]: begin === null || end === null ? null : end - begin }
  })
}

/** Days since 1970-01-01; of a moment, those of its day as it is written. */
function toDayNumber(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}(?:T|$)/.test(value)) return null
  const ms = Date.parse(`${toDay(value)}T00:00:00Z`)
  return Number.isNaN(ms) ? null : ms / DAY_MS
}
