import { readPointer } from '../../json.ts'
import type { Operation } from '../contract.ts'
import { pickFrom, type Row } from './row.ts'

/** Makes a row of each item of a list in each row; a row without that list gives none. */
export function expand(
  rows: readonly Row[],
  { in: pointer, keep, pick }: Operation<'expand'>,
): readonly Row[] {
  return rows.flatMap((row) => {
    const list = readPointer(row, pointer)
    if (!Array.isArray(list)) return []
    const kept = pickFrom(row, keep)
    return list.map((item) => ({ ...kept, ...pickFrom(item, pick) }))
  })
}
