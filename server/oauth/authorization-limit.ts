import type { Middleware } from '../http/context.ts'
import { tooManyBegun } from '../pages/texts.ts'
import type { AttemptLimits } from '../limits/attempt-limits.ts'
import type { ShowProblem } from '../pages/show-problem.ts'

/**
 * Refuses an address that begins too many connections, and shows the person when to come back: each
 * one is a record that is kept for a quarter of an hour, and nobody has signed in for it yet.
 */
export function authorizationLimit(options: {
  readonly limits: AttemptLimits
  readonly showProblem: ShowProblem
}): Middleware {
  const { limits, showProblem } = options

  return async function authorizationLimit(ctx, next) {
    const waitMs = await limits.count('authorize-address', ctx.ip)
    if (waitMs === 0) {
      await next()
      return
    }
    ctx.set('Retry-After', String(Math.ceil(waitMs / 1000)))
    showProblem(ctx, 429, tooManyBegun({ minutes: Math.ceil(waitMs / 60_000) }))
  }
}
