import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { AppError } from '../errors.ts'
import type { ApiCredentialHeaders } from '../mcp/tool.ts'
import { Secret } from '../secret.ts'
import type { Identity } from './identity.ts'
import type { FindMembership } from './membership.ts'

/** A checked credential is believed this long; one that was withdrawn upstream works no longer here. */
const BELIEVED_MS = 60_000
/** A refused one is not asked about again for this long, so that guessing does not reach the upstream. */
const REFUSED_MS = 5_000
const MAX_REMEMBERED = 10_000
/** Checks under way at once, so that guessing does not use up the upstream's connections. */
const MAX_IN_FLIGHT = 16
const MAX_HEADER_CHARS = 512

/** Reads request headers by lower-case name. */
export type ReadHeader = (name: string) => string

/** Tells who is calling from a request's headers. */
export interface Authenticator {
  /** @returns `null` where the request carries no credential of this kind */
  authenticate(readHeader: ReadHeader, requestId: string): Promise<Identity | null>
}

/**
 * Access by API credentials: key, secret and a member's e-mail address in three headers, for clients
 * that cannot do OAuth. The upstream judges them; the answer is remembered by hash for a minute.
 *
 * @param options.now milliseconds since any fixed point, never going back
 */
export function createApiCredentials(options: {
  readonly headers: ApiCredentialHeaders
  readonly findMembership: FindMembership
  readonly now: () => number
}): Authenticator {
  const { headers, findMembership } = options
  const names = [headers.key, headers.secret, headers.email]
  const remembered = new LRUCache<string, Promise<Identity | null>>({
    max: MAX_REMEMBERED,
    ttl: BELIEVED_MS,
    perf: { now: options.now },
    ttlResolution: 0,
    ttlAutopurge: true,
  })
  let inFlight = 0

  async function check(values: readonly string[], requestId: string): Promise<Identity | null> {
    const credential = Object.fromEntries(
      names.map((name, index) => [name, new Secret(values[index] ?? '')]),
    )
    const membership = await findMembership(credential, requestId)
    const email = values[2] ?? ''
    if (membership === null || !isSameAddress(membership.member.email, email)) return null
    return { ...membership, kind: 'api-credentials', credential }
  }

  function recall(values: readonly string[], requestId: string): Promise<Identity | null> {
    const key = createHash('sha256').update(JSON.stringify(values)).digest('base64')
    const known = remembered.get(key)
    if (known !== undefined) return known
    if (inFlight >= MAX_IN_FLIGHT) throw new AppError('overloaded')
    const checking = check(values, requestId)
    const isLatest = () => remembered.peek(key) === checking
    remembered.set(key, checking)
    inFlight += 1
    checking
      .then(
        (identity) => {
          if (identity === null && isLatest()) remembered.set(key, checking, { ttl: REFUSED_MS })
        },
        () => {
          if (isLatest()) remembered.delete(key)
        },
      )
      .finally(() => (inFlight -= 1))
    return checking
  }

  return {
    async authenticate(readHeader, requestId) {
      const values = names.map((name) => readHeader(name.toLowerCase()))
      if (values.every((value) => value === '')) return null
      const missing = names.filter((_, index) => values[index] === '')
      if (missing.length > 0) {
        throw new AppError('unauthorized', { hint: `Missing: ${missing.join(', ')}.` })
      }
      if (values.some((value) => value.length > MAX_HEADER_CHARS)) {
        throw new AppError('unauthorized', { hint: REFUSED })
      }
      const identity = await recall(values, requestId)
      if (identity === null) throw new AppError('unauthorized', { hint: REFUSED })
      return identity
    },
  }
}

/** Says the same whichever of the three was wrong, so that nobody can try them out one by one. */
const REFUSED =
  'The API key, its secret or the e-mail address was refused: check all three; the address must belong to a member of the organization that the key was made for.'

function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
