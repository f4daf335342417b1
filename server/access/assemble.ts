import type { Config } from '../config.ts'
import type { Middleware } from '../http/context.ts'
import type { Connector } from '../mcp/tool.ts'
import type { KeyRing } from '../oauth/signing-keys.ts'
import { listScopes } from '../scopes.ts'
import type { People } from '../sign-in/assemble.ts'
import type { HeldCredentials } from '../sign-in/held-credential.ts'
import type { Store } from '../store/store.ts'
import { createAccessTokens } from './access-tokens.ts'
import { createApiCredentials, type StatusOf } from './api-credentials.ts'
import { createApiKeys, isApiKey } from './api-keys.ts'
import { authenticate } from './authenticate.ts'
import type { Authenticator } from './authenticator.ts'
import { createToIdentity } from './grant-identity.ts'
import { createFindMembership } from './membership.ts'
import { noteOrganization } from './note-organization.ts'

/** Puts together the ways in that a connector offers. */
export function assembleAuthentication(options: {
  readonly connector: Connector
  readonly store: Store
  readonly keyRing: KeyRing
  readonly people: People | null
  readonly credentials: HeldCredentials
  readonly apiCredentials: boolean
  readonly activation: Config['activation']
  /** Milliseconds since the epoch. */
  readonly now: () => number
}): Middleware {
  const { connector, store, keyRing, people, credentials, now } = options
  const { grants, apiKeys } = store
  const { name } = connector
  const { login } = connector.upstream
  const service = login.kind === 'service' ? login : null
  const toIdentity = createToIdentity({ grants, credentials, service })
  const isOther = (token: string) => isApiKey(name, token)
  const headers = options.apiCredentials ? connector.upstream.apiCredentials : null
  const ways: readonly Authenticator[] = [
    createAccessTokens({ keyRing, grants, toIdentity, isOther, now }),
    createApiKeys({ connectorName: name, apiKeys, grants, toIdentity }),
    ...(headers === null || people === null
      ? []
      : [
          createApiCredentials({
            headers,
            findMembership: createFindMembership(people.findMember),
            statusOf: createStatusOf(store, options.activation),
            now: () => performance.now(),
          }),
        ]),
  ]
  const scopes = listScopes(connector).map((scope) => scope.name)
  return authenticate({ ways, connectorName: name, scopes })
}

function createStatusOf({ organizations }: Store, activation: Config['activation']): StatusOf {
  return async (organization) => {
    const known = await organizations.find(organization.id)
    return (known ?? (await noteOrganization(organizations, activation, organization))).status
  }
}
