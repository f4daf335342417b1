import { errors } from 'oidc-provider'
import { isPrivateUseScheme } from '../known-clients.ts'
import { GRANT_TYPES } from './grant-types.ts'

const MAX_REDIRECT_URIS = 20
const MAX_NAME_CHARS = 200
const MAX_METADATA_CHARS = 8_000
const MAX_URI_CHARS = 2_000

/** What clients send and this server does not do; refusing it would only lock them out. */
const IGNORED = [
  'scope',
  'default_max_age',
  'require_auth_time',
  'default_acr_values',
  'sector_identifier_uri',
  'subject_type',
  'id_token_signed_response_alg',
  'response_modes',
  'jwks',
  'jwks_uri',
  'dpop_bound_access_tokens',
]

/**
 * Fits what a client registers (RFC 7591, section 2, or a client id metadata document) to this
 * server: every client is a native one with the authorization code and refresh grants. `null` means
 * absent.
 *
 * Runs at registration and at every load from the store, so it must change nothing twice.
 *
 * @throws {errors.InvalidClientMetadata} for what cannot be right
 */
export function normalizeClientMetadata(metadata: Record<string, unknown>): void {
  const absent = Object.keys(metadata).filter((name) => metadata[name] === null)
  for (const name of [...IGNORED, ...absent]) Reflect.deleteProperty(metadata, name)
  metadata['response_types'] = ['code']
  metadata['grant_types'] = [...GRANT_TYPES]
  // Loopback with any port, private-use schemes, http on loopback only (RFC 8252, section 7).
  metadata['application_type'] = 'native'
  checkSize(metadata)
  checkName(metadata['client_name'])
  checkRedirectUris(metadata['redirect_uris'])
}

/** Anybody may register, and what they send is kept. */
function checkSize(metadata: Record<string, unknown>): void {
  if (JSON.stringify(metadata).length > MAX_METADATA_CHARS) {
    const what = `client metadata must not exceed ${MAX_METADATA_CHARS} characters`
    throw new errors.InvalidClientMetadata(what)
  }
}

function checkName(name: unknown): void {
  if (name === undefined) return
  if (typeof name !== 'string' || name.length > MAX_NAME_CHARS) {
    const what = `client_name must be a text of at most ${MAX_NAME_CHARS} characters`
    throw new errors.InvalidClientMetadata(what)
  }
}

function checkRedirectUris(uris: unknown): void {
  if (!Array.isArray(uris)) return
  if (uris.length > MAX_REDIRECT_URIS) {
    const what = `redirect_uris must not hold more than ${MAX_REDIRECT_URIS} entries`
    throw new errors.InvalidClientMetadata(what)
  }
  for (const uri of uris) {
    const url = typeof uri === 'string' ? URL.parse(uri) : null
    if (url === null || String(uri).length > MAX_URI_CHARS) {
      throw new errors.InvalidClientMetadata('redirect_uris must hold absolute URIs')
    }
    if (!isSchemeOfClient(url.protocol) || url.username !== '' || url.password !== '') {
      const what = 'redirect_uris must be https, loopback, or a scheme such as com.example.app:'
      throw new errors.InvalidClientMetadata(what)
    }
  }
}

/** The library judges http and https further: TLS, loopback, fragments. */
function isSchemeOfClient(protocol: string): boolean {
  return /^https?:$/.test(protocol) || isPrivateUseScheme(protocol)
}
