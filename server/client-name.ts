/** Of what is shown of a client's name. */
const MAX_CHARS = 64

/** Takes a client's name if it can stand in a header: printable ASCII, at most 64 characters of it. */
export function parseClientName(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const plain = value.replace(/[^\x20-\x7e]/g, '').trim()
  return plain === '' ? null : plain.slice(0, MAX_CHARS)
}
