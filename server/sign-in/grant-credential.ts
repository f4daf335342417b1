import { setTimeout as wait } from 'node:timers/promises'
import type { Seal } from '../seal.ts'
import type { Secret } from '../secret.ts'
import type { GrantStore, LiveGrant } from '../store/grants.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import { parseCredential, toHeaders } from './credential.ts'
import type { RenewCredential } from './sign-in.ts'

/** Longer than a renewal can take; a process that died in one holds the others up no longer. */
const RENEWAL_LEASE_MS = 45_000
/** How long a call waits for a renewal that another call has begun. */
const MAX_WAIT_MS = 15_000
const WAIT_STEP_MS = 50

type Headers = Readonly<Record<string, Secret>>

/** The upstream credentials of grants: sealed in the store, opened for one request at a time. */
export interface GrantCredentials {
  /** @returns what is stored for a grant that does not exist yet */
  seal(grantId: string, credential: string): string
  /** The headers that the upstream accepts as the grant's member. */
  open(grant: LiveGrant): Headers
  /**
   * Replaces a credential that the upstream refused; of several calls that notice at once, over all
   * instances, one asks the upstream.
   *
   * @returns the new headers, or `null` where there is no way: the grant has ended then
   * @throws {UpstreamFailure} where nobody could tell; the grant goes on
   */
  renew(grant: LiveGrant, requestId: string): Promise<Headers | null>
}

/** Makes them over the store. */
export function createGrantCredentials(options: {
  readonly grants: GrantStore
  readonly seal: Seal
  readonly renew: RenewCredential | null
}): GrantCredentials {
  const { grants, seal } = options
  const reveal = (grant: LiveGrant) =>
    parseCredential(seal.open(grant.credential, toContext(grant.id)))
  const open = (grant: LiveGrant) => toHeaders(reveal(grant))

  async function end(grant: LiveGrant): Promise<null> {
    await grants.end(grant.id, 'credential-refused')
    return null
  }

  async function renewClaimed(
    grant: LiveGrant,
    renew: RenewCredential,
    requestId: string,
  ): Promise<Headers | null> {
    const { id, credentialVersion } = grant
    try {
      const renewed = await renew(reveal(grant), requestId)
      if (renewed === null) return await end(grant)
      const sealed = seal.close(JSON.stringify(renewed), toContext(id))
      return (await grants.saveCredential(id, credentialVersion, sealed))
        ? toHeaders(renewed)
        : null
    } catch (error) {
      await grants.releaseRenewal(id, credentialVersion)
      throw error
    }
  }

  return {
    seal: (grantId, credential) => seal.close(credential, toContext(grantId)),
    open,
    async renew(stale, requestId) {
      const { id, credentialVersion } = stale
      for (let waited = 0; waited < MAX_WAIT_MS; waited += WAIT_STEP_MS) {
        const grant = await grants.findLive(id)
        if (grant === null) return null
        if (grant.credentialVersion !== credentialVersion) return open(grant)
        if (options.renew === null) return end(grant)
        if (await grants.claimRenewal(id, credentialVersion, RENEWAL_LEASE_MS)) {
          return renewClaimed(grant, options.renew, requestId)
        }
        await wait(WAIT_STEP_MS)
      }
      throw new UpstreamFailure(504, 'another call is renewing the credential')
    },
  }
}

/** A sealed credential opens for its own grant only: a row cannot be moved to another. */
function toContext(grantId: string): string {
  return `grant:${grantId}`
}
