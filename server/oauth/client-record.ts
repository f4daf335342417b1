import { randomBytes, randomUUID } from 'node:crypto'
import { errors } from 'oidc-provider'
import { z } from 'zod'
import { isLoopbackHost } from '../loopback.ts'
import { toDisplayHost } from '../pages/display-text.ts'
import type { Client, NewClient } from '../store/clients.ts'
import { hashedSecret } from './client-adapter.ts'
import { normalizeClientMetadata } from './client-metadata.ts'
import { ClientRefused } from './client-refused.ts'

const SECRET_BYTES = 32

/** What the store takes, and the secret that it never sees; `null` for a public client. */
export type MadeClient = {
  readonly client: NewClient
  readonly secret: string | null
}

/**
 * Makes a client with the metadata that dynamic registration would store (RFC 7591, section 2).
 *
 * @param options.at seconds since the epoch
 * @throws {ClientRefused} for a name or redirect URI that the authorization server would refuse
 */
export function buildClient(options: {
  readonly realm: string
  /** The one that it may connect; `null` for any. */
  readonly organizationId: string | null
  readonly type: Client['type']
  readonly name: string
  readonly redirectUris: readonly string[]
  readonly isPublic: boolean
  readonly at: number
}): MadeClient {
  const { realm, organizationId, type, name, redirectUris, isPublic, at } = options
  for (const uri of redirectUris) checkRedirectUri(uri)
  const id = randomUUID()
  const secret = isPublic ? null : createSecret()
  const metadata = {
    client_id: id,
    client_id_issued_at: at,
    client_name: name,
    redirect_uris: [...new Set(redirectUris)],
    // Stands for both ways to send a secret (RFC 6749, section 2.3.1).
    token_endpoint_auth_method: isPublic ? 'none' : 'client_secret_basic',
    ...(secret !== null && { ...hashedSecret(secret), client_secret_expires_at: 0 }),
  }
  checkMetadata(metadata)
  const client = { realm, id, organizationId, kind: 'registered', type, name } as const
  return { client: { ...client, metadata: JSON.stringify(metadata) }, secret }
}

/** Gives a confidential client another secret; `null` for a public one, which has none. */
export function replaceSecret(client: Client): MadeClient | null {
  const metadata = metadataSchema.parse(JSON.parse(client.metadata))
  if (metadata.client_secret === undefined) return null
  const secret = createSecret()
  const { realm, id, organizationId, kind, type, name } = client
  const replaced = JSON.stringify({ ...metadata, ...hashedSecret(secret) })
  return { client: { realm, id, organizationId, kind, type, name, metadata: replaced }, secret }
}

const metadataSchema = z.looseObject({ client_secret: z.string().optional() })

/** Base64url only: clients do not agree on how other characters are sent (RFC 6749, appendix B). */
function createSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

function checkMetadata(metadata: Record<string, unknown>): void {
  try {
    normalizeClientMetadata(metadata)
  } catch (error) {
    if (!(error instanceof errors.InvalidClientMetadata)) throw error
    throw new ClientRefused(error.error_description ?? error.message, { cause: error })
  }
}

/** What the authorization server asks of native clients (RFC 8252, section 7). */
function checkRedirectUri(uri: string): void {
  const url = URL.parse(uri)
  if (url === null) throw new ClientRefused(`${quote(uri)} is no absolute URI`)
  if (uri.includes('#')) throw new ClientRefused(`${quote(uri)} must have no fragment`)
  const isLoopback = isLoopbackHost(url.hostname)
  if (url.protocol === 'http:' && !isLoopback) {
    throw new ClientRefused(`${quote(uri)} must begin with https:, as it is not this computer`)
  }
  if (url.protocol === 'https:' && isLoopback) {
    throw new ClientRefused(`${quote(uri)} must begin with http:, as it is this computer`)
  }
}

function quote(text: string): string {
  return JSON.stringify(toDisplayHost(text))
}
