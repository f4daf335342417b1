import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client'
import { isRecord } from '../json.ts'
import { UpstreamFailure } from '../upstream/failure.ts'

/** The person said no, or the identity provider takes back what it gave (RFC 6749, sections 4.1.2.1, 5.2). */
const REFUSALS = ['access_denied', 'invalid_grant']

/**
 * Gives `null` where the person or the identity provider refused.
 *
 * The failure it throws has no `cause`: the library's errors hold whole answers and parameters, and
 * with them codes and tokens.
 *
 * @throws {UpstreamFailure} with status 504 when there was no answer in time, 502 for everything else
 */
export async function nullIfDenied<Value>(attempt: () => Promise<Value>): Promise<Value | null> {
  try {
    return await attempt()
  } catch (error) {
    if (isProtocolError(error) && REFUSALS.includes(error.error)) return null
    throw toFailure(error)
  }
}

function isProtocolError(error: unknown): error is AuthorizationResponseError | ResponseBodyError {
  return error instanceof AuthorizationResponseError || error instanceof ResponseBodyError
}

function toFailure(error: unknown): unknown {
  if (isProtocolError(error)) return failure(502, `answered "${toCode(error.error)}"`)
  if (error instanceof WWWAuthenticateChallengeError) {
    return failure(502, 'refused our client: check OIDC_CLIENT_ID and OIDC_CLIENT_SECRET')
  }
  const code = isRecord(error) ? error['code'] : undefined
  if (code === 'OAUTH_TIMEOUT') return failure(504, 'did not answer in time')
  // Every error of the library's own has such a code, also those whose class it does not export.
  if (typeof code === 'string' && code.startsWith('OAUTH_')) {
    return failure(502, `answered what cannot be used: ${toCode(code)}`)
  }
  if (error instanceof ClientError) return failure(502, 'did not answer')
  // `fetch` without a connection; by its message, because its class has several copies at run time.
  if (isRecord(error) && error['message'] === 'fetch failed') return failure(502, 'did not answer')
  return error
}

function failure(status: number, what: string): UpstreamFailure {
  return new UpstreamFailure(status, `the identity provider ${what}`)
}

/** A code is a word; whatever else comes in its place is not repeated. */
function toCode(text: string): string {
  return /^[\w.-]{1,64}$/.test(text) ? text : 'unknown'
}
