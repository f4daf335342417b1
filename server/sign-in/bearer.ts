import { UpstreamFailure } from '../upstream/failure.ts'
import type { UpstreamCredential } from './credential.ts'

/**
 * Makes the credential of a bearer token.
 *
 * @throws {UpstreamFailure} with status 502 for a token that no header can carry (RFC 6750, section 2.1)
 */
export function toBearer(token: string, refreshToken: string | null): UpstreamCredential {
  if (!/^[\x21-\x7E]+$/.test(token)) {
    throw new UpstreamFailure(502, 'the answer has a token that no header can carry')
  }
  return { kind: 'bearer', token, refreshToken }
}
