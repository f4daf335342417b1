import type { Context, Middleware } from '../http/context.ts'
import { createPathTable } from '../http/path-table.ts'
import type { Taken } from '../limits/rate-window.ts'

/** What tells of a window; `cors.ts` lets pages read it. */
export const RATE_HEADERS = {
  limit: 'X-RateLimit-Limit',
  remaining: 'X-RateLimit-Remaining',
  reset: 'X-RateLimit-Reset',
} as const

/**
 * Gives every answer of the connector its rate headers, however early it is refused: where nobody
 * has taken anything, they state the deployment's limit.
 *
 * @param limits calls in a minute, by the paths where the connector is
 */
export function rateHeaders(limits: ReadonlyMap<string, number>): Middleware {
  const limitAt = createPathTable(limits)
  return async function rateHeaders(ctx, next) {
    const limit = limitAt(ctx.path)
    try {
      await next()
    } finally {
      if (limit !== undefined && !ctx.res.hasHeader(RATE_HEADERS.limit)) {
        writeRateHeaders(ctx, { limit, remaining: limit, resetMs: 0 })
      }
    }
  }
}

/** Writes what a window has left, and in how many seconds it is empty again. */
export function writeRateHeaders(
  ctx: Pick<Context, 'set'>,
  { limit, remaining, resetMs }: Pick<Taken, 'limit' | 'remaining' | 'resetMs'>,
): void {
  ctx.set(RATE_HEADERS.limit, String(limit))
  ctx.set(RATE_HEADERS.remaining, String(remaining))
  ctx.set(RATE_HEADERS.reset, String(Math.ceil(resetMs / 1000)))
}
