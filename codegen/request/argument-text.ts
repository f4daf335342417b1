import type { NamedParameter } from '../tool/names.ts'
import { byteLength, cutText, toOneLine, toSentence } from '../tool/texts.ts'

const MAX_DESCRIPTION_BYTES = 500
const MAX_SHOWN_NAME_BYTES = 100

const PLACES: Readonly<Record<string, string>> = {
  path: 'the path parameter',
  query: 'the query parameter',
  header: 'the header',
  cookie: 'the cookie',
  body: "the body's member",
}

/**
 * Describes an argument in 500 bytes at most. Where its key is not the name that the upstream's own
 * documentation uses, that name is told too.
 */
export function describeName(
  { key, name, in: where }: NamedParameter & { readonly key: string },
  description: string,
): string {
  if (key === name) return cutText(description, MAX_DESCRIPTION_BYTES)
  const shown = JSON.stringify(cutText(toOneLine(name), MAX_SHOWN_NAME_BYTES))
  const note = `Sent as ${PLACES[where] ?? 'the parameter'} ${shown}.`
  if (description === '') return note
  const text = cutText(description, MAX_DESCRIPTION_BYTES - byteLength(note) - ' '.length)
  return `${toSentence(text)} ${note}`
}
