import { LRUCache } from 'lru-cache'
import { AppError } from '../errors.ts'
import { sha256 } from '../hash.ts'
import type { ApiCredentialHeaders } from '../mcp/tool.ts'
import { Secret } from '../secret.ts'
import type { OrganizationStatus } from '../store/organizations.ts'
import type { Authenticator } from './authenticator.ts'
import { CredentialRefused, type CredentialRefusal } from './credential-refused.ts'
import type { FindMembership, Membership } from './membership.ts'

/** A checked credential is believed this long; one that was withdrawn upstream works no longer here. */
export const BELIEVED_MS = 60_000
/** A refused one is not asked about again for this long, so that guessing does not reach the upstream. */
const REFUSED_MS = 5_000
const MAX_REMEMBERED = 10_000
/** Checks under way at once, so that guessing does not use up the upstream's connections. */
const MAX_IN_FLIGHT = 16
const MAX_HEADER_CHARS = 512

/** Whether an organization is let in; one that was never seen is noted. */
export type StatusOf = (organization: {
  readonly id: string
  readonly name: string
}) => Promise<OrganizationStatus>

type Believed = Membership & { readonly headers: Readonly<Record<string, Secret>> }

/**
 * Access by API credentials: key, secret and a member's e-mail address in three headers, for clients
 * that cannot do OAuth. The upstream judges them; the answer is remembered by hash for a minute.
 *
 * @param options.statusOf asked on every call: switching an organization off works at once
 * @param options.now milliseconds since any fixed point, never going back
 */
export function createApiCredentials(options: {
  readonly headers: ApiCredentialHeaders
  readonly findMembership: FindMembership
  readonly statusOf: StatusOf
  readonly now: () => number
}): Authenticator {
  const { headers, findMembership } = options
  const names = [headers.key, headers.secret, headers.email]
  const remembered = new LRUCache<string, Promise<Believed | null>>({
    max: MAX_REMEMBERED,
    ttl: BELIEVED_MS,
    perf: { now: options.now },
    ttlResolution: 0,
    ttlAutopurge: true,
  })
  let inFlight = 0

  async function check(values: readonly string[], requestId: string): Promise<Believed | null> {
    const headers = Object.fromEntries(
      names.map((name, index) => [name, new Secret(values[index] ?? '')]),
    )
    const membership = await findMembership(headers, requestId)
    const email = values[2] ?? ''
    if (membership === null || !isSameAddress(membership.member.email, email)) return null
    return { ...membership, headers }
  }

  function recall(
    key: string,
    values: readonly string[],
    requestId: string,
  ): Promise<Believed | null> {
    const known = remembered.get(key)
    if (known !== undefined) return known
    if (inFlight >= MAX_IN_FLIGHT) throw new AppError('overloaded')
    const checking = check(values, requestId)
    const isLatest = () => remembered.peek(key) === checking
    remembered.set(key, checking)
    inFlight += 1
    checking
      .then(
        (believed) => {
          if (believed === null && isLatest()) remembered.set(key, checking, { ttl: REFUSED_MS })
        },
        () => {
          if (isLatest()) remembered.delete(key)
        },
      )
      .finally(() => (inFlight -= 1))
    return checking
  }

  return {
    scheme: 'ApiCredentials',
    async authenticate({ readHeader, requestId }) {
      const values = names.map((name) => readHeader(name.toLowerCase()))
      if (values.every((value) => value === '')) return null
      const missing = names.filter((_, index) => values[index] === '')
      if (missing.length > 0) {
        throw refused('credentials_incomplete', `Missing: ${missing.join(', ')}.`)
      }
      if (values.some((value) => value.length > MAX_HEADER_CHARS)) {
        throw refused('credentials_refused', REFUSED)
      }
      const key = sha256(JSON.stringify(values))
      const believed = await recall(key, values, requestId)
      if (believed === null) throw refused('credentials_refused', REFUSED)
      const { member, organization, headers: credential } = believed
      const forget = () => void remembered.delete(key)
      return {
        member,
        organization: { ...organization, status: await options.statusOf(organization) },
        kind: 'api-credentials',
        scopes: null,
        client: null,
        credential: {
          open: () => credential,
          renew: () => Promise.resolve(forget()).then(() => null),
          end: () => Promise.resolve(forget()),
        },
      }
    },
  }
}

/** Says the same whichever of the three was wrong, so that nobody can try them out one by one. */
const REFUSED =
  'The API key, its secret or the e-mail address was refused: check all three; the address must belong to a member of the organization that the key was made for.'

function refused(reason: CredentialRefusal, hint: string): CredentialRefused {
  return new CredentialRefused(reason, { hint, credential: 'api-credentials' })
}

function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
