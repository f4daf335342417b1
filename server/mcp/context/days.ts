/** Days that people mean without naming them, each `YYYY-MM-DD` (ISO 8601). */
export type Days = {
  readonly today: string
  readonly monthStart: string
  readonly monthEnd: string
  readonly quarterStart: string
  readonly yearStart: string
  readonly in30Days: string
}

/**
 * Gives the days of a moment, where somebody's calendar is.
 *
 * @param moment in milliseconds since 1970
 * @param timeZone one that `isTimeZone` knows; `null` is UTC
 */
export function daysAt(moment: number, timeZone: string | null): Days {
  const { year, month, day } = readCalendar(moment, timeZone ?? 'UTC')
  const quarter = month - ((month - 1) % 3)
  return {
    today: writeDay(year, month, day),
    monthStart: writeDay(year, month, 1),
    // The day before the first of the next month.
    monthEnd: writeDay(year, month + 1, 0),
    quarterStart: writeDay(year, quarter, 1),
    yearStart: writeDay(year, 1, 1),
    // Days are counted in the calendar, not in hours: one of 23 hours is a day, too.
    in30Days: writeDay(year, month, day + 30),
  }
}

/** Answers whether the calendar of this platform knows a time zone by this name. */
export function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function readCalendar(moment: number, timeZone: string) {
  const format = new Intl.DateTimeFormat('en', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
  })
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]))
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type))
  return { year: read('year'), month: read('month'), day: read('day') }
}

/** Months and days may be past their end: they go on in the next, as `Date.UTC` counts them. */
function writeDay(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}
