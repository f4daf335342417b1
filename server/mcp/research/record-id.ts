/** A record, wherever it is found. */
export type RecordId = {
  readonly namespace: string
  /** The upstream's own. */
  readonly id: string
}

/** What is longer is no id that anybody would carry about. */
const MAX_ID_CHARS = 500

/**
 * Writes it as one text, `namespace/id` with the id percent-encoded.
 *
 * @returns `null` for an id that no text can carry
 */
export function writeRecordId({ namespace, id }: RecordId): string | null {
  if (id === '' || id.length > MAX_ID_CHARS || !id.isWellFormed()) return null
  return `${namespace}/${encodeURIComponent(id)}`
}

/** Reads it back; `null` for any text that `writeRecordId` would not write. */
export function parseRecordId(text: string): RecordId | null {
  const [, namespace = '', encoded = ''] = /^([a-z][a-zA-Z0-9]*)\/([^/]+)$/.exec(text) ?? []
  const record = { namespace, id: decode(encoded) }
  return writeRecordId(record) === text ? record : null
}

/** What is no encoding is empty. */
function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return ''
  }
}
