import type { HeldCredentials, Holder } from './held-credential.ts'
import type { FindMember, Member } from './members.ts'

/**
 * Asks the upstream once more whose a held credential is; one that it refuses is renewed first.
 *
 * @returns `null` where the upstream accepts none any more
 * @throws {UpstreamFailure} when the upstream cannot tell
 */
export async function askAgain(
  held: Holder,
  options: { readonly credentials: HeldCredentials; readonly findMember: FindMember },
  requestId: string,
): Promise<Member | null> {
  const { credentials, findMember } = options
  const member = await findMember(credentials.open(held), requestId)
  if (member !== null) return member
  const renewed = await credentials.renew(held, requestId)
  return renewed && findMember(renewed, requestId)
}
