import { isRecord, readPointer } from '../../json.ts'

/** What a reduction works on: an object of the upstream's, or what was picked of one. */
export type Row = Readonly<Record<string, unknown>>

/** Fields, each with the pointer that leads to it. */
export type Pick = Readonly<Record<string, string>>

/**
 * Makes rows of what a pointer led to: of each item of a list, or of the one record. What is no
 * object becomes the field `value`; nothing is no row.
 */
export function toRows(value: unknown): readonly Row[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value.map(toRow) : [toRow(value)]
}

/** The value of a field; `null` where the row has none. */
export function fieldOf(row: Row, name: string): unknown {
  return Object.hasOwn(row, name) ? (row[name] ?? null) : null
}

/** Reads fields out of anything; each is there, `null` where its pointer leads nowhere. */
export function pickFrom(value: unknown, pick: Pick): Row {
  return Object.fromEntries(
    Object.entries(pick).map(([name, pointer]) => [name, readPointer(value, pointer) ?? null]),
  )
}

/** A number that a double cannot hold is an object, too, and no row. */
function toRow(item: unknown): Row {
  return isRecord(item) && !JSON.isRawJSON(item) ? item : { value: item }
}
