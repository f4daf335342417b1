import { LRUCache } from 'lru-cache'
import { renderPage, type LoosePage } from '../../site/html/render-page.ts'
import { buildLlms, buildLlmsFull } from '../../site/llms.ts'
import { listPages, type PageDefinition } from '../../site/page-list.ts'
import { buildPage, type Linking } from '../../site/pages.ts'
import { markdownPath } from '../../site/paths.ts'
import { missingPage } from '../../site/search/missing-page.ts'
import { searchPage } from '../../site/search/search-page.ts'
import type { SiteFacts } from '../../site/facts.ts'
import type { Config } from '../config.ts'
import type { Published } from '../connector.ts'
import { encodeBody, type EncodedBody } from '../http/encoded-body.ts'
import type { Connector } from '../mcp/tool.ts'
import type { Realm } from '../realm.ts'
import { toDeployment } from './deployment.ts'

/** What a page can be had as. */
export type Form = 'html' | 'markdown'

/** The documentation of a connector, as each of its hosts shows it. */
export type Site = {
  /** Of all pages, in the order in which they are to be read. */
  readonly paths: (realm: Realm) => readonly string[]
  /** `null` where there is no page at the path. */
  readonly page: (realm: Realm, path: string, form: Form) => EncodedBody | null
  /** What to look for; `''` lists everything. */
  readonly search: (realm: Realm, query: string, form: Form) => EncodedBody
  readonly missing: (realm: Realm, form: Form) => EncodedBody
  readonly llms: (realm: Realm) => EncodedBody
  readonly llmsFull: (realm: Realm) => EncodedBody
  readonly searchIndex: EncodedBody
}

/** All that is kept, over all hosts; what is not there is written again. */
const MAX_CACHE_BYTES = 32 * 1024 * 1024

/** What a host says, and the pages that say it. */
type Host = {
  readonly facts: SiteFacts
  readonly pages: readonly PageDefinition[]
}

/** Hosts are as many as there are organizations; facts are made in no time. */
const MAX_HOSTS = 200

/** Prepares the documentation. A page is written when a host is first asked for it, and kept. */
export function createSite(options: {
  readonly config: Config
  readonly connector: Connector
  readonly published: Published
}): Site {
  const { config, connector, published } = options
  const hosts = new LRUCache<string, Host>({ max: MAX_HOSTS })
  const bodies = new LRUCache<string, EncodedBody>({
    maxSize: MAX_CACHE_BYTES,
    // Compressed twice, it is at most as much again.
    sizeCalculation: ({ length }) => 2 * length,
  })

  const hostOf = (realm: Realm): Host => {
    const known = hosts.get(realm.issuer)
    if (known !== undefined) return known
    const deployment = toDeployment({ config, connector, realm })
    const facts = { docs: published.docs, deployment }
    const host = { facts, pages: listPages(facts) }
    hosts.set(realm.issuer, host)
    return host
  }
  const keep = (realm: Realm, what: string, make: (host: Host) => EncodedBody): EncodedBody => {
    const key = `${realm.issuer} ${what}`
    const known = bodies.get(key)
    if (known !== undefined) return known
    const body = make(hostOf(realm))
    bodies.set(key, body)
    return body
  }

  return {
    paths: (realm) => hostOf(realm).pages.map(({ path }) => path),
    page(realm, path, form) {
      const page = hostOf(realm).pages.find((each) => each.path === path)
      if (page === undefined) return null
      return keep(realm, `${form} ${path}`, (host) => writePage(host, page, form))
    },
    search(realm, query, form) {
      const host = hostOf(realm)
      return writePage(host, searchPage(host.facts, host.pages, query), form)
    },
    missing: (realm, form) =>
      keep(realm, `${form} missing`, (host) => writePage(host, missingPage(host.pages), form)),
    llms: (realm) =>
      keep(realm, 'llms', ({ facts, pages }) =>
        toMarkdownBody(buildLlms(facts, { pages, linking: linkingOf(facts, 'markdown') })),
      ),
    llmsFull: (realm) =>
      keep(realm, 'llms-full', ({ facts, pages }) =>
        toMarkdownBody(buildLlmsFull({ pages, linking: linkingOf(facts, 'markdown') })),
      ),
    searchIndex: encodeBody('application/json', published.searchIndex),
  }
}

function writePage({ facts, pages }: Host, definition: PageDefinition, form: Form): EncodedBody {
  const page = buildPage(definition, { pages, linking: linkingOf(facts, form) })
  if (form === 'markdown') return toMarkdownBody(page.markdown)
  return encodeBody('text/html', Buffer.from(toHtml(page, { facts, pages })))
}

function toHtml(page: LoosePage, { facts, pages }: Host): string {
  const { title } = facts.docs.connector
  return renderPage(page, { title, pages, hrefOf: (to) => to })
}

/** In Markdown, links are whole, and lead to Markdown: it is read far away from here. */
function linkingOf({ deployment }: SiteFacts, form: Form): Linking {
  if (form === 'html') return (_from, to) => to
  return (_from, to) => `${deployment.origin}${to.startsWith('/llms') ? to : markdownPath(to)}`
}

function toMarkdownBody(text: string): EncodedBody {
  return encodeBody('text/markdown; charset=utf-8', Buffer.from(text))
}
