import type { Operation } from '../contract.ts'
import { pickFrom, type Row } from './row.ts'

/** Makes a row of what pointers lead to in each row. */
export function pick(rows: readonly Row[], fields: Operation<'pick'>): readonly Row[] {
  return rows.map((row) => pickFrom(row, fields))
}
