import { AppError } from '../errors.ts'
import { isLoopbackHost } from '../loopback.ts'
import type { Middleware } from './context.ts'

/** Tells whether a page of this origin may call the connector. */
export type IsAllowedOrigin = (origin: string) => boolean

/** Refuses unknown pages. Browsers send `Origin` on every POST; a request without it passes. */
export function originCheck(options: { readonly isAllowed: IsAllowedOrigin }): Middleware {
  return function originCheck(ctx, next) {
    const origin = ctx.get('origin')
    if (origin !== '' && !options.isAllowed(origin)) {
      throw new AppError('origin_not_allowed', { detail: origin.slice(0, 200) })
    }
    return next()
  }
}

/**
 * Makes the rule of allowed origins.
 *
 * @param options.origins serialized origins, for example `https://claude.ai`
 * @param options.loopback also any port of this machine, for tools that run beside a local server
 * @throws {Error} for a text that is no origin
 */
export function createOriginRule(options: {
  readonly origins: readonly string[]
  readonly loopback: boolean
}): IsAllowedOrigin {
  for (const text of options.origins) {
    if (URL.parse(text)?.origin !== text) throw new Error(`"origins": no origin: ${text}`)
  }
  const allowed = new Set(options.origins)
  return (origin) => allowed.has(origin) || (options.loopback && isLoopback(origin))
}

function isLoopback(origin: string): boolean {
  const url = URL.parse(origin)
  if (url === null || url.origin !== origin) return false
  return isLoopbackHost(url.hostname)
}
