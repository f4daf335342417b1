import { askAgain } from '../sign-in/ask-again.ts'
import type { HeldCredentials } from '../sign-in/held-credential.ts'
import type { FindMember } from '../sign-in/members.ts'
import type { GrantStore, LiveGrant } from '../store/grants.ts'

/**
 * Asks the upstream whether a grant's member is still in its organization and may still approve;
 * ends the grant if not.
 *
 * @throws {UpstreamFailure} when the upstream cannot tell; the grant goes on
 */
export type RecheckMember = (grant: LiveGrant, requestId: string) => Promise<boolean>

/** Makes the question. */
export function createRecheckMember(options: {
  readonly grants: GrantStore
  readonly credentials: HeldCredentials
  readonly findMember: FindMember
}): RecheckMember {
  const { grants, credentials, findMember } = options

  return async function recheckMember(grant, requestId) {
    const member = await askAgain(grant, { credentials, findMember }, requestId)
    if (member === null) {
      await grants.end(grant.id, 'credential-refused')
      return false
    }
    const mine = member.organizations.find(({ id }) => id === grant.organizationId)
    if (member.id === grant.memberId && mine?.canApprove === true) return true
    await grants.end(grant.id, 'membership-lost')
    return false
  }
}
