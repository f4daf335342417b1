import { AppError } from '../errors.ts'
import type { Identity } from './identity.ts'

/** Why a credential does not let its bearer in; for the record, as a client learns less. */
export type CredentialRefusal =
  | 'no_credential'
  | 'token_invalid'
  | 'token_expired'
  /** It was ended, or its client is switched off. */
  | 'grant_ended'
  | 'key_unknown'
  | 'key_revoked'
  | 'key_expired'
  | 'credentials_incomplete'
  | 'credentials_refused'
  /** A service connector has another organization now. */
  | 'organization_changed'

/** A way in that proves something. */
type ProvenKind = Exclude<Identity['kind'], 'public'>

/** Whose a refused credential is or was. */
export type CredentialOwner = {
  readonly organization: string
  readonly member: string
  readonly clientId: string | null
  /** The grant or the key, as `kind:id`. */
  readonly subject: string
}

/** A caller who could not prove who they are. */
export class CredentialRefused extends AppError {
  readonly reason: CredentialRefusal
  /** How they tried; `null` where they did not. */
  readonly credential: ProvenKind | null
  /** `null` where nobody knows. It is never told to the caller. */
  readonly owner: CredentialOwner | null

  /** @param options.hint shown to the client: the same whatever was wrong, so that nobody can guess */
  constructor(
    reason: CredentialRefusal,
    options: {
      readonly hint: string
      readonly credential?: ProvenKind
      readonly owner?: CredentialOwner | null
    },
  ) {
    super('unauthorized', { hint: options.hint, detail: reason })
    this.reason = reason
    this.credential = options.credential ?? null
    this.owner = options.owner ?? null
  }
}

/** Names who a grant belongs to. */
export function ownerOfGrant(grant: {
  readonly id: string
  readonly organizationId: string
  readonly memberId: string
  readonly clientId: string | null
}): CredentialOwner {
  const { id, organizationId: organization, memberId: member, clientId } = grant
  return { organization, member, clientId, subject: `grant:${id}` }
}
