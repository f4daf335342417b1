import { randomBytes } from 'node:crypto'
import { sha256 } from '../hash.ts'
import type { ApiKeyStore, DeadApiKey } from '../store/api-keys.ts'
import type { GrantStore } from '../store/grants.ts'
import { readBearer, type Authenticator } from './authenticator.ts'
import { CredentialRefused, type CredentialRefusal } from './credential-refused.ts'
import type { ToIdentity } from './grant-identity.ts'
import { noteUse } from './note-use.ts'

const SECRET_BYTES = 32
/** Beside the connector's own part, so many characters of a key are kept to recognise it by. */
const SHOWN_CHARS = 6

/** Makes a new key, `<connector>_sk_…`; only its hash and its first characters are ever stored. */
export function createApiKey(connectorName: string): {
  readonly key: string
  readonly prefix: string
  readonly hash: string
} {
  const start = keyStart(connectorName)
  const key = `${start}${randomBytes(SECRET_BYTES).toString('base64url')}`
  return { key, prefix: key.slice(0, start.length + SHOWN_CHARS), hash: sha256(key) }
}

/** What every key of a connector begins with. */
export function keyStart(connectorName: string): string {
  return `${connectorName}_sk_`
}

/** Answers whether a bearer value is meant to be an API key of this connector. */
export function isApiKey(connectorName: string, token: string): boolean {
  return token.startsWith(keyStart(connectorName))
}

/** Access by API keys, for scripts: a bearer value that acts through the grant it was made for. */
export function createApiKeys(options: {
  readonly connectorName: string
  readonly apiKeys: ApiKeyStore
  readonly grants: GrantStore
  readonly toIdentity: ToIdentity
}): Authenticator {
  const { connectorName, apiKeys, grants, toIdentity } = options
  return {
    scheme: 'Bearer',
    async authenticate(attempt) {
      const token = readBearer(attempt)
      if (token === null || !isApiKey(connectorName, token)) return null
      const hash = sha256(token)
      const found = await apiKeys.findLive(hash)
      if (found === null) throw refused(await apiKeys.findDead(hash))
      const { key, grant } = found
      noteUse(apiKeys.touch(key))
      noteUse(grants.touch(grant))
      return toIdentity(grant, 'api-key', key.scopes)
    },
  }
}

function refused(dead: DeadApiKey | null): CredentialRefused {
  const options = { hint: REFUSED, credential: 'api-key' } as const
  if (dead === null) return new CredentialRefused('key_unknown', options)
  const { id, organizationId: organization, memberId: member, clientId } = dead
  const owner = { organization, member, clientId, subject: `key:${id}` }
  return new CredentialRefused(REFUSALS[dead.end], { ...options, owner })
}

const REFUSED = 'The API key is unknown, expired or revoked.'

const REFUSALS = {
  revoked: 'key_revoked',
  expired: 'key_expired',
  'grant-ended': 'grant_ended',
} as const satisfies Record<DeadApiKey['end'], CredentialRefusal>
