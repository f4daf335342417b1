import { INDEX_PATH, SEARCH_PATH } from '../../site/paths.ts'
import type { Context } from '../http/context.ts'
import { sendEncoded, type EncodedBody } from '../http/encoded-body.ts'
import type { Router } from '../http/router.ts'
import type { Form, Site } from './create-site.ts'
import { SITE_HEADERS } from './security-headers.ts'

/** Of what somebody looks for; nobody types more. */
const MAX_QUERY_CHARS = 100

/** Gives the documentation its addresses. Every page is also at its own address with `.md`. */
export function addSiteRoutes(router: Router, site: Site): void {
  const send = (ctx: Context, body: EncodedBody, status = 200) => {
    ctx.set(SITE_HEADERS)
    sendEncoded(ctx, body, { status })
  }
  const sendPage = (ctx: Context, path: string, form: Form) => {
    const { realm } = ctx.state
    if (path === SEARCH_PATH) return send(ctx, site.search(realm, readQuery(ctx), form))
    const body = site.page(realm, path, form)
    if (body === null) send(ctx, site.missing(realm, form), 404)
    else send(ctx, body)
  }

  const isThere = (ctx: Context, path: string) =>
    path === SEARCH_PATH || site.paths(ctx.state.realm).includes(path)

  // The router takes `//` for the same.
  router.get('/', (ctx, next) => (ctx.path === '/' ? sendPage(ctx, '/', chooseForm(ctx)) : next()))
  router.get('/index.md', (ctx) => sendPage(ctx, '/', 'markdown'))
  router.get('/llms.txt', (ctx) => send(ctx, site.llms(ctx.state.realm)))
  router.get('/llms-full.txt', (ctx) => send(ctx, site.llmsFull(ctx.state.realm)))
  router.get(INDEX_PATH, (ctx) => send(ctx, site.searchIndex))
  router.get('/docs{/}', (ctx) => ctx.redirect('/'))
  router.get('/docs/*path', (ctx) => {
    const { path } = ctx
    const bare = path.replace(/\/$/, '')
    if (bare !== path && isThere(ctx, bare)) ctx.redirect(bare)
    else if (path.endsWith('.md')) sendPage(ctx, path.slice(0, -'.md'.length), 'markdown')
    else sendPage(ctx, path, chooseForm(ctx))
  })
}

/** RFC 9110, section 12.5.1: Markdown for who likes it better, HTML for everybody else. */
function chooseForm(ctx: Context): Form {
  ctx.vary('Accept')
  return ctx.accepts('text/html', 'text/markdown') === 'text/markdown' ? 'markdown' : 'html'
}

function readQuery({ query }: Context): string {
  const { q = '' } = query
  return (typeof q === 'string' ? q : (q[0] ?? '')).slice(0, MAX_QUERY_CHARS).trim()
}
