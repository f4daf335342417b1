import type { SiteFacts } from './facts.ts'
import { toText } from './markdown/escape.ts'
import { listPages, type PageDefinition } from './page-list.ts'
import { SEARCH_PATH } from './paths.ts'
import { renderTemplate, type HrefOf } from './templates.ts'

/** A page of the documentation. */
export type Page = Pick<PageDefinition, 'path' | 'title' | 'description' | 'group'> & {
  readonly markdown: string
}

/** Where a page is found: from which page, to which one, both by their paths. */
export type Linking = (from: string, to: string) => string

/** What pages may lead to beside pages. */
const OTHER_PATHS: readonly string[] = [SEARCH_PATH, '/llms.txt', '/llms-full.txt']

type Options = {
  /** All pages of the site: a link to any other path is an error. */
  readonly pages: readonly PageDefinition[]
  readonly linking: Linking
}

/**
 * Writes a page.
 *
 * @throws {Error} where a template or its view is wrong
 */
export function buildPage(definition: PageDefinition, options: Options): Page {
  const { path, title, description, group, template, view } = definition
  const body = renderTemplate(template, { view: view(), hrefOf: linkFrom(path, options) })
  const markdown = `# ${toText(title)}\n\n${body.replaceAll(/\n{3,}/g, '\n\n').trim()}\n`
  return { path, title, description, group, markdown }
}

/** Writes every page of a site, in the order in which they are to be read. */
export function buildPages(
  facts: SiteFacts,
  { linking = (_from, to) => to }: { readonly linking?: Linking } = {},
): readonly Page[] {
  const pages = listPages(facts)
  return pages.map((page) => buildPage(page, { pages, linking }))
}

/** Says where pages are, seen from one of them. */
export function linkFrom(from: string, { pages, linking }: Options): HrefOf {
  return (to) => {
    const isKnown = OTHER_PATHS.includes(to) || pages.some(({ path }) => path === to)
    if (!isKnown) throw new Error(`${from}: no page is at ${to}`)
    return linking(from, to)
  }
}
