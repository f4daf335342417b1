const MAX_SECONDS = 86_400

/**
 * Reads a `Retry-After` header (RFC 9110, section 10.2.3) in either of its forms.
 *
 * @param now milliseconds since the epoch, for the form that is a date
 * @returns whole seconds, 0 to 86,400; `null` where there is no usable value
 */
export function parseRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null
  const text = header.trim()
  const seconds = /^\d{1,10}$/.test(text) ? Number(text) : secondsUntil(text, now)
  return seconds === null ? null : Math.min(Math.max(seconds, 0), MAX_SECONDS)
}

function secondsUntil(text: string, now: number): number | null {
  // Date.parse reads many things; a date of RFC 9110 begins with the name of a day.
  const at = /^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : Math.ceil((at - now) / 1000)
}
