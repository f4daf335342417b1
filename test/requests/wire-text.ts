/**
 * Writes a request target so that two spellings of the same URI are equal (RFC 3986, section
 * 6.2.2): what need not be encoded is not, what must be is, and digits are in upper case.
 * The order between different parameters says nothing, so the query is sorted by name.
 */
export function normalizeTarget(target: string): string {
  const [path, query] = splitOnce(target, '?')
  const pairs = query === undefined || query === '' ? [] : query.split('&').map(normalizeText)
  const sorted = pairs
    .map((pair, index) => ({ pair, index, name: pair.split('=', 1)[0] ?? '' }))
    .sort((left, right) => compare(left.name, right.name) || left.index - right.index)
    .map(({ pair }) => pair)
  return [normalizeText(path), ...(sorted.length === 0 ? [] : [sorted.join('&')])].join('?')
}

/** Encodes what RFC 3986 has reserved and `encodeURIComponent` leaves as it is. */
export function encodeMarks(target: string): string {
  return target.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** Cuts a text at the first of its separators. */
export function splitOnce(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator)
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + separator.length)]
}

function normalizeText(text: string): string {
  const encoded = text.replace(/[^\w\-.~%:/?#@!$&'()*+,;=]/gu, (character) =>
    encodeURIComponent(character),
  )
  return encoded.replace(/%[0-9a-f]{2}/gi, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16))
    return /[\w\-.~]/.test(character) ? character : triplet.toUpperCase()
  })
}

function compare(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
