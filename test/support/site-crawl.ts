import type { FetchAt } from './fetch-at.ts'

/** A page of the documentation as a browser gets it. */
export type CrawledPage = {
  /** Without query and fragment. */
  readonly path: string
  readonly status: number
  readonly html: string
}

/**
 * Reads every page of a site that links lead to from its first one, on the same origin.
 *
 * @param options.from the first page
 * @param options.ask `fetch` by default
 */
export async function crawlSite({
  from,
  ask = fetch,
}: {
  readonly from: string
  readonly ask?: FetchAt
}): Promise<readonly CrawledPage[]> {
  const { origin } = new URL(from)
  const pages = new Map<string, CrawledPage>()
  const left = [new URL(from).pathname]
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (pages.has(path)) continue
    const answer = await ask(`${origin}${path}`, { headers: { accept: 'text/html' } })
    const isPage = answer.headers.get('content-type')?.startsWith('text/html') === true
    const html = await answer.text()
    pages.set(path, { path, status: answer.status, html: isPage ? html : '' })
    if (isPage) left.push(...linksOf(html, `${origin}${path}`).map(({ pathname }) => pathname))
  }
  return [...pages.values()]
}

/** The links of a page that stay on its origin. */
export function linksOf(html: string, base: string): readonly URL[] {
  const { origin } = new URL(base)
  return [...html.matchAll(/<a [^>]*?href="([^"]*)"/g)]
    .map(([, href = '']) => new URL(decode(href), base))
    .filter((url) => url.origin === origin)
}

/** Links to pages that are not there, or to places that the page does not have. */
export function findBrokenLinks(pages: readonly CrawledPage[]): readonly string[] {
  const byPath = new Map(pages.map((page) => [page.path, page]))
  return pages.flatMap(({ path, html }) =>
    linksOf(html, `http://site.example${path}`).flatMap(({ pathname, hash }) => {
      const target = byPath.get(pathname)
      const id = decodeURIComponent(hash.slice(1))
      const isThere = target?.status === 200 && (id === '' || idsOf(target.html).includes(id))
      return isThere ? [] : [`${path} → ${pathname}${hash}`]
    }),
  )
}

/** All ids of a page, in order. */
export function idsOf(html: string): readonly string[] {
  return [...html.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => decode(id))
}

/** The levels of a page's headings, in order. */
export function headingLevelsOf(html: string): readonly number[] {
  return [...html.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level))
}

/** Answers whether a page has one main heading, its first, and never skips a level on the way down. */
export function isInOrder(levels: readonly number[]): boolean {
  const steps = levels.map((level, index) => level - (levels[index - 1] ?? 0))
  return levels.filter((level) => level === 1).length === 1 && steps.every((step) => step <= 1)
}

function decode(text: string): string {
  return text
    .replaceAll('&#x27;', "'")
    .replaceAll('&#x3D;', '=')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
