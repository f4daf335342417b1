import { setTimeout as wait } from 'node:timers/promises'
import type { Seal } from '../seal.ts'
import type { Secret } from '../secret.ts'
import type { Renewals } from '../store/renewals.ts'
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

/** Something that acts for a member for longer than a request: a grant, a session of the console. */
export type Holder = {
  readonly id: string
  /** The member's sealed upstream credential. */
  readonly credential: string
  /** Rises with every renewal of the credential. */
  readonly credentialVersion: number
}

/** Where holders are kept. */
export interface HolderStore<Held extends Holder> extends Renewals {
  /** `null` once it has ended. */
  findLive(id: string): Promise<Held | null>
  end(id: string, reason: 'credential-refused'): Promise<unknown>
}

/** The upstream credentials of members: sealed in the store, opened for one request at a time. */
export interface HeldCredentials {
  /** @returns what is stored for a holder that does not exist yet */
  seal(id: string, credential: string): string
  /** The headers that the upstream accepts as the member. */
  open(held: Holder): Headers
  /**
   * Replaces a credential that the upstream refused; of several calls that notice at once, over all
   * instances, one asks the upstream.
   *
   * @returns the new headers, or `null` where there is no way: the holder has ended then
   * @throws {UpstreamFailure} where nobody could tell; the holder goes on
   */
  renew(held: Holder, requestId: string): Promise<Headers | null>
}

/**
 * Makes them over one kind of holder.
 *
 * @param options.kind a sealed credential opens for its own holder only: a row can be moved to none
 *   of another kind or id
 * @param options.upstreamTimeoutMs how long the upstream may take for an answer
 */
export function createHeldCredentials<Held extends Holder>(options: {
  readonly kind: 'grant' | 'console-session'
  readonly holders: HolderStore<Held>
  readonly seal: Seal
  readonly renew: RenewCredential | null
  readonly upstreamTimeoutMs: number
}): HeldCredentials {
  const { kind, holders, seal, upstreamTimeoutMs } = options
  const leaseMs = Math.max(MIN_LEASE_MS, upstreamTimeoutMs + LEASE_MARGIN_MS)
  const toContext = (id: string) => `${kind}:${id}`
  const reveal = (held: Holder) => parseCredential(seal.open(held.credential, toContext(held.id)))
  const open = (held: Holder) => toHeaders(reveal(held))

  async function end({ id }: Holder): Promise<null> {
    await holders.end(id, 'credential-refused')
    return null
  }

  /** A process that was held up for longer than its lease finds what another one has got since. */
  async function replacementOf({ id, credentialVersion }: Holder): Promise<Headers | null> {
    const held = await holders.findLive(id)
    return held === null || held.credentialVersion === credentialVersion ? null : open(held)
  }

  async function save(id: string, version: number, sealed: string): Promise<boolean> {
    for (const waitMs of SAVE_WAITS_MS) {
      try {
        return await holders.saveCredential(id, version, sealed)
      } catch {
        await wait(waitMs)
      }
    }
    return holders.saveCredential(id, version, sealed)
  }

  async function renewClaimed(
    held: Holder,
    renew: RenewCredential,
    requestId: string,
  ): Promise<Headers | null> {
    const { id, credentialVersion } = held
    try {
      const renewed = await renew(reveal(held), requestId)
      if (renewed === null) return (await replacementOf(held)) ?? (await end(held))
      const sealed = seal.close(JSON.stringify(renewed), toContext(id))
      const isSaved = await save(id, credentialVersion, sealed)
      return isSaved ? toHeaders(renewed) : await replacementOf(held)
    } catch (error) {
      await holders.releaseRenewal(id, credentialVersion)
      throw error
    }
  }

  return {
    seal: (id, credential) => seal.close(credential, toContext(id)),
    open,
    async renew(stale, requestId) {
      const { id, credentialVersion } = stale
      for (let waited = 0; waited < MAX_WAIT_MS; waited += WAIT_STEP_MS) {
        const held = await holders.findLive(id)
        if (held === null) return null
        if (held.credentialVersion !== credentialVersion) return open(held)
        if (options.renew === null) return end(held)
        if (await holders.claimRenewal(id, credentialVersion, leaseMs)) {
          return renewClaimed(held, options.renew, requestId)
        }
        await wait(WAIT_STEP_MS)
      }
      throw new UpstreamFailure(504, 'another call is renewing the credential')
    },
  }
}
