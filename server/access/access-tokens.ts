import { createLocalJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { sha256 } from '../hash.ts'
import type { KeyRing, KeySet, PrivateJwk } from '../oauth/signing-keys.ts'
import type { Realm } from '../realm.ts'
import type { GrantStore } from '../store/grants.ts'
import { readBearer, type Authenticator } from './authenticator.ts'
import {
  CredentialRefused,
  type CredentialOwner,
  type CredentialRefusal,
} from './credential-refused.ts'
import type { ToIdentity } from './grant-identity.ts'
import { noteUse } from './note-use.ts'

const MAX_TOKEN_CHARS = 8_192
const MAX_REMEMBERED = 10_000

const claimsSchema = z.object({
  sub: z.string(),
  client_id: z.string(),
  org: z.string(),
  gid: z.string(),
  scope: z.string().default(''),
  exp: z.number(),
})

type Claims = z.output<typeof claimsSchema>

type Verified = { readonly claims: Claims; readonly scopes: readonly string[] }

/**
 * Access by the authorization server's own tokens (RFC 9068): signature, issuer, audience, type and
 * expiry, and the grant behind it still alive. A verified signature is remembered until the token
 * expires; the grant is looked up on every call.
 *
 * @param options.isOther says which bearer values are another way's
 * @param options.now milliseconds since the epoch
 */
export function createAccessTokens(options: {
  readonly keyRing: KeyRing
  readonly grants: GrantStore
  readonly toIdentity: ToIdentity
  readonly isOther: (token: string) => boolean
  readonly now: () => number
}): Authenticator {
  const { keyRing, grants, toIdentity, now } = options
  const remembered = new LRUCache<string, Verified>({ max: MAX_REMEMBERED })
  let resolver: { readonly version: string; readonly getKey: JWTVerifyGetKey } | null = null

  function toResolver({ keys, version }: KeySet): JWTVerifyGetKey {
    if (resolver?.version !== version) {
      resolver = { version, getKey: createLocalJWKSet({ keys: keys.map(toPublicJwk) }) }
    }
    return resolver.getKey
  }

  async function verify(token: string, realm: Realm): Promise<Claims> {
    const getKey = toResolver(await keyRing.current())
    try {
      return await verifyWith(getKey, token, realm, now())
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      return verifyWith(toResolver(await keyRing.afterMiss()), token, realm, now())
    }
  }

  function recall(key: string): Verified | null {
    const known = remembered.get(key)
    return known !== undefined && known.claims.exp * 1000 > now() ? known : null
  }

  async function learn(key: string, token: string, realm: Realm): Promise<Verified> {
    const claims = await verify(token, realm).catch(toRefusal)
    const verified = { claims, scopes: claims.scope.split(' ') }
    remembered.set(key, verified)
    return verified
  }

  return {
    scheme: 'Bearer',
    async authenticate(attempt) {
      const token = readBearer(attempt)
      if (token === null || options.isOther(token)) return null
      if (token.length > MAX_TOKEN_CHARS) throw refused('token_invalid')
      const { realm } = attempt
      const key = sha256(`${realm.resource} ${token}`)
      const { claims, scopes } = recall(key) ?? (await learn(key, token, realm))
      const grant = await grants.findLive(claims.gid)
      const isSame =
        grant?.realm === realm.label &&
        grant.memberId === claims.sub &&
        grant.organizationId === claims.org &&
        grant.clientId === claims.client_id
      if (!isSame) {
        const owner = ownerOf(claims)
        throw new CredentialRefused('grant_ended', { hint: ENDED, credential: 'oauth', owner })
      }
      noteUse(grants.touch(grant))
      return toIdentity(grant, 'oauth', scopes)
    },
  }
}

const REFUSED = 'The access token is not valid here or has expired: refresh it or connect again.'
const ENDED = 'The connection has ended: connect again.'

async function verifyWith(
  getKey: JWTVerifyGetKey,
  token: string,
  realm: Realm,
  at: number,
): Promise<Claims> {
  const { payload } = await jwtVerify(token, getKey, {
    issuer: realm.issuer,
    audience: realm.resource,
    typ: 'at+jwt',
    algorithms: ['ES256'],
    requiredClaims: ['exp', 'sub', 'client_id', 'gid'],
    currentDate: new Date(at),
  })
  const { data } = claimsSchema.safeParse(payload)
  if (data === undefined) throw refused('token_invalid')
  return data
}

/** Whatever is wrong with a token, its sender learns only that it is not good. */
function toRefusal(error: unknown): never {
  // Its signature, issuer and audience are good: those are looked at before its expiry.
  if (error instanceof errors.JWTExpired) {
    const { data } = claimsSchema.safeParse(error.payload)
    throw refused('token_expired', data === undefined ? null : ownerOf(data))
  }
  throw error instanceof errors.JOSEError ? refused('token_invalid') : error
}

function refused(reason: CredentialRefusal, owner: CredentialOwner | null = null) {
  return new CredentialRefused(reason, { hint: REFUSED, credential: 'oauth', owner })
}

function ownerOf({ sub, org, client_id: clientId, gid }: Claims): CredentialOwner {
  return { organization: org, member: sub, clientId, subject: `grant:${gid}` }
}

function toPublicJwk({ kty, crv, x, y, alg, use, kid }: PrivateJwk) {
  return { kty, crv, x, y, alg, use, kid }
}
