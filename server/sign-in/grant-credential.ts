import { setTimeout as wait } from 'node:timers/promises'
import type { Seal } from '../seal.ts'
import type { Secret } from '../secret.ts'
import type { GrantStore, LiveGrant } from '../store/grants.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import { parseCredential, toHeaders } from './credential.ts'
import type { RenewCredential } from './sign-in.ts'

/**
 * Longer than a renewal can take; a process that died in one holds the others up no longer. An
 * upstream may be given more time than that, and the way there and back needs some, too.
 */
const MIN_LEASE_MS = 45_000
const LEASE_MARGIN_MS = 15_000
/** When to try again to keep a credential that the upstream has given: it gives each once. */
const SAVE_WAITS_MS = [100, 400, 1_600]
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

/**
 * Makes them over the store.
 *
 * @param options.upstreamTimeoutMs how long the upstream may take for an answer
 */
export function createGrantCredentials(options: {
  readonly grants: GrantStore
  readonly seal: Seal
  readonly renew: RenewCredential | null
  readonly upstreamTimeoutMs: number
}): GrantCredentials {
  const { grants, seal, upstreamTimeoutMs } = options
  const leaseMs = Math.max(MIN_LEASE_MS, upstreamTimeoutMs + LEASE_MARGIN_MS)
  const reveal = (grant: LiveGrant) =>
    parseCredential(seal.open(grant.credential, toContext(grant.id)))
  const open = (grant: LiveGrant) => toHeaders(reveal(grant))

  async function end(grant: LiveGrant): Promise<null> {
    await grants.end(grant.id, 'credential-refused')
    return null
  }

  /** A process that was held up for longer than its lease finds what another one has got since. */
  async function replacementOf({ id, credentialVersion }: LiveGrant): Promise<Headers | null> {
    const grant = await grants.findLive(id)
    return grant === null || grant.credentialVersion === credentialVersion ? null : open(grant)
  }

  async function save(id: string, version: number, sealed: string): Promise<boolean> {
    for (const waitMs of SAVE_WAITS_MS) {
      try {
        return await grants.saveCredential(id, version, sealed)
      } catch {
        await wait(waitMs)
      }
    }
    return grants.saveCredential(id, version, sealed)
  }

  async function renewClaimed(
    grant: LiveGrant,
    renew: RenewCredential,
    requestId: string,
  ): Promise<Headers | null> {
    const { id, credentialVersion } = grant
    try {
      const renewed = await renew(reveal(grant), requestId)
      if (renewed === null) return (await replacementOf(grant)) ?? (await end(grant))
      const sealed = seal.close(JSON.stringify(renewed), toContext(id))
      const isSaved = await save(id, credentialVersion, sealed)
      return isSaved ? toHeaders(renewed) : await replacementOf(grant)
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
        if (await grants.claimRenewal(id, credentialVersion, leaseMs)) {
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
