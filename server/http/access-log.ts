import type { Logger } from 'pino'
import { traceIdOf } from '../telemetry/traceparent.ts'
import type { Middleware } from './context.ts'
import { routeOf } from './route.ts'

/** Stands for an address that is none of ours: what somebody typed there may be a secret. */
const NO_ROUTE = 'other'

/** Writes one line for every request: who asked where, and how it ended. Never a value of a header, path, query or body. */
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
      path: routeOf(ctx) ?? NO_ROUTE,
      status: ctx.status,
      durationMs: Math.round(performance.now() - startedAt),
      organization: identity?.organization.id ?? null,
      member: identity?.member.id ?? null,
      credential: identity?.kind ?? null,
    })
  }
}
