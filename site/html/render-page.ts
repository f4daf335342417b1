import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import { removeInvisible } from '../markdown/invisible.ts'
import type { Heading } from '../markdown/parse-page.ts'
import { renderHtml } from '../markdown/render-html.ts'
import { GROUPS, type PageDefinition } from '../page-list.ts'
import type { Page } from '../pages.ts'
import { INDEX_PATH, markdownPath, SEARCH_PATH } from '../paths.ts'

/** What is around every page. */
export type Shell = {
  /** The connector's title. */
  readonly title: string
  /** All pages, in the order in which they are to be read. */
  readonly pages: readonly Pick<PageDefinition, 'path' | 'title' | 'group'>[]
  /** Where something of the site is found from a page: another page, or a file such as `/llms.txt`. */
  readonly hrefOf: (to: string) => string
  /** A Content-Security-Policy, where no header can say it. */
  readonly policy?: string
}

/** A page that is no part of the list: the search, or one that tells that there is nothing. */
export type LoosePage = Pick<Page, 'title' | 'description' | 'markdown'> & {
  readonly path: string | null
}

const PARTIALS = ['navigation'] as const
const OPTIONS = { strict: true, knownHelpersOnly: true } as const
const render = createTemplate()

/** Gives a whole HTML document. It needs no JavaScript; with it, search and copying are at hand. */
export function renderPage(page: LoosePage, shell: Shell): string {
  const { html, headings } = renderHtml(page.markdown)
  const { title, pages, hrefOf, policy } = shell
  const connector = removeInvisible(title)
  const [mark = ''] = connector.toUpperCase()
  const heading = removeInvisible(page.title)
  const index = pages.findIndex(({ path }) => path === page.path)
  const markdown = index === -1 ? [] : [{ href: hrefOf(markdownPath(page.path ?? '/')) }]
  return render({
    ...{ connector, mark, markdown },
    description: removeInvisible(page.description),
    pageTitle: page.path === '/' ? heading : `${heading} · ${connector}`,
    policies: policy === undefined ? [] : [policy],
    home: hrefOf('/'),
    search: hrefOf(SEARCH_PATH),
    index: hrefOf(INDEX_PATH),
    assets: hrefOf('/assets/'),
    llms: hrefOf('/llms.txt'),
    groups: GROUPS.map((name) => ({
      name,
      pages: pages
        .filter(({ group }) => group === name)
        .map((each) => ({ ...toLink(each, hrefOf), current: toCurrent(each.path === page.path) })),
    })).filter((group) => group.pages.length > 0),
    outlines: toOutline(headings),
    content: trust(html),
    turns: index === -1 ? [] : [toTurn(pages, index, hrefOf)],
  })
}

/** The one place where a string becomes markup: `renderHtml` has sanitized it. */
function trust(html: string): Handlebars.SafeString {
  return new Handlebars.SafeString(html)
}

/** Templates have no conditions: what is too short to be told is an empty list. */
function toOutline(
  headings: readonly Heading[],
): readonly { readonly entries: readonly Heading[] }[] {
  const entries = headings.filter(({ level }) => level === 2)
  return entries.length < 2 ? [] : [{ entries }]
}

function toLink({ path, title }: Pick<PageDefinition, 'path' | 'title'>, hrefOf: Shell['hrefOf']) {
  return { href: hrefOf(path), title: removeInvisible(title) }
}

/** The pages before and after this one. */
function toTurn(pages: Shell['pages'], index: number, hrefOf: Shell['hrefOf']) {
  const at = (place: number) => pages.slice(place, place + 1).map((each) => toLink(each, hrefOf))
  return { previous: index === 0 ? [] : at(index - 1), next: at(index + 1) }
}

/** `false` is what no attribute would say (WAI-ARIA 1.2, section 6.6). */
function toCurrent(isCurrent: boolean): 'page' | 'false' {
  return isCurrent ? 'page' : 'false'
}

function createTemplate(): (view: object) => string {
  const instance = Handlebars.create()
  for (const name of PARTIALS) instance.registerPartial(name, instance.compile(read(name), OPTIONS))
  return instance.compile(read('layout'), OPTIONS)
}

function read(name: string): string {
  return readFileSync(new URL(`./${name}.hbs`, import.meta.url), 'utf8')
}
