import type { LiveGrant } from './grants.ts'

/** A key for scripts. It acts through a grant and ends with it. Times are epoch milliseconds. */
export type ApiKey = {
  readonly id: string
  /** The first characters of the key, by which people recognise it. */
  readonly prefix: string
  readonly name: string
  readonly grantId: string
  /** At most those of its grant. */
  readonly scopes: readonly string[]
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly lastUsedAt: number | null
  readonly revokedAt: number | null
}

export type NewApiKey = Omit<ApiKey, 'createdAt' | 'lastUsedAt' | 'revokedAt'> & {
  /** SHA-256 of the whole key, base64url. */
  readonly hash: string
}

export interface ApiKeyStore {
  add(key: NewApiKey): Promise<void>
  /** The key and its grant, both alive; `null` if unknown, expired or revoked. One query. */
  findLive(hash: string): Promise<{ readonly key: ApiKey; readonly grant: LiveGrant } | null>
  /** Newest first; with the organization and member of its grant. */
  list(filter: { readonly organizationId?: string }): Promise<
    readonly (ApiKey & { readonly organizationId: string; readonly memberEmail: string })[]
  >
  /** `false` if unknown or already revoked. */
  revoke(id: string): Promise<boolean>
  /** Notes a use, at most once a minute. */
  touch(id: string): Promise<void>
}
