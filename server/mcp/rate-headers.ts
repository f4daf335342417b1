import type { Context, Middleware } from '../http/context.ts'
import type { Taken } from '../limits/rate-window.ts'

/** What tells of a window; `cors.ts` lets pages read it. */
export const RATE_HEADERS = {
  limit: 'X-RateLimit-Limit',
  remaining: 'X-RateLimit-Remaining',
  reset: 'X-RateLimit-Reset',
} as const

/**
 * Gives every answer of the connector its rate headers, however early it is refused: where nobody
 * has taken anything, they state the deployment's limit. `rateLimit` overwrites them.
 *
 * @param options.paths where the connector is, matched as the router does
 * @param options.limit calls in a minute
 */
export function rateHeaders(options: {
  readonly paths: readonly string[]
  readonly limit: number
}): Middleware {
  const { limit } = options
  const paths = new Set(options.paths.map((path) => path.toLowerCase()))
  return async function rateHeaders(ctx, next) {
    if (paths.has(ctx.path.toLowerCase().replace(/\/$/, ''))) {
      writeRateHeaders(ctx, { limit, remaining: limit, resetMs: 0 })
    }
    await next()
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
