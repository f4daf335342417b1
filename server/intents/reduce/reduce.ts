import type { ReduceOperation } from '../contract.ts'
import type { Scope } from '../resolve-value.ts'
import { band } from './band.ts'
import { days } from './days.ts'
import { expand } from './expand.ts'
import { group } from './group.ts'
import { join } from './join.ts'
import { pick } from './pick.ts'
import { ReductionError } from './reduction-error.ts'
import type { Row } from './row.ts'
import { sort } from './sort.ts'
import { top } from './top.ts'
import { where } from './where.ts'

/** Rows that a reduction works on at most, after each of its operations. */
export const MAX_ROWS = 50_000

/**
 * Does one operation after the other. Nothing that was given is changed.
 *
 * @param options.maxRows more is refused, so that one question cannot take the server's memory
 * @throws {ReductionError} where the rows are not what an operation works with, or too many
 */
export function reduceRows(
  rows: readonly Row[],
  operations: readonly ReduceOperation[],
  { scope, maxRows = MAX_ROWS }: { readonly scope: Scope; readonly maxRows?: number },
): readonly Row[] {
  return operations.reduce(
    (before, operation) => checkCount(reduceOnce(before, operation, scope), maxRows),
    checkCount(rows, maxRows),
  )
}

function reduceOnce(
  rows: readonly Row[],
  operation: ReduceOperation,
  scope: Scope,
): readonly Row[] {
  if ('pick' in operation) return pick(rows, operation.pick)
  if ('expand' in operation) return expand(rows, operation.expand)
  if ('where' in operation) return where(rows, operation.where, scope)
  if ('join' in operation) return join(rows, operation.join, scope)
  if ('days' in operation) return days(rows, operation.days, scope)
  if ('band' in operation) return band(rows, operation.band)
  if ('group' in operation) return group(rows, operation.group)
  if ('sort' in operation) return sort(rows, operation.sort)
  return top(rows, operation.top, scope)
}

function checkCount(rows: readonly Row[], maxRows: number): readonly Row[] {
  if (rows.length <= maxRows) return rows
  const what = `${rows.length} rows are more than the ${maxRows} that can be worked with at once`
  throw new ReductionError('too_many_rows', what)
}
