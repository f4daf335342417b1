import type { Context, Middleware } from '../http/context.ts'
import { addressKey, toRetrySeconds } from '../limits/address-limit.ts'
import type { RateWindow, Taken } from '../limits/rate-window.ts'
import { answerEach } from './answer-each.ts'
import { SERVER_ERROR } from './protocol-errors.ts'
import { writeRateHeaders } from './rate-headers.ts'

/** Whose window a request counts in, and how much it holds. */
export type Bucket = { readonly key: string; readonly limit: number }

/**
 * Lets only so many messages pass in a minute; whatever else the body says. A batch costs its
 * length, and anything else one, even if it is no JSON.
 *
 * @param options.bucketOf `memberBucket` or `addressBucket`
 */
export function rateLimit(options: {
  readonly window: RateWindow
  readonly bucketOf: (ctx: Context) => Bucket
}): Middleware {
  const { window, bucketOf } = options
  return async function rateLimit(ctx, next) {
    const { key, limit } = bucketOf(ctx)
    const cost = costOf(ctx.state.message)
    const taken = await window.take(key, cost, limit)
    writeRateHeaders(ctx, taken)
    if (taken.isAllowed) await next()
    else refuse(ctx, cost, taken)
  }
}

/**
 * The window of the member who is calling: the same by whatever credential, and another in each of
 * their organizations.
 *
 * @param limitOf calls of one member in a minute, for an organization
 */
export function memberBucket(limitOf: (organizationId: string) => number) {
  return function memberBucket(ctx: Context): Bucket {
    const { identity } = ctx.state
    if (identity === null) throw new Error('a request without an identity')
    const { organization, member } = identity
    // Ids are the upstream's: with the length of one, no two pairs make one text.
    const key = `member:${organization.id.length}:${organization.id}:${member.id}`
    return { key, limit: limitOf(organization.id) }
  }
}

/**
 * The window of the address that is calling; `TRUST_PROXY` decides which one that is.
 *
 * @param name tells its windows from those of other limits
 * @param limit messages in a minute
 */
export function addressBucket(name: string, limit: number) {
  return function addressBucket({ ip }: Context): Bucket {
    return { key: addressKey(name, ip), limit }
  }
}

function costOf(message: unknown): number {
  return Array.isArray(message) ? Math.max(1, message.length) : 1
}

function refuse(ctx: Context, cost: number, taken: Taken): void {
  const { message, requestId } = ctx.state
  const retryAfter = toRetrySeconds(taken)
  ctx.set('Retry-After', String(retryAfter))
  const detail = `A batch of ${cost} is more than a minute's ${taken.limit}: send fewer at once.`
  const data = { status: 429, retryAfter, ...(cost > taken.limit && { detail }), requestId }
  const error = { code: SERVER_ERROR, message: 'Rate limit exceeded', data }
  answerEach(ctx, message, error, { reason: 'rate_limited' })
  // Of notifications alone nothing can be said but this (MCP, "Sending Messages to the Server").
  if (ctx.status === 202) ctx.status = 429
}
