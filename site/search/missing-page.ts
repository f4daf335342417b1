import type { PageDefinition } from '../page-list.ts'
import { SEARCH_PATH } from '../paths.ts'
import { groupPages } from './search-page.ts'

/** The page that is shown where there is none: what there is instead. */
export function missingPage(pages: readonly PageDefinition[]): PageDefinition {
  return {
    path: '/docs/missing',
    title: 'There is no such page',
    description: 'What there is instead.',
    group: 'About',
    template: 'missing',
    view: () => ({ search: SEARCH_PATH, groups: groupPages(pages) }),
  }
}
