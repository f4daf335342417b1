import { UpstreamFailure } from '../upstream/failure.ts'
import { toHeaders, type UpstreamCredential } from './credential.ts'
import type { FindMember, Member } from './members.ts'

/** What came of a sign-in. */
export type Proof =
  | { readonly outcome: 'proven'; readonly credential: UpstreamCredential; readonly member: Member }
  | { readonly outcome: 'refused' }
  /** Nobody could tell; `reason` is for the log. */
  | { readonly outcome: 'unavailable'; readonly reason: string }

/**
 * Finds out who signs in: a credential counts once the upstream has said whose it is.
 *
 * @param ask what the person brought, turned into a credential; `null` where it was refused
 */
export async function proveMember(
  ask: () => Promise<UpstreamCredential | null>,
  findMember: FindMember,
  requestId: string,
): Promise<Proof> {
  try {
    const credential = await ask()
    const member = credential && (await findMember(toHeaders(credential), requestId))
    if (credential === null || member === null) return { outcome: 'refused' }
    return { outcome: 'proven', credential, member }
  } catch (error) {
    if (!(error instanceof UpstreamFailure)) throw error
    return { outcome: 'unavailable', reason: error.message }
  }
}
