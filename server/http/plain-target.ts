import type { Middleware } from './context.ts'

/**
 * Reduces a request's target to its path and query (RFC 9112, section 3.2), so that everything behind
 * may ask for the path: what has none becomes `*`, which is no route. The host of an absolute target
 * counts for nothing: `Host` says which realm is meant.
 */
export function plainTarget(): Middleware {
  return function plainTarget(ctx, next) {
    if (!ctx.url.startsWith('/')) {
      const url = /^https?:/i.test(ctx.url) ? URL.parse(ctx.url) : null
      ctx.url = url === null ? '*' : `${url.pathname}${url.search}`
    }
    return next()
  }
}
