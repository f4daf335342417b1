import type { GrantCredentials } from '../sign-in/grant-credential.ts'
import type { GrantStore, LiveGrant } from '../store/grants.ts'
import type { Identity } from './identity.ts'

/** Turns a live grant into who is calling. */
export type ToIdentity = (
  grant: LiveGrant,
  kind: 'oauth' | 'api-key',
  scopes: readonly string[],
) => Identity

/** Makes the step; what the upstream refuses for good ends the grant. */
export function createToIdentity(options: {
  readonly grants: GrantStore
  readonly credentials: GrantCredentials
}): ToIdentity {
  const { grants, credentials } = options

  return (grant, kind, scopes) => ({
    member: { id: grant.memberId, email: grant.memberEmail, name: grant.memberName },
    organization: {
      id: grant.organizationId,
      name: grant.organizationName,
      role: grant.role,
      status: grant.organizationStatus,
    },
    kind,
    scopes: scopes.filter((scope) => grant.scopes.includes(scope)),
    client: { name: grant.clientName, redirectHost: grant.redirectHost },
    credential: {
      headers: credentials.open(grant),
      renew: (requestId) => credentials.renew(grant, requestId),
      async end() {
        await grants.end(grant.id, 'credential-refused')
      },
    },
  })
}
