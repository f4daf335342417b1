/**
 * Replaces U+0000 in a query's parameter by U+FFFD, as text columns of PostgreSQL refuse it.
 *
 * Names and identifiers come from outside; without this, one such byte would be an error that
 * nobody planned for on one database, and a stored value on the other.
 */
export function replaceNul(parameter: string): string
export function replaceNul(parameter: unknown): unknown
export function replaceNul(parameter: unknown): unknown {
  return typeof parameter === 'string' ? parameter.replaceAll('\0', '\uFFFD') : parameter
}
