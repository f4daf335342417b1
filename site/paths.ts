/** Where the page about a namespace is. */
export function namespacePath({ name }: { readonly name: string }): string {
  return `/docs/tools/${name}`
}

/** Where people search without JavaScript. */
export const SEARCH_PATH = '/docs/search'

/** Where the index is that a browser searches in. */
export const INDEX_PATH = '/docs/search.json'

/** The file that a page's Markdown is in. */
export function markdownPath(path: string): string {
  return path === '/' ? '/index.md' : `${path}.md`
}
