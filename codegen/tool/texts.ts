/** Clients cut descriptions here; ours are cut before, at the end of a sentence. */
export const MAX_DESCRIPTION_BYTES = 1024
/** Description and instructions together; clients cut longer ones. */
export const MAX_TEXT_BYTES = 2048

/** How long a text is on the wire. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}

/** Turns Markdown or HTML into plain prose on one line; reads the first 20,000 characters. */
export function toPlainText(text: string): string {
  return toOneLine(
    stripHtml(text.slice(0, 20_000))
      .replace(/^ {0,3}(?:```|~~~).*$/gm, '')
      .replace(/^ {0,3}(?:#{1,6}|>|[-*+]) +/gm, '')
      .replace(/^ {0,3}(?:-{3,}|={3,}|\*{3,}) *$/gm, '')
      .replace(/^ *\|?(?: *:?-{3,}:? *\|)+(?: *:?-{3,}:?)? *$/gm, '')
      .replace(/!?\[([^\]\n]*)\]\([^()\s]*(?: "[^"\n]*")?\)/g, '$1')
      .replace(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, '$2')
      .replace(/(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])/g, '$1')
      .replace(/(?<!\w)_(?=[^\s_])([^_\n]*[^\s_])_(?!\w)/g, '$1')
      .replace(/`([^`\n]+)`/g, '$1'),
  )
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

/** Begins a text with a capital letter. */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Writes words as a list: `a, b and c`. */
export function toList(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&apos;', "'"],
  ['&nbsp;', ' '],
  ['&amp;', '&'],
])

/** Only names that HTML knows: `<id>` in a description is a placeholder. */
const BLOCK_TAG =
  /<\/?(?:p|br|hr|div|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|th|td|h[1-6]|pre|blockquote|section|img|script|style|iframe|details|summary)(?:\s[^<>]*)?\/?>/gi

/** Block elements part words, inline elements do not; what they contain stays. */
function stripHtml(text: string): string {
  return text
    .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replace(/<\/?(?:b|i|em|strong|code|a|span|sub|sup|u|tt)(?:\s[^<>]*)?>/gi, '')
    .replace(BLOCK_TAG, ' ')
    .replace(/&(?:lt|gt|quot|#39|apos|nbsp|amp);/g, (entity) => ENTITIES.get(entity) ?? entity)
}
