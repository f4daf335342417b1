const DAY_MS = 86_400_000
/** As with the operator's own command. */
const MAX_DAYS = 3_650

/** How long a key is good: days, until a date, or until it is revoked. */
export const EXPIRIES = ['30', '90', '365', 'date', 'never'] as const

/** One of them. */
export type Expiry = (typeof EXPIRIES)[number]

/**
 * Finds out when a key expires: with a date, at the end of that day (UTC).
 *
 * @param now milliseconds since the epoch
 * @returns epoch milliseconds, `null` for never; or what is wrong with the date
 */
export function toExpiry(
  expiry: Expiry,
  date: string,
  now: number,
): { readonly problem: string } | { readonly expiresAt: number | null } {
  if (expiry === 'never') return { expiresAt: null }
  if (expiry !== 'date') return { expiresAt: now + Number(expiry) * DAY_MS }
  const day = parseDay(date)
  if (day === null) return { problem: 'Enter the last day of the key, for example 2027-03-31.' }
  const expiresAt = day + DAY_MS
  if (expiresAt <= now) return { problem: 'The last day of the key is over already.' }
  if (expiresAt > now + MAX_DAYS * DAY_MS) {
    return { problem: 'A key is good for ten years at most. Choose an earlier day.' }
  }
  return { expiresAt }
}

/** 30 February is the second of March to `Date`. */
function parseDay(text: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return Number.isNaN(at) || !new Date(at).toISOString().startsWith(text) ? null : at
}
