import type { Context, Middleware } from '../http/context.ts'
import { toNetwork } from '../http/network.ts'
import type { RateWindow, Taken } from './rate-window.ts'

/**
 * Lets an address send so many requests in a minute, and no more.
 *
 * @param options.name tells its windows from those of other limits
 * @param options.limit requests in 60 seconds
 * @param options.refuse answers what is too much
 */
export function addressLimit(options: {
  readonly window: RateWindow
  readonly name: string
  readonly limit: number
  readonly refuse: (ctx: Context, taken: Taken) => void
}): Middleware {
  const { window, name, limit, refuse } = options
  return async function addressLimit(ctx, next) {
    // Only a POST does anything; a preflight before it must not cost as much again.
    if (ctx.method === 'POST') {
      const taken = await window.take(addressKey(name, ctx.ip), 1, limit)
      if (!taken.isAllowed) {
        refuse(ctx, taken)
        return
      }
    }
    await next()
  }
}

/** The window's key of an address; a network of IPv6 has one together. */
export function addressKey(name: string, ip: string): string {
  return `address:${name}:${toNetwork(ip)}`
}

/** Whole seconds to wait, as `Retry-After` says it (RFC 9110, section 10.2.3); at least 1. */
export function toRetrySeconds({ retryMs }: Taken): number {
  return Math.max(1, Math.ceil(retryMs / 1000))
}
