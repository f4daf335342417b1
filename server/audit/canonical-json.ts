/**
 * Writes a flat record as canonical JSON (RFC 8785): the same record is always the same text.
 *
 * What that specification says of numbers and texts is what `JSON.stringify` does; members are
 * sorted by their UTF-16 code units, as `sort` does.
 */
export function toCanonicalJson(record: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(record, Object.keys(record).sort())
}
