/** Clients cut descriptions here; ours are cut before, at the end of a sentence. */
export const MAX_DESCRIPTION_BYTES = 1024
/** Description and instructions together; clients cut longer ones. */
export const MAX_TEXT_BYTES = 2048

/** How long a text is on the wire. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}

/** Removes control and invisible formatting characters, and folds white space. */
export function toOneLine(text: string): string {
  return text
    .replace(/[\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim()
}

/** Keeps lines apart, but no other control or invisible character. */
export function toParagraphs(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(toOneLine)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Cuts a text to a number of bytes, at the end of a sentence where there is one, else of a word. */
export function cutText(text: string, maxBytes: number): string {
  if (byteLength(text) <= maxBytes) return text
  let head = ''
  for (const character of text) {
    if (byteLength(head) + byteLength(character) > maxBytes - byteLength('…')) break
    head += character
  }
  const sentenceEnd = /^[\s\S]*[.!?](?=\s)/.exec(head)?.[0]
  if (sentenceEnd !== undefined && sentenceEnd.length > head.length / 3) return sentenceEnd
  return `${head.replace(/\s+\S*$/, '')}…`
}

/** Ends a text with a full stop, so that another sentence can follow. */
export function toSentence(text: string): string {
  return text === '' || /[.!?…:]$/.test(text) ? text : `${text}.`
}

/** Takes the full stop off a sentence that stands alone; other ends, such as `…`, stay. */
export function toTitle(text: string): string {
  return text.replace(/([^.])\.$/, '$1')
}

/** Puts a summary before its details, unless they begin with it or it says all that they say. */
export function joinTexts(summary: string, details: string): string {
  const [short, long] = [summary, details].map((text) => toTitle(text).toLowerCase())
  if (short === undefined || long === undefined || short === '') return details
  if (long !== '' && short.startsWith(long)) return toSentence(summary)
  if (long.startsWith(short) && !/^[\p{L}\p{N}]/u.test(long.slice(short.length))) return details
  return [toSentence(summary), details].filter((text) => text !== '').join(' ')
}

/** Begins a text with a capital letter. */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Writes words as a list: `a, b and c`. */
export function toList(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}
