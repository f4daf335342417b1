import type { SQLOutputValue } from 'node:sqlite'
import { z } from 'zod'

/** One row as SQLite returns it; the readers below give its columns their types. */
export type Row = Readonly<Record<string, SQLOutputValue>>

/** A pointer to another record, with its name for reading. */
export type Reference = { readonly id: string; readonly name: string }

const textListSchema = z.array(z.string())
const textMapSchema = z.record(z.string(), z.string())

/** Reads a column that is always text. */
export function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`column "${column}" is not text`)
  return value
}

/** Reads a column that is text or null. */
export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column)
}

/** Reads a column that is always a number. */
export function number(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new TypeError(`column "${column}" is not a number`)
  return value
}

/** Reads a column that is a number or null. */
export function numberOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : number(row, column)
}

/** Reads a column of 0 and 1. */
export function flag(row: Row, column: string): boolean {
  return number(row, column) === 1
}

/** Reads a column of cents as a decimal amount. */
export function money(row: Row, column: string): number {
  return number(row, column) / 100
}

/** Reads a column that holds a JSON list of texts. */
export function textList(row: Row, column: string): string[] {
  return textListSchema.parse(JSON.parse(text(row, column)))
}

/** Reads a column that holds a JSON object of texts. */
export function textMap(row: Row, column: string): Record<string, string> {
  return textMapSchema.parse(JSON.parse(text(row, column)))
}

/** Reads `<name>_id` and `<name>_name` as a reference. */
export function reference(row: Row, name: string): Reference {
  return { id: text(row, `${name}_id`), name: text(row, `${name}_name`) }
}

/** Reads `<name>_id` and `<name>_name` as a reference, or null when there is none. */
export function referenceOrNull(row: Row, name: string): Reference | null {
  return row[`${name}_id`] === null ? null : reference(row, name)
}
