import type { Logger } from 'pino'
import { traceIdOf } from '../telemetry/traceparent.ts'
import type { Context, Middleware } from './context.ts'
import { routeOf } from './route.ts'

/** A longer path is no path of ours. */
const MAX_PATH_CHARS = 100

/** Writes one line for every request: who asked where, and how it ended. Never a value of a header, query or body. */
export function accessLog({ log }: { readonly log: Logger }): Middleware {
  return async function accessLog(ctx, next) {
    const startedAt = performance.now()
    await next()
    const { identity, requestId, traceparent } = ctx.state
    log.info({
      event: 'request',
      requestId,
      traceId: traceIdOf(traceparent),
      method: ctx.method,
      path: pathOf(ctx),
      status: ctx.status,
      durationMs: Math.round(performance.now() - startedAt),
      organization: identity?.organization.id ?? null,
      member: identity?.member.id ?? null,
      credential: identity?.kind ?? null,
    })
  }
}

function pathOf(ctx: Context): string {
  return routeOf(ctx) ?? ctx.path.slice(0, MAX_PATH_CHARS)
}
