import { AppError } from '../errors.ts'
import type { Middleware } from '../http/context.ts'
import type { Attempt, AttemptLimits } from '../limits/attempt-limits.ts'

/** Refuses an address that tries too often, and says when to come back. */
export function attemptCheck(limits: AttemptLimits, attempt: Attempt): Middleware {
  return async function attemptCheck(ctx, next) {
    const waitMs = ctx.method === 'POST' ? await limits.count(attempt, ctx.ip) : 0
    if (waitMs > 0) {
      ctx.set('Retry-After', String(Math.ceil(waitMs / 1000)))
      throw new AppError('too_many_attempts')
    }
    await next()
  }
}
