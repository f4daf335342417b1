const DAY_MS = 86_400_000

/** Moves a day (`YYYY-MM-DD`) by a number of days, which may be negative. */
export function addDays(day: string, days: number): string {
  return toDay(Date.parse(day) + days * DAY_MS)
}

/** Moves a day by whole months; a day that the target month lacks becomes its last one. */
export function addMonths(day: string, months: number): string {
  const date = new Date(day)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth() + months
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return toDay(Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)))
}

function toDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
