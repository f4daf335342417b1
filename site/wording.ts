const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

const KILOBYTE = 1024
const AND = new Intl.ListFormat('en', { type: 'conjunction' })
const OR = new Intl.ListFormat('en', { type: 'disjunction' })

/** Writes a whole number with commas: `100,000`. */
export function toNumber(value: number): string {
  return value.toLocaleString('en')
}

/**
 * Writes how many there are: `1 day`, `90 days`.
 *
 * @param noun in the singular; its plural ends in `s`
 */
export function toCount(value: number, noun: string): string {
  return `${toNumber(value)} ${value === 1 ? noun : `${noun}s`}`
}

/** Writes a time in the largest unit that it is whole in: `15 minutes`, `30 days`. */
export function toDuration(seconds: number): string {
  const [noun, size] = UNITS.find(([, size]) => seconds >= size && seconds % size === 0) ?? UNITS[3]
  return toCount(seconds / size, noun)
}

/** Writes a size in the largest unit that it is whole in: `128 KB`, `4 MB`. */
export function toSize(bytes: number): string {
  if (bytes % KILOBYTE ** 2 === 0 && bytes > 0) return `${toNumber(bytes / KILOBYTE ** 2)} MB`
  if (bytes % KILOBYTE === 0 && bytes > 0) return `${toNumber(bytes / KILOBYTE)} KB`
  return toCount(bytes, 'byte')
}

/** Writes words as people say them: `a, b, and c`. */
export function toAndList(words: readonly string[]): string {
  return AND.format(words)
}

/** Writes a choice as people say it: `a, b, or c`. */
export function toOrList(words: readonly string[]): string {
  return OR.format(words)
}

/** A variant of a page's text: what is placed in it where it applies, and nothing where not. */
export function when<Value>(applies: boolean, value: Value): readonly Value[] {
  return applies ? [value] : []
}

/** Writes a time for people, to the minute: `2026-11-26 at 09:30 UTC`. */
export function toMoment(iso: string): string {
  const [day = '', time = ''] = new Date(iso).toISOString().split('T')
  return `${day} at ${time.slice(0, 5)} UTC`
}
