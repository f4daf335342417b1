import type { Context, Middleware } from '../http/context.ts'
import type { Authenticator } from './authenticator.ts'
import { renderBearerChallenge } from './challenge.ts'
import { CredentialRefused } from './credential-refused.ts'

/**
 * Lets only callers pass who prove who they are, by the first way that their request tries.
 *
 * @param options.connectorName names the connector in the challenge for API credentials
 * @param options.scopes what a normal user needs; clients ask for what the challenge names
 */
export function authenticate(options: {
  readonly ways: readonly Authenticator[]
  readonly connectorName: string
  readonly scopes: readonly string[]
}): Middleware {
  const { ways, connectorName, scopes } = options

  function challenge(ctx: Context, refused: Authenticator | null): string {
    if (refused?.scheme === 'ApiCredentials') {
      return `ApiCredentials realm=${JSON.stringify(connectorName)}`
    }
    const error = refused === null ? null : 'invalid_token'
    return renderBearerChallenge({ realm: ctx.state.realm, path: ctx.path, error, scopes })
  }

  return async function authenticate(ctx, next) {
    const { realm, requestId } = ctx.state
    const attempt = { readHeader: (name: string) => ctx.get(name), realm, requestId }
    for (const way of ways) {
      try {
        ctx.state.identity = await way.authenticate(attempt)
      } catch (error) {
        if (error instanceof CredentialRefused) {
          ctx.set('WWW-Authenticate', challenge(ctx, way))
        }
        throw error
      }
      if (ctx.state.identity !== null) {
        await next()
        return
      }
    }
    ctx.set('WWW-Authenticate', challenge(ctx, null))
    throw new CredentialRefused('no_credential', { hint: NOTHING_SENT })
  }
}

const NOTHING_SENT =
  'Send a bearer token or an API key in "Authorization"; clients that follow "WWW-Authenticate" get one by themselves.'
