import type { Realms } from '../realm.ts'
import type { Middleware } from './context.ts'

/** Says for every request which issuer and audience it concerns. */
export function requestRealm(realms: Realms): Middleware {
  return function requestRealm(ctx, next) {
    // The header itself: behind a trusted proxy Koa's `ctx.host` would believe X-Forwarded-Host.
    ctx.state.realm = realms.ofHost(ctx.get('host'))
    return next()
  }
}
