import { createServer, type IncomingHttpHeaders } from 'node:http'
import Koa from 'koa'
import type { State } from '../../../server/http/context.ts'
import { assets, PAGE_ASSETS } from '../../../server/pages/assets.ts'
import { sendPage } from '../../../server/pages/send-page.ts'
import { portOf } from '../../support/port.ts'

/** A request as the server saw it. */
export type SeenRequest = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
}

/**
 * Shows pages, each at `/<name>`, with the real style sheets and headers.
 *
 * @param options.afterForm where the browser is sent after any form; without it the page comes again
 */
export async function startPageServer(
  pages: readonly (readonly [name: string, html: string])[],
  { afterForm }: { readonly afterForm?: string } = {},
) {
  const byPath = new Map(pages.map(([name, html]) => [`/${name}`, html]))
  const seen: SeenRequest[] = []
  const app = new Koa<State>()
  app.use(assets(PAGE_ASSETS))
  app.use(async (ctx) => {
    const { method, path, headers } = ctx
    seen.push({ method, path, headers })
    const html = byPath.get(path)
    sendPage(ctx, html === undefined ? 404 : 200, html ?? '')
    if (method === 'POST' && afterForm !== undefined) {
      ctx.redirect(afterForm)
      ctx.status = 303
    }
    return Promise.resolve()
  })
  const handle = app.callback()
  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing))
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
  const close = async () => {
    const closed = Promise.withResolvers<undefined>()
    server.close(() => closed.resolve(undefined))
    server.closeAllConnections()
    await closed.promise
  }
  const url = `http://127.0.0.1:${portOf(server)}`
  return { url, seen, close, [Symbol.asyncDispose]: close }
}
