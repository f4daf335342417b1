import type { Secret } from '../secret.ts'
import type { OrganizationStatus } from '../store/organizations.ts'

/** Who is calling, proven: one member in one organization, and what the upstream accepts from them. */
export type Identity = {
  readonly member: { readonly id: string; readonly email: string; readonly name: string }
  readonly organization: {
    readonly id: string
    readonly name: string
    readonly role: string
    readonly status: OrganizationStatus
  }
  /**
   * How they proved it: `console` has a session in the console; `public` proves nothing, and is
   * nobody of no organization.
   */
  readonly kind: 'oauth' | 'api-key' | 'api-credentials' | 'console' | 'public'
  /** What they may read; `null` is everything that the member may. */
  readonly scopes: readonly string[] | null
  /** The client that the grant was given to; `null` where there is none. */
  readonly client: {
    /** `null` for a grant that was made for API keys. */
    readonly id: string | null
    readonly name: string
    readonly redirectHost: string | null
  } | null
  readonly credential: UpstreamAccess
}

/** What the upstream accepts as this member; nothing of the client's own token is in it. */
export type UpstreamAccess = {
  /** Opens the headers for one request: nobody keeps them longer. */
  readonly open: () => Readonly<Record<string, Secret>>
  /**
   * Asks for other headers after the upstream refused those.
   *
   * @returns `null` where there is no way: the credential is not believed any longer then
   * @throws {UpstreamFailure} where nobody could tell
   */
  readonly renew: (requestId: string) => Promise<Readonly<Record<string, Secret>> | null>
  /** Stops believing the credential: the upstream refused it for good. */
  readonly end: () => Promise<void>
}
