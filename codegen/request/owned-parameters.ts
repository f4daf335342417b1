import type { AllowList } from '../allow-list/allow-list.ts'
import type { Bundle } from '../document/bundle.ts'
import { findCredentialPlace } from '../allow-list/credential-place.ts'
import { followBundled } from '../document/follow-bundled.ts'
import { objectAt, textAt } from '../json.ts'
import { valueAt } from '../json-pointer.ts'
import type { WireParameter } from '../model.ts'

/**
 * Headers that no caller may set: those that the connector or HTTP itself writes (OpenAPI 3.1,
 * section 4.8.12.1, names three), and those that make another request of it.
 */
const RESERVED_HEADERS = [
  'accept',
  'accept-encoding',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'cookie',
  'expect',
  'forwarded',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'traceparent',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-http-method',
  'x-http-method-override',
  'x-mcp-client',
  'x-method-override',
  'x-request-id',
]

/** Names of credentials, in lower case and without `-` and `_`. */
const CREDENTIAL_NAMES = [
  'accesstoken',
  'apikey',
  'apisecret',
  'apitoken',
  'authtoken',
  'clientsecret',
  'xaccesstoken',
  'xapikey',
  'xapisecret',
  'xapitoken',
  'xauthtoken',
]

/** A credential where the upstream insists on it; optional ones of this name are often of a page. */
const REQUIRED_CREDENTIAL_NAMES = ['token']

/** What the connector sends itself. */
export type Owned = {
  /** Whatever the document says of them, as `keyOf` writes them. */
  readonly own: ReadonlySet<string>
  /** The parameters that carry an API key, as `keyOf` writes them. */
  readonly schemes: ReadonlySet<string>
}

/**
 * Who gives a parameter its value: the caller, the connector, nobody because it is a `credential`
 * that no security scheme names, or nobody because it would make a `write` of the request.
 */
export type Giver = 'caller' | 'connector' | 'credential' | 'write'

type Named = Pick<WireParameter, 'name' | 'in'> & { readonly required: boolean }

/** Lists what no caller may set, as `keyOf` writes it. */
export function listOwn({ upstream }: AllowList): ReadonlySet<string> {
  const headers = [upstream.organizationHeader, ...Object.values(upstream.apiCredentials ?? {})]
  const credential = findCredentialPlace(upstream)
  return new Set([
    ...[...RESERVED_HEADERS, ...headers].flatMap((name) =>
      name === null ? [] : keyOf('header', name),
    ),
    ...(credential === null ? [] : [keyOf(credential.in, credential.name)]),
  ])
}

/** Answers whether a header is written by HTTP or by the connector, whatever the allow-list says. */
export function isReservedHeader(name: string): boolean {
  return RESERVED_HEADERS.includes(name.toLowerCase())
}

/** Lists the parameters that the document's `apiKey` security schemes are sent in. */
export function listSchemeParameters(bundle: Bundle): ReadonlySet<string> {
  const sections = ['components', 'securitySchemes']
  const names = Object.keys(objectAt(valueAt(bundle.document, sections)))
  const schemes = names.map((name) =>
    objectAt(valueAt(bundle.document, followBundled(bundle, [...sections, name]))),
  )
  return new Set(
    schemes
      .filter(({ type }) => type === 'apiKey')
      .map((scheme) => keyOf(textAt(scheme['in']), textAt(scheme['name']))),
  )
}

/** Decides who gives a parameter its value. A path names what is read, so all of it is the caller's. */
export function findGiver({ name, in: where, required }: Named, owned: Owned): Giver {
  if (where === 'path') return 'caller'
  const key = keyOf(where, name)
  if (owned.own.has(key) || owned.schemes.has(key)) return 'connector'
  if (where === 'query' && name.toLowerCase() === '_method') return 'write'
  const plain = name.toLowerCase().replace(/[-_]/g, '')
  const isCredential =
    CREDENTIAL_NAMES.includes(plain) || (required && REQUIRED_CREDENTIAL_NAMES.includes(plain))
  return isCredential ? 'credential' : 'caller'
}

/** How a parameter is told from others: names of headers are the same in any case (RFC 9110, section 5.1). */
export function keyOf(where: string, name: string): string {
  return `${where} ${where === 'header' ? name.toLowerCase() : name}`
}
