import type { SiteFacts } from '../facts.ts'
import { toSlug } from '../markdown/slug.ts'
import { GROUPS, type PageDefinition } from '../page-list.ts'
import { namespacePath, SEARCH_PATH } from '../paths.ts'

/**
 * The page of those who search without JavaScript: every page and every tool by name.
 *
 * @param query only what has each of its words in its name or description; `''` for all
 */
export function searchPage(
  { docs }: SiteFacts,
  pages: readonly PageDefinition[],
  query: string,
): PageDefinition {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const isWanted = (...texts: readonly string[]) => {
    const text = texts.join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const tools = docs.namespaces.flatMap((namespace) =>
    namespace.tools
      .filter(({ name, title, description }) => isWanted(name, title, description))
      .map(({ name, title }) => ({
        ...{ name, title },
        path: namespacePath(namespace),
        id: toSlug(name),
      })),
  )
  const found = pages.filter(({ title, description }) => isWanted(title, description))
  const isEmpty = tools.length + found.length === 0
  return {
    path: SEARCH_PATH,
    title: query === '' ? 'All pages and tools' : 'Search',
    description: 'Every page and every tool of the documentation, by name.',
    group: 'About',
    template: 'search',
    view: () => ({
      queries: query === '' ? [] : [{ query, tools: tools.length, pages: found.length }],
      nothings: isEmpty ? [{}] : [],
      groups: groupPages(found),
      toolLists: tools.length === 0 ? [] : [tools],
    }),
  }
}

/** Pages by the parts of the navigation; without those that have none. */
export function groupPages(pages: readonly PageDefinition[]): readonly object[] {
  return GROUPS.map((name) => ({
    name,
    pages: pages.filter(({ group }) => group === name),
  })).filter((group) => group.pages.length > 0)
}
