import type { ServiceLogin } from '../mcp/tool.ts'
import type { HeldCredentials } from '../sign-in/held-credential.ts'
import type { GrantStore, LiveGrant } from '../store/grants.ts'
import { CredentialRefused, ownerOfGrant } from './credential-refused.ts'
import type { Identity, UpstreamAccess } from './identity.ts'

/**
 * Turns a live grant into who is calling.
 *
 * @throws {CredentialRefused} for a grant of an organization that the connector had before
 */
export type ToIdentity = (
  grant: LiveGrant,
  kind: 'oauth' | 'api-key',
  scopes: readonly string[],
) => Identity

/**
 * Makes the step; what the upstream refuses for good ends the grant.
 *
 * @param options.service the login of a connector with one credential for everybody, else `null`
 */
export function createToIdentity(options: {
  readonly grants: GrantStore
  readonly credentials: HeldCredentials
  readonly service: ServiceLogin | null
}): ToIdentity {
  const { grants, credentials, service } = options

  const toAccess = (grant: LiveGrant): UpstreamAccess => ({
    open: () => credentials.open(grant),
    renew: (requestId) => credentials.renew(grant, requestId),
    async end() {
      await grants.end(grant.id, 'credential-refused')
    },
  })

  return (grant, kind, scopes) => {
    if (service !== null && grant.organizationId !== service.organization.id) {
      const hint = 'The connection has ended: connect again.'
      const owner = ownerOfGrant(grant)
      throw new CredentialRefused('organization_changed', { hint, credential: kind, owner })
    }
    return {
      member: { id: grant.memberId, email: grant.memberEmail, name: grant.memberName },
      organization: {
        id: grant.organizationId,
        name: grant.organizationName,
        role: grant.role,
        status: grant.organizationStatus,
      },
      kind,
      scopes: scopes.filter((scope) => grant.scopes.includes(scope)),
      client: { id: grant.clientId, name: grant.clientName, redirectHost: grant.redirectHost },
      credential: service === null ? toAccess(grant) : NOTHING_OF_THEIR_OWN,
    }
  }
}

/**
 * The operator's credential is put in where a request leaves. What an identity provider gave a
 * person never goes to the upstream; and a refusal is the operator's to mend, and ends nobody's grant.
 */
export const NOTHING_OF_THEIR_OWN: UpstreamAccess = {
  open: () => ({}),
  renew: () => Promise.resolve(null),
  end: () => Promise.resolve(),
}
