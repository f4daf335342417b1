import { attributeOf } from './html-text.ts'
import type { Page } from './browser-session.ts'
import type { ConsoleVisitor } from './console-session.ts'

const MAX_PAGES = 400
const LINK = /<a\b([^>]*)>/g
const ROOTS = ['/console', '/account']

/**
 * Opens every page of the console that links lead to; what is no page is looked at and left out.
 *
 * @param more where to begin beside the first pages
 */
export async function crawlConsole(
  visitor: Pick<ConsoleVisitor, 'open'>,
  origin: string,
  more: readonly string[] = [],
): Promise<readonly Page[]> {
  const pages = new Map<string, Page | null>()
  const waiting = [...ROOTS, ...more].map((root) => new URL(root, origin).href)
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (pages.has(next)) continue
    if (pages.size === MAX_PAGES) throw new Error(`more than ${MAX_PAGES} addresses: ${next}`)
    const page = await visitor.open(next)
    const isPage = page.headers.get('content-type')?.startsWith('text/html') === true
    pages.set(next, isPage ? page : null)
    if (isPage) waiting.push(...linksOf(page))
  }
  return [...pages.values()].filter((page) => page !== null)
}

/** Where a page leads to within the console. */
export function linksOf({ text, url }: Page): readonly string[] {
  const { origin } = new URL(url)
  return [...text.matchAll(LINK)]
    .map(([, attributes = '']) => new URL(attributeOf(attributes, 'href') ?? '', url))
    .filter((link) => link.origin === origin)
    .filter(({ pathname }) =>
      ROOTS.some((root) => pathname === root || pathname.startsWith(`${root}/`)),
    )
    .map((link) => `${link.origin}${link.pathname}${link.search}`)
}
