import createMarkdownIt, { type MarkdownIt, type Token } from 'markdown-it'
import { escapeInline, toCode, toFence } from './escape.ts'
import { removeInvisible } from './invisible.ts'

/** Longer texts of a document are read no further. */
const MAX_CHARS = 20_000

const parser = createParser()

/**
 * Reads the Markdown of somebody else and writes it again, as blocks that stand by themselves: no
 * fence, list or reference of theirs reaches into what follows.
 *
 * Raw HTML is text. Headings become bold lines, so that a page's own order of headings stays right.
 * Links are kept where they lead to the web or to an address for mail; pictures become such links, as
 * nothing is loaded from elsewhere. Reads the first 20,000 characters.
 */
export function rewriteProse(text: string): string {
  const tokens = parser.parse(text.slice(0, MAX_CHARS), {})
  return writeBlocks({ tokens, at: 0 }).join('\n\n')
}

function createParser(): MarkdownIt {
  const markdownIt = createMarkdownIt({ html: false, linkify: true })
  // Only what is written as an address with its scheme.
  markdownIt.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  return markdownIt
}

/** Where the writer is in the parser's flat list. */
type Reading = { readonly tokens: readonly Token[]; at: number }

/** Writes every block up to the end of the one that they are in. */
function writeBlocks(reading: Reading): readonly string[] {
  const blocks: string[] = []
  for (;;) {
    const token = reading.tokens[reading.at]
    reading.at += 1
    if (token === undefined || token.nesting === -1) return blocks.filter((block) => block !== '')
    blocks.push(writeBlock(token, reading))
  }
}

function writeBlock(token: Token, reading: Reading): string {
  switch (token.type) {
    case 'inline':
      return writeInline(token.children ?? [])
    case 'fence':
    case 'code_block':
      return toFence(token.content, '')
    case 'heading_open': {
      const text = writeBlocks(reading).join(' ')
      return text === '' || text.includes('**') ? text : `**${text}**`
    }
    case 'bullet_list_open':
      return writeBlocks(reading).join('\n')
    case 'ordered_list_open':
      return writeBlocks(reading).join('\n')
    case 'list_item_open':
      return writeItem(token, reading)
    case 'blockquote_open':
      return indent(writeBlocks(reading).join('\n\n'), '> ', '> ')
    case 'table_open':
      return writeTable(writeBlocks(reading))
    case 'thead_open':
    case 'tbody_open':
      return writeBlocks(reading).join('\n')
    case 'tr_open':
      return `| ${writeCells(reading).join(' | ')} |`
    default:
      return token.nesting === 1 ? writeBlocks(reading).join(' ') : ''
  }
}

/** The parser says of an item of a numbered list which number it has. */
function writeItem({ info, markup }: Token, reading: Reading): string {
  const mark = info === '' ? '- ' : `${info}${markup} `
  return indent(writeBlocks(reading).join('\n\n'), mark, ' '.repeat(mark.length))
}

function indent(text: string, first: string, rest: string): string {
  return text
    .split('\n')
    .map((line, index) => `${index === 0 ? first : rest}${line}`.trimEnd())
    .join('\n')
}

function writeCells(reading: Reading): readonly string[] {
  const cells: string[] = []
  for (;;) {
    const token = reading.tokens[reading.at]
    reading.at += 1
    if (token === undefined || token.nesting === -1) return cells
    cells.push(
      writeBlocks(reading)
        .join(' ')
        .replaceAll(/(?<!\\)\|/g, '\\|'),
    )
  }
}

/** The first row is the head: the parser gives no table without one. */
function writeTable(parts: readonly string[]): string {
  const [head = '', ...rows] = parts.join('\n').split('\n')
  const columns = head.split(/(?<!\\)\|/).length - 2
  return [head, `|${' --- |'.repeat(Math.max(1, columns))}`, ...rows].join('\n')
}

function writeInline(tokens: readonly Token[]): string {
  const links: string[] = []
  return tokens
    .map((token, index) => {
      switch (token.type) {
        case 'text': {
          const text = escapeInline(removeInvisible(token.content))
          // Before a link, it would make a picture of it.
          return isLink(tokens[index + 1]) ? text.replace(/!$/, '\\!') : text
        }
        case 'code_inline':
          return toCode(token.content)
        case 'softbreak':
          return ' '
        case 'hardbreak':
          return '\\\n'
        case 'strong_open':
        case 'strong_close':
          return '**'
        case 'em_open':
        case 'em_close':
          return '*'
        case 'link_open': {
          const target = toTarget(token.attrGet('href'))
          links.push(target)
          return target === '' ? '' : '['
        }
        case 'link_close': {
          const target = links.pop() ?? ''
          return target === '' ? '' : `](${target})`
        }
        case 'image':
          return writeImage(token, links.length > 0)
        default:
          return ''
      }
    })
    .join('')
}

function isLink(token: Token | undefined): boolean {
  return token?.type === 'link_open' || token?.type === 'image'
}

/** What a picture shows, with the way to it; inside a link there cannot be another. */
function writeImage(token: Token, isInLink: boolean): string {
  const text = escapeInline(removeInvisible(token.content)).trim()
  const target = toTarget(token.attrGet('src'))
  if (isInLink || target === '') return text
  return `[${text === '' ? 'picture' : text}](${target})`
}

/** An address that may be followed, as a link's destination; `''` for any other. */
function toTarget(href: string | number | null): string {
  const url = typeof href === 'string' ? URL.parse(href) : null
  if (url === null || !['https:', 'http:', 'mailto:'].includes(url.protocol)) return ''
  return `<${url.href.replaceAll(/[<>|\s\\]/g, encodeURIComponent)}>`
}
