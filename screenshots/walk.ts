/** A page that links lead to. */
export type FoundPage = {
  readonly url: string
  /** Its path, with what differs from one thing to the next left out: `console-clients-id`. */
  readonly name: string
}

/** Fetches as somebody who may see the pages; `html` is `null` for what is no page. */
export type FetchPage = (url: string) => Promise<{ readonly html: string | null }>

const LINK = /<a\b[^>]*?\shref="([^"]*)/g
/** UUIDs, what is drawn at random, and numbers. */
const ID = /^(?:[\w-]{30,}|\d+)$/

/**
 * Finds every page that can be reached by links from some, one of each kind: of a hundred clients,
 * the first.
 *
 * @param roots where to begin; all links that are followed stay below one of their paths
 */
export async function findPages(
  fetchPage: FetchPage,
  roots: readonly string[],
): Promise<readonly FoundPage[]> {
  const found = new Map<string, FoundPage>()
  const waiting = [...roots]
  const isWanted = (url: URL) => roots.some((root) => isBelow(url, new URL(root)))
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const name = toName(new URL(next))
    if (found.has(name)) continue
    const { html } = await fetchPage(next)
    if (html === null) continue
    found.set(name, { url: next, name })
    for (const [, href = ''] of html.matchAll(LINK)) {
      const url = new URL(unescapeReferences(href), next)
      url.hash = ''
      if (isWanted(url) && !found.has(toName(url))) waiting.push(url.href)
    }
  }
  return [...found.values()]
}

function isBelow(url: URL, root: URL): boolean {
  if (url.origin !== root.origin) return false
  return url.pathname === root.pathname || url.pathname.startsWith(`${root.pathname}/`)
}

function toName({ pathname, searchParams }: URL): string {
  const parts = pathname
    .split('/')
    .filter((part) => part !== '')
    .map((part) => (ID.test(part) ? 'id' : part))
    .map((part, index, all) => (isTool(all, index) ? 'tool' : part))
  const asked = [...new Set(searchParams.keys())].sort()
  return [...parts, ...asked].join('-') || 'home'
}

/** Those that our templates write. */
function unescapeReferences(text: string): string {
  return text
    .replaceAll(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)))
    .replaceAll('&amp;', '&')
}

/** A tool, or a namespace that something is done with. */
function isTool(parts: readonly string[], index: number): boolean {
  const isLast = index === parts.length - 1
  return parts[index - 1] === 'tools' && (!isLast || parts[index]?.includes('.') === true)
}
