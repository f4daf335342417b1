import { ConfigError, type OidcClient } from '../config.ts'
import type { Connector } from '../mcp/tool.ts'
import type { UpstreamClient } from '../upstream/client.ts'
import { createApiCredentialsSignIn } from './api-credentials.ts'
import { createFederatedSignIn } from './federated.ts'
import { createFindMember } from './find-member.ts'
import { createPasswordSignIn } from './password.ts'
import type { SignIn } from './sign-in.ts'

/**
 * Makes the sign-in that a connector's allow-list names.
 *
 * @param options.redirectUri where an identity provider sends the browser back to
 * @throws {ConfigError} where the operator has to say more; the message names the variables
 */
export function assembleSignIn(options: {
  readonly connector: Connector
  readonly upstream: UpstreamClient
  readonly oidc: OidcClient | null
  readonly redirectUri: URL
}): SignIn {
  const { connector, upstream, oidc, redirectUri } = options
  const { login, apiCredentials } = connector.upstream
  switch (login.kind) {
    case 'password':
      return createPasswordSignIn({ login, upstream })
    case 'api-credentials': {
      if (apiCredentials === null) throw new Error(`"${connector.name}" names no apiCredentials`)
      const findMember = createFindMember({ connector, upstream })
      return createApiCredentialsSignIn({ headers: apiCredentials, findMember })
    }
    case 'oidc': {
      if (oidc === null) {
        const why = `"${connector.name}" signs people in at ${login.issuer}`
        throw new ConfigError([`OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are required: ${why}`])
      }
      const { scopes, resource } = login
      const { clientId, clientSecret } = oidc
      const issuer = oidc.issuer ?? new URL(login.issuer)
      return createFederatedSignIn({
        issuer,
        clientId,
        clientSecret,
        scopes,
        resource,
        redirectUri,
      })
    }
  }
}
