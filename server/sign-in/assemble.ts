import { ConfigError, type OidcClient } from '../config.ts'
import type { Connector, Login, ServiceUpstream } from '../mcp/tool.ts'
import type { UpstreamClient } from '../upstream/client.ts'
import type { Network } from '../upstream/network.ts'
import { createApiCredentialsSignIn } from './api-credentials.ts'
import { createFederatedSignIn } from './federated.ts'
import { createFindMember } from './find-member.ts'
import { createFindPerson } from './find-person.ts'
import type { FindMember } from './members.ts'
import { createPasswordSignIn } from './password.ts'
import type { SignIn } from './sign-in.ts'

/** How people prove who they are, and what that says of them. */
export type People = {
  readonly signIn: SignIn
  readonly findMember: FindMember
  /** Roles whose holders may approve a client. */
  readonly approvers: readonly string[]
}

type Assembly = {
  readonly connector: Connector
  readonly upstream: UpstreamClient
  readonly oidc: OidcClient | null
  readonly redirectUri: URL
  readonly network?: Network
}

/**
 * Makes the sign-in that a connector's allow-list names.
 *
 * @param options.redirectUri where an identity provider sends the browser back to
 * @param options.network the way to the identity provider; straight there by default
 * @returns `null` where nobody signs in: a service that is reached with API keys only
 * @throws {ConfigError} where the operator has to say more; the message names the variables
 */
export function assemblePeople(options: Assembly): People | null {
  const { upstream: facts } = options.connector
  if (facts.profile === null) return assembleService(facts.login, options)
  const { login, apiCredentials, organizations } = facts
  const findMember = createFindMember({
    connector: { upstream: facts },
    upstream: options.upstream,
  })
  const makeSignIn = (): SignIn => {
    if (login.kind === 'password')
      return createPasswordSignIn({ login, upstream: options.upstream })
    if (login.kind === 'oidc') return createFederatedSignIn(toClient(login, options))
    if (apiCredentials !== null) {
      return createApiCredentialsSignIn({ headers: apiCredentials, findMember })
    }
    throw new Error(`"${options.connector.name}" names no apiCredentials`)
  }
  return { signIn: makeSignIn(), findMember, approvers: organizations.approvers }
}

function assembleService(
  { access, organization }: ServiceUpstream['login'],
  options: Assembly,
): People | null {
  if (access === null) return null
  const client = toClient({ ...access, resource: null }, options)
  return {
    signIn: createFederatedSignIn({ ...client, isOwnResource: true }),
    findMember: createFindPerson({ ...client, access, organization }),
    approvers: [],
  }
}

/** Our registration with the identity provider, as far as the operator has given it. */
function toClient(
  { issuer, scopes, resource }: Omit<Extract<Login, { kind: 'oidc' }>, 'kind'>,
  { connector, oidc, redirectUri, network }: Assembly,
) {
  if (oidc === null) {
    const why = `"${connector.name}" signs people in at ${issuer}`
    throw new ConfigError([`OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are required: ${why}`])
  }
  const { clientId, clientSecret } = oidc
  return {
    ...{ clientId, clientSecret, scopes, resource, redirectUri },
    issuer: oidc.issuer ?? new URL(issuer),
    ...(network !== undefined && { network }),
  }
}
