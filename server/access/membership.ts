import type { Secret } from '../secret.ts'
import type { FindMember } from '../sign-in/members.ts'
import type { Identity } from './identity.ts'

/** The member that a credential speaks for and the one organization it is bound to. */
export type Membership = Pick<Identity, 'member'> & {
  readonly organization: Omit<Identity['organization'], 'status'>
}

/**
 * Asks the upstream who a credential belongs to.
 *
 * @returns `null` where the upstream refuses it, or where it is not bound to exactly one organization
 * @throws {UpstreamFailure} when the upstream cannot tell
 */
export type FindMembership = (
  credential: Readonly<Record<string, Secret>>,
  requestId: string,
) => Promise<Membership | null>

/** Narrows the question down to members of one organization. */
export function createFindMembership(findMember: FindMember): FindMembership {
  return async function findMembership(credential, requestId) {
    const found = await findMember(credential, requestId)
    const [organization, ...others] = found?.organizations ?? []
    if (found === null || organization === undefined || others.length > 0) return null
    return {
      member: { id: found.id, email: found.email, name: found.name },
      organization: { id: organization.id, name: organization.name, role: organization.role },
    }
  }
}
