import { randomUUID } from 'node:crypto'
import { createApiKey } from '../../server/access/api-keys.ts'
import type { Store } from '../../server/store/store.ts'
import { credentials } from './flowtly.ts'
import { bearer, claimsOf } from './oauth-client.ts'

/** The demo's organizations. */
export const ORGANIZATIONS = ['acme', 'globex'] as const

export type Organization = (typeof ORGANIZATIONS)[number]

/** Somebody who may call, by one kind of credential, for one organization. */
export type Caller = {
  /** For the report of a failure. */
  readonly name: string
  readonly organization: Organization
  readonly headers: Readonly<Record<string, string>>
}

/** Calls with an access token. */
export function tokenCaller(name: string, organization: Organization, token: string): Caller {
  return { name: `token of ${name}`, organization, headers: bearer(token) }
}

/** Calls with an API key, which is made here on the grant of an access token. */
export async function keyCaller(
  store: Store,
  { name, organization }: Caller,
  token: string,
): Promise<Caller> {
  const { key, prefix, hash } = createApiKey('flowtly')
  const { gid, scope } = claimsOf(token)
  await store.apiKeys.add({
    id: randomUUID(),
    name,
    prefix,
    hash,
    grantId: String(gid),
    scopes: String(scope).split(' '),
    expiresAt: null,
  })
  return { name: `key on the ${name}`, organization, headers: bearer(key) }
}

/** Everybody in the demo who may call with API credentials. */
export const credentialCallers: readonly Caller[] = (
  [
    ['owner@acme.example', 'acme'],
    ['admin@acme.example', 'acme'],
    ['accountant@acme.example', 'acme'],
    ['member@acme.example', 'acme'],
    ['consultant@partners.example', 'acme'],
    ['owner@globex.example', 'globex'],
    ['consultant@partners.example', 'globex'],
  ] as const
).map(([email, organization]) => ({
  name: `API credentials of ${email} in ${organization}`,
  organization,
  headers: credentials(email, organization),
}))

/** The other one. */
export function otherThan(organization: Organization): Organization {
  return organization === 'acme' ? 'globex' : 'acme'
}
