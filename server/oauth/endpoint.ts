import type { Context, Middleware } from '../http/context.ts'
import type { FindAuthorizationServer } from './authorization-servers.ts'

/** What the library gives back to a page as it came. */
const ECHOED = ['origin', 'access-control-request-headers']
/** What a browser writes into these (Fetch standard, sections 3.1 and 3.2.2). */
const PRINTABLE = /^[\x20-\x7E]*$/

/**
 * Hands a request to the authorization server of its realm. Host, scheme and address are set before:
 * the library would build its URLs from what the request claims.
 */
export function authorizationEndpoint(find: FindAuthorizationServer): Middleware {
  return async function authorizationEndpoint(ctx) {
    const { realm, requestId } = ctx.state
    const { host, protocol } = new URL(realm.issuer)
    const { handle } = await find(realm)
    Object.assign(ctx.req.headers, {
      host,
      'x-forwarded-host': host,
      'x-forwarded-proto': protocol.replace(':', ''),
      'x-forwarded-for': ctx.ip,
      'x-request-id': requestId,
    })
    forgetUnprintable(ctx)
    ctx.respond = false
    await handle(ctx.req, ctx.res)
  }
}

/** Whoever sends control characters is no browser, and gets none of them back. */
function forgetUnprintable({ req }: Pick<Context, 'req'>): void {
  for (const name of ECHOED) {
    if (!PRINTABLE.test(String(req.headers[name] ?? ''))) Reflect.deleteProperty(req.headers, name)
  }
}
