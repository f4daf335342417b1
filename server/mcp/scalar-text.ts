/** A text, or a number as it was written; `null` for anything else, and for a text without a character. */
export function toScalarText(value: unknown): string | null {
  if (typeof value === 'number' || JSON.isRawJSON(value)) return JSON.stringify(value)
  return typeof value === 'string' && value !== '' ? value : null
}
