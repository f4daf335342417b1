import type { Middleware } from '../http/context.ts'
import type { FindAuthorizationServer } from './authorization-servers.ts'

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
    ctx.respond = false
    await handle(ctx.req, ctx.res)
  }
}
