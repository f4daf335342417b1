import { stripHtml } from './html.ts'
import { capitalise, toOneLine } from './texts.ts'

/** Longer texts are read no further; what is shown is far shorter. */
const MAX_READ = 20_000

/** A piece of a document that begins and ends by itself. */
type Block = {
  readonly kind: 'heading' | 'paragraph' | 'item' | 'row' | 'code'
  readonly lines: string[]
}

const FENCE = /^ {0,3}(?:```|~~~)/
const RULE = /^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,}|={3,}) *$/
const QUOTE = /^ {0,3}(?:> +|>$|>(?=\[!))/
/** Many leave out the space behind the marks; a single one may be a number: `#1`. */
const HEADING = /^ {0,3}(?:#{1,6} +|#{2,6}(?=\w))/
const ITEM = /^\s*(?:[-*+]|\d{1,3}[.)])\s+(?=\S)/
const BULLET = /^\s*[-*+]\s+/
const DELIMITER_ROW = /^ *\|?(?: *:?-{3,}:? *\|)+(?: *:?-{3,}:?)? *$/
/** GitHub's alerts, and the containers of Docusaurus and VuePress. */
const ALERT = /^\s*(?:\[!([a-z]{2,20})\]|:::+ *([a-z]{2,20})?)[ \t]*/i
/** An inline link or picture; its target may hold a pair of parentheses. */
const LINK = /!?\[([^[\]]*)\]\(\s*(?:[^()\s]|\([^()\s]*\))*(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g
/** A definition that reference links point to. */
const DEFINITION = /^ {0,3}\[[^\]\n]{1,200}\]: *\S+/

/**
 * Turns Markdown (CommonMark 0.31 with GitHub's tables and alerts) or HTML into plain prose on one
 * line: what stood on lines of its own is parted by punctuation. Reads the first 20,000 characters.
 */
export function toPlainText(text: string): string {
  const blocks = splitBlocks(stripHtml(text.slice(0, MAX_READ)))
    .map(({ kind, lines }) => ({ kind, text: plainOf(kind, lines) }))
    .filter((block) => block.text !== '')
  while (blocks.length > 1 && isLooseEnd(blocks.at(-1))) blocks.pop()
  return toOneLine(
    blocks
      .map((block, index) => `${block.text}${endOf(block, blocks[index + 1]?.kind ?? null)}`)
      .join(' '),
  )
}

/** A heading that nothing follows announces what is not there; some write whole notes as one. */
function isLooseEnd(block: { kind: Block['kind']; text: string } | undefined): boolean {
  return block?.kind === 'heading' && /^[^.!?:]{1,60}:?$/.test(block.text)
}

function splitBlocks(text: string): readonly Block[] {
  const blocks: Block[] = []
  let open: Block | null = null
  let isCode = false
  let isTable = false
  const begin = (kind: Block['kind'], line: string) => {
    const block: Block = { kind, lines: [line] }
    blocks.push(block)
    return block
  }
  const lines = text.split(/\r\n?|[\n\u2028\u2029]/)
  let wasQuoted = false
  for (const [index, raw] of lines.entries()) {
    const isQuoted = QUOTE.test(raw)
    if (isQuoted !== wasQuoted) open = null
    wasQuoted = isQuoted
    const line = isQuoted ? raw.replace(QUOTE, '') : raw
    isTable &&= line.includes('|')
    if (FENCE.test(line)) {
      isCode = !isCode
      open = null
    } else if (isCode) {
      if (open === null) open = begin('code', line)
      else open.lines.push(line)
    } else if (line.trim() === '' || RULE.test(line) || DEFINITION.test(line)) {
      open = null
    } else if (DELIMITER_ROW.test(line)) {
      isTable = true
    } else if (isTable || (line.includes('|') && DELIMITER_ROW.test(lines[index + 1] ?? ''))) {
      begin('row', line)
      open = null
    } else if (HEADING.test(line)) {
      begin('heading', line.replace(HEADING, '').replace(/#+\s*$/, ''))
      open = null
    } else if (ITEM.test(line)) {
      open = begin('item', line.replace(BULLET, ''))
    } else if (ALERT.test(line)) {
      open = begin('paragraph', line.replace(ALERT, toAlert))
    } else if (open === null) {
      open = begin('paragraph', line)
    } else {
      open.lines.push(line)
    }
  }
  return blocks
}

function toAlert(_mark: string, alert?: string, container?: string): string {
  const name = alert ?? container
  return name === undefined ? '' : `${capitalise(name.toLowerCase())}: `
}

function plainOf(kind: Block['kind'], lines: readonly string[]): string {
  const text = lines.join(' ')
  if (kind === 'code') return toOneLine(text)
  return toOneLine(kind === 'row' ? joinCells(text) : stripMarks(text))
}

/** The first cell of a row is what the others tell about. */
function joinCells(row: string): string {
  const cells = row
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => stripMarks(cell).trim())
  const [first = '', ...rest] = cells.filter((cell) => cell !== '')
  return rest.length === 0 ? first : `${first}: ${rest.join(', ')}`
}

function stripMarks(text: string): string {
  return text
    .replace(LINK, '$1')
    .replace(LINK, '$1') // a picture may be what is linked
    .replace(/(?<![\w\]])\[([^[\]]+)\]\[[^[\]]*\](?![[\w])/g, '$1')
    .replace(/<(https?:\/\/[^\s<>]+)>/g, '$1')
    .replace(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, '$2')
    .replace(/(?<![\w*\\])\*(?=[^\s*])([^*\n]*[^\s*\\])\*(?![\w*])/g, '$1')
    .replace(/(?<![\w\\])_(?=[^\s_])([^_\n]*[^\s_\\])_(?!\w)/g, '$1')
    .replace(/`([^`\n]+)`|\\([_*<>#`])/g, (_mark, code?: string, escaped?: string) =>
      code === undefined ? (escaped ?? '') : code,
    )
}

/** What parts a block from the next one; none where its own text does that. */
function endOf({ kind, text }: { kind: Block['kind']; text: string }, next: Block['kind'] | null) {
  if (next === null || kind === 'code' || !/[\p{L}\p{N})\]}%"'>]$/u.test(text)) return ''
  if (/[.!?]["')\]]+$/.test(text)) return ''
  if (next === kind && (kind === 'item' || kind === 'row')) return ';'
  const announces = next === 'item' || next === 'row' || next === 'code'
  return kind === 'heading' || (kind === 'paragraph' && announces) ? ':' : '.'
}
