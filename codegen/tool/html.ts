/** Named character references (HTML, section 13.5) that texts of APIs have. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['amp', '&'],
  ['hellip', '…'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['bull', '•'],
  ['middot', '·'],
  ['rarr', '→'],
  ['times', '×'],
  ['le', '≤'],
  ['ge', '≥'],
  ['deg', '°'],
  ['euro', '€'],
  ['pound', '£'],
  ['copy', '©'],
  ['reg', '®'],
  ['trade', '™'],
])

/** Only names that HTML knows: `<id>` in a description is a placeholder. */
const INLINE_TAG =
  /<\/?(?:b|i|em|strong|code|a|span|sub|sup|u|tt|kbd|small|font|s|mark|var)(?:\s[^<>]*)?\/?>/gi
const LINE_TAG = /<(?:br|tr)(?:\s[^<>]*)?\/?>/gi
const ITEM_TAG = /<(?:li|dt)(?:\s[^<>]*)?>/gi
const HEADING_TAG = /<h[1-6](?:\s[^<>]*)?>/gi
const CELL_TAG =
  /<\/?(?:td|th|dd|script|style|iframe|img)(?:\s[^<>]*)?\/?>|<\/(?:li|dt|tr)(?:\s[^<>]*)?>/gi
const BLOCK_TAG =
  /<\/?(?:p|hr|div|ul|ol|dl|table|thead|tbody|h[1-6]|pre|blockquote|section|details|summary)(?:\s[^<>]*)?\/?>/gi

/** Turns tags into the marks of Markdown that part blocks; what they contain stays. */
export function stripHtml(text: string): string {
  return text
    .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replace(INLINE_TAG, '')
    .replace(LINE_TAG, '\n')
    .replace(ITEM_TAG, '\n- ')
    .replace(HEADING_TAG, '\n\n## ')
    .replace(CELL_TAG, ' ')
    .replace(BLOCK_TAG, '\n\n')
    .replace(/&(?:([a-z]{2,8})|#(\d{1,7})|#x([\da-f]{1,6}));/gi, toCharacter)
}

function toCharacter(
  reference: string,
  name?: string,
  decimal?: string,
  hexadecimal?: string,
): string {
  if (name !== undefined) return NAMED.get(name) ?? reference
  const point = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal)
  return point <= 0x10ffff ? String.fromCodePoint(point) : reference
}
