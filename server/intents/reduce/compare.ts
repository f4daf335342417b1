import { toDecimal } from './decimal.ts'

/** A day as JSON has it (RFC 3339, "full-date"). */
const DAY = /^\d{4}-\d{2}-\d{2}$/

/**
 * Orders any two values: numbers by size, then texts, then the rest; `null` comes last. Texts are
 * ordered by code unit, not by a language: days and moments need it, and every machine agrees on it.
 *
 * @returns below 0, 0 or above 0, as `Array.prototype.sort` wants it
 */
export function compareValues(left: unknown, right: unknown): number {
  const [a, b] = [toSortable(left), toSortable(right)]
  if (a.rank !== b.rank) return a.rank - b.rank
  if (a.rank === RANK.number) return a.decimal.cmp(b.rank === RANK.number ? b.decimal : a.decimal)
  return byCodeUnit(a.text, b.rank === RANK.number ? '' : b.text)
}

/**
 * Compares a value with a bound; a day bounds whole days, whatever time a moment has.
 *
 * @returns `null` where they are of two kinds: then it is on neither side
 */
export function compareWithBound(value: unknown, bound: unknown): number | null {
  if (value === null || bound === null) return null
  const cut =
    typeof value === 'string' &&
    typeof bound === 'string' &&
    DAY.test(bound) &&
    DAY.test(toDay(value))
      ? toDay(value)
      : value
  if (toSortable(cut).rank !== toSortable(bound).rank) return null
  return compareValues(cut, bound)
}

/** The day of a moment, or a day as it is. */
export function toDay(text: string): string {
  return text.slice(0, 10)
}

/** A text that two values have in common only if they are the same: a number is no text. */
export function keyOf(value: unknown): string {
  const decimal = typeof value === 'string' ? null : toDecimal(value)
  return decimal === null ? JSON.stringify(value ?? null) : decimal.toString()
}

const RANK = { number: 0, text: 1, other: 2, nothing: 3 } as const

type Sortable =
  | {
      readonly rank: typeof RANK.number
      readonly decimal: NonNullable<ReturnType<typeof toDecimal>>
    }
  | { readonly rank: Exclude<(typeof RANK)[keyof typeof RANK], 0>; readonly text: string }

function toSortable(value: unknown): Sortable {
  const decimal = toDecimal(value)
  if (decimal !== null) return { rank: RANK.number, decimal }
  if (typeof value === 'string') return { rank: RANK.text, text: value }
  if (value === null || value === undefined) return { rank: RANK.nothing, text: '' }
  return { rank: RANK.other, text: JSON.stringify(value) }
}

function byCodeUnit(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
