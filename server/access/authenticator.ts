import type { Realm } from '../realm.ts'
import type { Identity } from './identity.ts'

/** A request, as far as it tells who sends it. */
export type Attempt = {
  /** Reads request headers by lower-case name. */
  readonly readHeader: (name: string) => string
  /** The host's realm that the request came to. */
  readonly realm: Realm
  readonly requestId: string
}

/** One way to prove who is calling. */
export interface Authenticator {
  /** The authentication scheme that a refusal names (RFC 9110, section 11.1). */
  readonly scheme: 'Bearer' | 'ApiCredentials'
  /**
   * @returns `null` where the request carries no credential of this kind
   * @throws {CredentialRefused} for a credential that is not good
   */
  authenticate(attempt: Attempt): Promise<Identity | null>
}

/** The token of an `Authorization: Bearer` header (RFC 6750, section 2.1); `null` without one. */
export function readBearer({ readHeader }: Attempt): string | null {
  const header = readHeader('authorization').trim()
  const match = /^Bearer(?: +|$)/i.exec(header)
  return match === null ? null : header.slice(match[0].length)
}
