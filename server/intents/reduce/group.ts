import { Big } from 'big.js'
import type { Operation } from '../contract.ts'
import { compareValues, keyOf } from './compare.ts'
import { fromDecimal, toDecimals } from './decimal.ts'
import { fieldOf, type Row } from './row.ts'

/**
 * Makes one row of all that are the same in some fields, in the order of their first rows. Without
 * a field, it makes one row of all, also of none. Sums are exact; what is `null` is left out, and where
 * there is nothing else the sum is `null`, too: rows of which nobody knows an amount do not make 0.
 *
 * @throws {ReductionError} where something is to be added up that is no number
 */
export function group(rows: readonly Row[], operation: Operation<'group'>): readonly Row[] {
  const { by } = operation
  const groups = new Map<string, Row[]>()
  if (by.length === 0) groups.set('', [])
  for (const row of rows) {
    const key = groupKey(row, by)
    const members = groups.get(key)
    if (members === undefined) groups.set(key, [row])
    else members.push(row)
  }
  return [...groups.values()].map((members) => toGroup(members, operation))
}

/** A text that rows have in common which are the same in these fields. */
export function groupKey(row: Row, fields: readonly string[]): string {
  return fields.map((name) => keyOf(fieldOf(row, name))).join(' ')
}

function toGroup(members: readonly Row[], operation: Operation<'group'>): Row {
  const { by, sum, min, max, count } = operation
  const valuesOf = (field: string) => members.map((row) => fieldOf(row, field))
  const [first = {}] = members
  return {
    ...Object.fromEntries(by.map((name) => [name, fieldOf(first, name)])),
    ...each(sum, (field) => addUp(toDecimals(valuesOf(field), field), members.length)),
    ...each(min, (field) => outermost(valuesOf(field), -1)),
    ...each(max, (field) => outermost(valuesOf(field), 1)),
    ...(count !== undefined && { [count]: members.length }),
  }
}

function each(
  fields: Readonly<Record<string, string>>,
  compute: (field: string) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, compute(field)]))
}

function addUp(numbers: readonly Big[], rows: number): unknown {
  if (numbers.length === 0 && rows > 0) return null
  return fromDecimal(numbers.reduce((sum, number) => sum.plus(number), new Big(0)))
}

function outermost(values: readonly unknown[], direction: 1 | -1): unknown {
  return values
    .filter((value) => value !== null)
    .reduce<unknown>(
      (best, value) => (best === null || compareValues(value, best) * direction > 0 ? value : best),
      null,
    )
}
