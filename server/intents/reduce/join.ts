import { readPointer } from '../../json.ts'
import type { Operation } from '../contract.ts'
import { resolveValue, type Scope } from '../resolve-value.ts'
import { keyOf } from './compare.ts'
import { fieldOf, pickFrom, toRows, type Row } from './row.ts'

/** Adds to each row what the first row of another list has for the same key; nothing is no key. */
export function join(
  rows: readonly Row[],
  { rows: pointer, on, pick, keep }: Operation<'join'>,
  scope: Scope,
): readonly Row[] {
  const partners = new Map<string, Row>()
  for (const other of toRows(resolveValue({ pointer }, scope))) {
    const key = keyOf(readPointer(other, on.pointer))
    if (!partners.has(key)) partners.set(key, other)
  }
  return rows.flatMap((row) => {
    const value = fieldOf(row, on.field)
    const partner = value === null ? undefined : partners.get(keyOf(value))
    if (partner === undefined && keep === 'matched') return []
    return [{ ...row, ...pickFrom(partner, pick) }]
  })
}
