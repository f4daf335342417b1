import MiniSearch, { type AsPlainObject } from 'minisearch'
import type { Page } from '../pages.ts'
import { readSections } from './read-sections.ts'

/** What a browser searches in, with what the library has to be told about it. */
export type SearchIndex = { readonly options: typeof OPTIONS; readonly index: AsPlainObject }

/** They go with the index, as both must be the same. */
const OPTIONS = {
  fields: ['title', 'heading', 'text'],
  storeFields: ['href', 'title', 'heading'],
  searchOptions: {
    boost: { title: 4, heading: 3 },
    combineWith: 'AND',
    prefix: true,
    fuzzy: 0.2,
  },
} as const

/**
 * Builds the index of all sections of all pages; the same pages give the same index.
 *
 * @param options.toHref where a page is, seen from the first one; as the server has it by default
 */
export function buildSearchIndex(
  pages: readonly Page[],
  { toHref = (path) => path.slice(1) }: { readonly toHref?: (path: string) => string } = {},
): SearchIndex {
  const { fields, storeFields } = OPTIONS
  const search = new MiniSearch({ fields: [...fields], storeFields: [...storeFields] })
  const documents = pages.flatMap(({ path, title, markdown }) =>
    readSections(markdown).map(({ id, heading, text }) => ({
      href: id === '' ? toHref(path) : `${toHref(path)}#${id}`,
      ...{ title, heading, text },
    })),
  )
  search.addAll(documents.map((document, id) => ({ id, ...document })))
  return { options: OPTIONS, index: search.toJSON() }
}
