import type { Secret } from '../secret.ts'
import type { NewGrant } from '../store/grants.ts'

/** One organization that a member belongs to. */
export type MemberOrganization = {
  readonly id: string
  readonly name: string
  readonly role: string
  /** Whether that role may approve clients. */
  readonly canApprove: boolean
}

/** A member and all organizations that the upstream says they belong to. */
export type Member = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly organizations: readonly MemberOrganization[]
}

/**
 * Asks the upstream who a credential belongs to.
 *
 * @returns `null` where the upstream refuses the credential (401, 403)
 * @throws {UpstreamFailure} when the upstream cannot tell
 */
export type FindMember = (
  headers: Readonly<Record<string, Secret>>,
  requestId: string,
) => Promise<Member | null>

/** Who gives a grant, and for what, as the store keeps it. */
export function toGrantOwner(
  { id, email, name }: Member,
  organization: MemberOrganization,
): Pick<
  NewGrant,
  'memberId' | 'memberEmail' | 'memberName' | 'organizationId' | 'organizationName' | 'role'
> {
  return {
    memberId: id,
    memberEmail: email,
    memberName: name,
    organizationId: organization.id,
    organizationName: organization.name,
    role: organization.role,
  }
}
