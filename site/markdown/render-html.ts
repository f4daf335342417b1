import type { Token } from 'markdown-it'
import sanitizeHtml from 'sanitize-html'
import { LINK_SCHEMES, pageParser, parsePage, plainOf, type Heading } from './parse-page.ts'

/** A page's Markdown as HTML, and what is in it. */
export type RenderedMarkdown = { readonly html: string; readonly headings: readonly Heading[] }

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const

/** Everything that the renderer makes, and nothing else. */
const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: [
    ...HEADINGS,
    ...['p', 'a', 'ul', 'ol', 'li', 'pre', 'code', 'em', 'strong', 's', 'blockquote', 'br', 'hr'],
    ...['div', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: {
    ...Object.fromEntries(HEADINGS.map((name) => [name, ['id']])),
    a: ['href'],
    code: ['class'],
    div: ['class', 'role', 'tabindex', 'aria-label'],
    ol: ['start'],
    pre: ['tabindex'],
    th: ['scope'],
  },
  allowedClasses: { code: [/^language-[a-z]+$/], div: ['table'] },
  allowedSchemes: [...LINK_SCHEMES],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
}

teachRenderer()

/**
 * Renders a page. Raw HTML in it is text, pictures are not shown, and what comes out is sanitized. Each
 * heading has an id of its own; tables and blocks of code can be scrolled with the keyboard.
 */
export function renderHtml(markdown: string): RenderedMarkdown {
  const { tokens, headings } = parsePage(markdown)
  nameTables(tokens)
  const html = sanitizeHtml(pageParser.renderer.render(tokens, pageParser.options, {}), ALLOWED)
  return { html, headings }
}

function teachRenderer(): void {
  const { rules } = pageParser.renderer
  const { fence, code_block: codeBlock } = rules
  const toReachable = (html = '') => html.replace('<pre>', '<pre tabindex="0">')
  rules['fence'] = (...all) => toReachable(fence?.(...all))
  rules['code_block'] = (...all) => toReachable(codeBlock?.(...all))
  rules['table_open'] = (tokens, index) => {
    const label = pageParser.utils.escapeHtml(String(tokens[index]?.attrGet('aria-label') ?? ''))
    return `<div class="table" role="group" tabindex="0" aria-label="${label}"><table>\n`
  }
  rules['table_close'] = () => '</table></div>\n'
}

/** A part that can be scrolled needs a name: the heading that it stands under. */
function nameTables(tokens: readonly Token[]): void {
  let heading = ''
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') heading = plainOf(tokens[index + 1])
    if (token.type === 'table_open') token.attrSet('aria-label', `Table: ${heading}`)
    if (token.type === 'th_open') token.attrSet('scope', 'col')
  }
}
