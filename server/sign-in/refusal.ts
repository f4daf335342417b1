import { UpstreamFailure } from '../upstream/failure.ts'

/** What an upstream says of a credential that it does not accept, or not for this. */
export const CREDENTIAL_REFUSED: readonly number[] = [401, 403]

/**
 * What an upstream says of a sign-in that it does not accept. Some check the form of a password
 * before the password, and answer as for any malformed request.
 */
export const SIGN_IN_REFUSED: readonly number[] = [400, 401, 403, 422]

/**
 * Gives `null` where the upstream refused with one of the statuses; every other failure stays one. A
 * firewall's page is no word of the API's, and must cost nobody their connection: only a 401 is
 * believed in any form.
 */
export async function nullIfRefused<Value>(
  statuses: readonly number[],
  attempt: () => Promise<Value>,
): Promise<Value | null> {
  try {
    return await attempt()
  } catch (error) {
    if (error instanceof UpstreamFailure && isRefusal(error, statuses)) return null
    throw error
  }
}

function isRefusal({ status, isPage }: UpstreamFailure, statuses: readonly number[]): boolean {
  return statuses.includes(status) && (status === 401 || !isPage)
}
