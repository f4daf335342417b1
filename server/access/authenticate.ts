import { AppError } from '../errors.ts'
import type { Middleware } from '../http/context.ts'
import type { Authenticator } from './api-credentials.ts'

/**
 * Lets only callers pass who prove who they are, by the first way that their request tries.
 *
 * @param options.realm names the connector in the challenge (RFC 9110, section 11.5)
 * @param options.hint tells a caller without any credential what to send
 */
export function authenticate(options: {
  readonly ways: readonly Authenticator[]
  readonly realm: string
  readonly hint: string
}): Middleware {
  const challenge = `ApiCredentials realm=${JSON.stringify(options.realm)}`

  return async function authenticate(ctx, next) {
    try {
      for (const way of options.ways) {
        ctx.state.identity ??= await way.authenticate((name) => ctx.get(name), ctx.state.requestId)
      }
      if (ctx.state.identity === null) throw new AppError('unauthorized', { hint: options.hint })
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthorized')
        ctx.set('WWW-Authenticate', challenge)
      throw error
    }
    await next()
  }
}
