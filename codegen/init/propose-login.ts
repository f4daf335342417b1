import type { Bundle } from '../document/bundle.ts'
import { followBundled } from '../document/follow-bundled.ts'
import { listAt, objectAt, textAt, type JsonObject } from '../json.ts'
import { valueAt } from '../json-pointer.ts'
import { isIssuer } from '../safe-url.ts'
import type { CredentialPlace, LoginProposal } from './proposal.ts'

const HEADER_NAME = /^[A-Za-z0-9-]+$/
/** RFC 6265, section 4.1.1. */
const COOKIE_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** OpenID Connect Discovery 1.0, section 4. */
const DISCOVERY = '/.well-known/openid-configuration'

/**
 * Lists how one credential for all could be sent to the upstream, the best first: in a header of its
 * own, as a bearer token, with Basic, in the query, in a cookie. Where the document has no security
 * scheme, nothing is sent.
 */
export function proposeLogins(bundle: Bundle): readonly LoginProposal[] {
  const schemes = listSchemes(bundle)
  const issuer = schemes.flatMap(({ node }) => findIssuer(node))[0] ?? null
  const logins = schemes.flatMap(({ name, node }) =>
    toCredential(node).map((credential): LoginProposal => ({ credential, scheme: name, issuer })),
  )
  const ranked = logins.toSorted((left, right) => rank(left) - rank(right))
  return ranked.length === 0 ? [{ credential: null, scheme: null, issuer }] : ranked
}

/** What all operations ask for comes first, as most calls need it. */
function listSchemes(bundle: Bundle): readonly { name: string; node: JsonObject }[] {
  const { document } = bundle
  const common = listAt(document['security']).flatMap((each) => Object.keys(objectAt(each)))
  const sections = ['components', 'securitySchemes']
  const names = Object.keys(objectAt(valueAt(document, sections)))
  const ordered = [...new Set([...common.filter((name) => names.includes(name)), ...names])]
  return ordered.map((name) => {
    const path = followBundled(bundle, [...sections, name])
    return { name, node: objectAt(valueAt(document, path)) }
  })
}

function findIssuer({ type, openIdConnectUrl }: JsonObject): readonly string[] {
  if (type !== 'openIdConnect') return []
  const url = textAt(openIdConnectUrl)
  const issuer = url.endsWith(DISCOVERY) ? url.slice(0, -DISCOVERY.length) : url
  return isIssuer(issuer) ? [issuer] : []
}

function toCredential(node: JsonObject): readonly CredentialPlace[] {
  const type = textAt(node['type'])
  const word = textAt(node['scheme']).toLowerCase()
  if (type === 'http' && word === 'basic') return [{ header: 'Authorization', scheme: 'Basic' }]
  const isBearer = type === 'oauth2' || type === 'openIdConnect'
  if (isBearer || (type === 'http' && word === 'bearer')) {
    return [{ header: 'Authorization', scheme: 'Bearer' }]
  }
  return type === 'apiKey' ? toKeyPlace(node) : []
}

function toKeyPlace(node: JsonObject): readonly CredentialPlace[] {
  const name = textAt(node['name'])
  const where = textAt(node['in'])
  if (where === 'query' && name !== '') return [{ query: name }]
  if (where === 'cookie' && COOKIE_NAME.test(name)) return [{ cookie: name }]
  if (where !== 'header' || !HEADER_NAME.test(name)) return []
  // Documents often say in words only that the key is a bearer token.
  const isBearer = /\bbearer\b/i.test(textAt(node['description']))
  return name.toLowerCase() === 'authorization' && isBearer
    ? [{ header: 'Authorization', scheme: 'Bearer' }]
    : [{ header: name }]
}

function rank({ credential }: LoginProposal): number {
  if (credential === null) return 5
  if ('query' in credential) return 3
  if ('cookie' in credential) return 4
  if (credential.scheme === undefined) return 0
  return credential.scheme === 'Bearer' ? 1 : 2
}
