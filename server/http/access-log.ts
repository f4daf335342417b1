import type { Logger } from 'pino'
import type { Context, Middleware } from './context.ts'

/** A longer path is no path of ours. */
const MAX_PATH_CHARS = 100

/** Writes one line for every request: who asked where, and how it ended. Never a value of a header, query or body. */
export function accessLog({ log }: { readonly log: Logger }): Middleware {
  return async function accessLog(ctx, next) {
    const startedAt = performance.now()
    await next()
    const { identity, requestId } = ctx.state
    log.info({
      event: 'request',
      requestId,
      method: ctx.method,
      path: routeOf(ctx),
      status: ctx.status,
      durationMs: Math.round(performance.now() - startedAt),
      organization: identity?.organization.id ?? null,
      member: identity?.member.id ?? null,
      credential: identity?.kind ?? null,
    })
  }
}

/** A route's own path, with `:uid` for an interaction's: that is its cookie's value, too. */
function routeOf(ctx: Context): string {
  const route: unknown = Reflect.get(ctx, '_matchedRoute')
  return typeof route === 'string' ? route : ctx.path.slice(0, MAX_PATH_CHARS)
}
