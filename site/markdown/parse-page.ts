import createMarkdownIt, { type MarkdownIt, type Token } from 'markdown-it'
import { toSlug } from './slug.ts'

/** A heading that can be linked to. */
export type Heading = { readonly level: number; readonly id: string; readonly text: string }

/** A page's Markdown, read; its headings have their ids. */
export type ParsedPage = { readonly tokens: Token[]; readonly headings: readonly Heading[] }

/** Schemes that a link may have; besides the web, what the install links of editors begin with. */
export const LINK_SCHEMES: readonly string[] = [
  'https',
  'http',
  'mailto',
  'cursor',
  'vscode',
  'vscode-insiders',
]

/** Reads Markdown in which raw HTML is text, and pictures are not known. */
export const pageParser = createParser()

/** Reads a page. */
export function parsePage(markdown: string): ParsedPage {
  const tokens = pageParser.parse(markdown, {})
  return { tokens, headings: nameHeadings(tokens) }
}

/** What is read of a line, without its marks. */
export function plainOf(inline: Token | undefined): string {
  return (inline?.children ?? [])
    .map(({ type, content }) => (type === 'softbreak' ? ' ' : content))
    .join('')
}

function createParser(): MarkdownIt {
  const parser = createMarkdownIt({ html: false, linkify: false })
  const isHarmless = parser.validateLink.bind(parser)
  parser.validateLink = (url) => isHarmless(url) && isAllowedTarget(url)
  return parser.disable('image')
}

function isAllowedTarget(url: string): boolean {
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(url)?.[1]
  return scheme === undefined ? !url.startsWith('//') : LINK_SCHEMES.includes(scheme.toLowerCase())
}

function nameHeadings(tokens: readonly Token[]): readonly Heading[] {
  const taken = new Set<string>()
  return tokens.flatMap((token, index) => {
    if (token.type !== 'heading_open') return []
    const text = plainOf(tokens[index + 1])
    const id = toFreeSlug(text, taken)
    token.attrSet('id', id)
    return [{ level: Number(token.tag.slice(1)), id, text }]
  })
}

function toFreeSlug(text: string, taken: Set<string>): string {
  const slug = toSlug(text)
  let free = slug
  for (let count = 2; taken.has(free); count += 1) free = `${slug}-${count}`
  taken.add(free)
  return free
}
