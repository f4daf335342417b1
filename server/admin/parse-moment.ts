import { UsageError } from './failures.ts'

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const AGO = /^(\d{1,5})([mhd])$/
const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/

/**
 * Reads an option that says when: a date (UTC), a time with its zone, or how long ago.
 *
 * @returns the moment in epoch milliseconds, once it is known what time it is
 * @throws {UsageError}
 */
export function parseMoment(
  text: string | undefined,
  option: string,
): (now: number) => number | undefined {
  if (text === undefined) return () => undefined
  const [, count, unit] = AGO.exec(text) ?? []
  if (unit === 'm' || unit === 'h' || unit === 'd') {
    return (now) => now - Number(count) * UNITS[unit]
  }
  const at = DATE.test(text) ? Date.parse(text) : Number.NaN
  // 30 February is the second of March to `Date`.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10))
  if (Number.isNaN(at) || !isDay) {
    throw new UsageError(
      `${option} must be a date (2026-03-01), a time (2026-03-01T08:00:00Z), or how long ago (90m, 24h, 30d)`,
    )
  }
  return () => at
}
