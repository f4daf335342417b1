import { randomBytes } from 'node:crypto'
import { AppError } from '../errors.ts'
import { sha256 } from '../hash.ts'
import type { ApiKeyStore } from '../store/api-keys.ts'
import type { GrantStore } from '../store/grants.ts'
import { readBearer, type Authenticator } from './authenticator.ts'
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
      const found = await apiKeys.findLive(sha256(token))
      if (found === null) throw new AppError('unauthorized', { hint: REFUSED })
      const { key, grant } = found
      noteUse(() => apiKeys.touch(key))
      noteUse(() => grants.touch(grant))
      return toIdentity(grant, 'api-key', key.scopes)
    },
  }
}

const REFUSED = 'The API key is unknown, expired or revoked.'

function keyStart(connectorName: string): string {
  return `${connectorName}_sk_`
}
