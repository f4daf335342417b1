import { Big } from 'big.js'
import { ReductionError } from './reduction-error.ts'

/** Many upstreams write money as text, so that no reader makes a double of it. */
const DECIMAL_TEXT = /^-?[0-9]{1,40}(?:\.[0-9]{1,40})?$/
/** Beyond it a sum would have to be written out in thousands of digits. */
const MAX_EXPONENT = 100

/**
 * Reads a number exactly: of JSON, of JSON that a double cannot hold, or written as text.
 *
 * @returns `null` for anything else, and for what is beyond 1e±100
 */
export function toDecimal(value: unknown): Big | null {
  const text = textOf(value)
  if (text === null) return null
  const decimal = new Big(text)
  return Math.abs(decimal.e) > MAX_EXPONENT ? null : decimal
}

/** Gives the number that JSON writes as exactly this decimal. */
export function fromDecimal(decimal: Big): unknown {
  const double = decimal.toNumber()
  return new Big(double).eq(decimal) ? double : JSON.rawJSON(decimal.toString())
}

/**
 * Reads the numbers of a field; what is `null` is left out.
 *
 * @throws {ReductionError} for anything else
 */
export function toDecimals(values: readonly unknown[], field: string): readonly Big[] {
  return values.flatMap((value) => {
    if (value === null) return []
    const decimal = toDecimal(value)
    if (decimal !== null) return [decimal]
    throw new ReductionError('no_number', `the field "${field}" has a value that is no number`)
  })
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null
  if (typeof value === 'string') return DECIMAL_TEXT.test(value) ? value : null
  return JSON.isRawJSON(value) ? JSON.stringify(value) : null
}
