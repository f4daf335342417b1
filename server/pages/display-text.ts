/** Long enough for any honest name, short enough to leave a page its shape. */
const MAX_NAME_CHARS = 80
const MAX_MARKS_IN_A_ROW = 4
/**
 * What is not seen but changes what is seen: control characters, direction overrides, zero-width
 * characters. The two joiners stay, because Persian and emoji need them.
 */
const INVISIBLE = /[[\p{Cc}\p{Cf}\p{Co}\p{Cs}]--[\u200c\u200d]]/gv
const QUOTES = /["“”„‟″〝〞＂]/gu
const MARKS = new RegExp(`(\\p{M}{${MAX_MARKS_IN_A_ROW}})\\p{M}+`, 'gu')

/**
 * Makes text from elsewhere safe to look at; escaping it for HTML is the templates' part. It keeps
 * every letter of every script, in one line, so that nothing in it can move or hide its neighbours.
 *
 * @param options.maxChars Unicode characters kept; what is longer ends in an ellipsis. 80 without it
 */
export function toDisplayText(
  text: string,
  { maxChars = MAX_NAME_CHARS }: { readonly maxChars?: number } = {},
): string {
  const clean = text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(INVISIBLE, '')
    .replaceAll(MARKS, '$1')
    .trim()
  const chars = Array.from(clean)
  return chars.length <= maxChars ? clean : `${chars.slice(0, maxChars - 1).join('')}…`
}

/** A host is never shortened: what tells one owner from another stands at its end. */
export function toDisplayHost(host: string): string {
  return toDisplayText(host, { maxChars: Infinity })
}

/**
 * A name inside a sentence of ours, in quotes. The isolate characters (Unicode UAX #9, section 2.4)
 * keep a name written from right to left from reordering the sentence; no quote in the name can end
 * ours.
 */
export function toQuotedName(name: string): string {
  return `“\u2068${toDisplayText(name).replaceAll(QUOTES, '’')}\u2069”`
}
