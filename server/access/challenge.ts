import type { Realm } from '../realm.ts'

/** What a `WWW-Authenticate: Bearer` header says (RFC 6750, section 3; RFC 9728, section 5.1). */
export type BearerChallenge = {
  readonly realm: Realm
  /** The path that was called; its own metadata document is named. */
  readonly path: string
  readonly error: 'invalid_token' | 'insufficient_scope' | null
  readonly scopes: readonly string[]
}

/** Renders the header. Without a token there is no error to name (RFC 6750, section 3.1). */
export function renderBearerChallenge({ realm, path, error, scopes }: BearerChallenge): string {
  const parts = [
    ...(error === null ? [] : [`error="${error}"`]),
    `resource_metadata="${metadataUrl(realm, path)}"`,
    `scope="${scopes.join(' ')}"`,
  ]
  return `Bearer ${parts.join(', ')}`
}

/** Where the metadata of a protected resource is (RFC 9728, section 3.1). */
function metadataUrl(realm: Realm, path: string): string {
  return `${realm.issuer}${METADATA_PATH}${path}`
}

/** The well-known path that a resource's own path is appended to. */
export const METADATA_PATH = '/.well-known/oauth-protected-resource'
