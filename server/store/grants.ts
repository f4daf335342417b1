import type { OrganizationStatus } from './organizations.ts'

/** Why a grant is no longer alive. */
export type GrantEnd = 'revoked' | 'reused' | 'credential-refused' | 'membership-lost'

/** One member's consent. Times are epoch milliseconds. */
export type Grant = {
  readonly id: string
  /** The issuer's tenant label; `''` is the connector's own host. */
  readonly realm: string
  readonly memberId: string
  readonly memberEmail: string
  readonly memberName: string
  readonly organizationId: string
  readonly organizationName: string
  readonly role: string
  /** `null` for a grant that was made for API keys. */
  readonly clientId: string | null
  readonly clientName: string
  /** Host (or scheme, for private-use schemes) that the client was redirected to. */
  readonly redirectHost: string | null
  /** In name order. */
  readonly scopes: readonly string[]
  /** The sealed upstream credential; `null` once the grant has ended. */
  readonly credential: string | null
  /** Rises with every renewal of the credential. */
  readonly credentialVersion: number
  readonly createdAt: number
  readonly lastUsedAt: number | null
  readonly endedAt: number | null
  readonly endReason: GrantEnd | null
}

export type NewGrant = Omit<
  Grant,
  'credentialVersion' | 'createdAt' | 'lastUsedAt' | 'endedAt' | 'endReason' | 'credential'
> & { readonly credential: string }

/** A live grant with the state of its organization. */
export type LiveGrant = Grant & {
  readonly credential: string
  readonly organizationStatus: OrganizationStatus
}

export interface GrantStore {
  add(grant: NewGrant): Promise<void>
  /** `null` if unknown or ended. One query: it runs on every call. */
  findLive(id: string): Promise<LiveGrant | null>
  /** Newest first; live ones only unless `ended` is asked for. */
  list(filter: {
    readonly organizationId?: string
    readonly memberId?: string
    readonly ended?: boolean
  }): Promise<readonly Grant[]>
  /**
   * Ends a grant, in one transaction: its records of the authorization server are removed, its
   * credential is erased, its API keys are revoked. `false` if it was not alive.
   */
  end(id: string, reason: GrantEnd): Promise<boolean>
  /** Notes a use, at most once a minute. */
  touch(id: string): Promise<void>
  /**
   * Claims the right to renew the credential; `true` for one caller over all processes until the
   * claim is saved, released or `leaseMs` old.
   */
  claimRenewal(id: string, version: number, leaseMs: number): Promise<boolean>
  releaseRenewal(id: string, version: number): Promise<void>
  /** Replaces the credential of that version by the next; `false` if it was replaced or ended. */
  saveCredential(id: string, version: number, sealed: string): Promise<boolean>
}
