import type { Context, Middleware } from '../http/context.ts'
import { addressLimit, toRetrySeconds } from '../limits/address-limit.ts'
import type { RateWindow, Taken } from '../limits/rate-window.ts'

/**
 * Token requests of one address in a minute. A hosted client sends the refreshes of all its users
 * from a few addresses, each about once in an hour: this is room for 18,000 connections by every
 * address of theirs. It does not depend on `client_id`, which is whatever the sender writes.
 */
export const TOKENS_PER_MINUTE = 300

/**
 * Slows an address down that asks for too many tokens, before anything is looked up or spent: the
 * same code or refresh token works later.
 */
export function tokenLimit(window: RateWindow): Middleware {
  return addressLimit({ window, name: 'token', limit: TOKENS_PER_MINUTE, refuse })
}

/**
 * In the form of RFC 6749, section 5.2, whose own codes would end the connection in some clients, and
 * `slow_down` belongs to another grant: this one is what MCP's own libraries know, and take for no
 * verdict on the token. Any page may read it.
 */
function refuse(ctx: Context, taken: Taken): void {
  ctx.set('Retry-After', String(toRetrySeconds(taken)))
  ctx.set('Cache-Control', 'no-store')
  ctx.set('Access-Control-Allow-Origin', '*')
  ctx.set('Access-Control-Expose-Headers', 'Retry-After')
  ctx.status = 429
  ctx.body = {
    error: 'too_many_requests',
    error_description: 'Too many token requests from this address. Try again later.',
  }
}
