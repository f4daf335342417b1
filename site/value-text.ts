import type { Json } from './docs.ts'

/** Writes a value of an argument: a text as it is, anything else as JSON. */
export function toValueText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
