import type {
  Browsers,
  Console,
  ConsoleRoom,
  Deployment,
  OauthAddresses,
  SignIn,
} from '../../site/facts.ts'
import { keyStart } from '../access/api-keys.ts'
import { METADATA_PATH } from '../access/challenge.ts'
import type { Config } from '../config.ts'
import { CONSOLE } from '../console/addresses.ts'
import { ACCOUNT, ROOMS } from '../console/route.ts'
import { listClientKinds } from '../known-clients.ts'
import { LEGACY_VERSIONS, MODERN_VERSIONS } from '../mcp/protocol-versions.ts'
import type { Connector } from '../mcp/tool.ts'
import { ROUTES } from '../oauth/routes.ts'
import { MCP_PATH, PUBLIC_MCP_PATH, type Realm } from '../realm.ts'
import { TOLD_HEADERS } from '../upstream/write-headers.ts'
import { KEPT, toLifetimes, toLimits } from './limits.ts'

/** Says what the documentation tells of a deployment, as it is seen at one host. */
export function toDeployment({
  config,
  connector,
  realm,
}: {
  readonly config: Config
  readonly connector: Connector
  readonly realm: Realm
}): Deployment {
  const { mcpPath } = config
  const { issuer, resource, label } = realm
  const isOffered = connector.tools.some((tool) => tool.public)
  const { login } = connector.upstream
  return {
    origin: issuer,
    mcpUrl: resource,
    otherMcpUrl: mcpPath === null || mcpPath === MCP_PATH ? null : `${issuer}${mcpPath}`,
    publicMcpUrl: isOffered ? `${issuer}${PUBLIC_MCP_PATH}` : null,
    isTenantHost: label !== '',
    tenantMcpUrl: toTenantMcpUrl(config, realm),
    signIn: toSignIn(login, config),
    console: login.kind === 'service' && login.access === null ? null : toConsole(realm),
    sharedOrganization: login.kind === 'service' ? login.organization.name : null,
    apiCredentials: config.apiCredentials ? connector.upstream.apiCredentials : null,
    apiKeyStart: keyStart(connector.name),
    approvers: connector.upstream.organizations?.approvers ?? [],
    activation: config.activation,
    toolNames: config.toolNames,
    protocol: { modern: MODERN_VERSIONS, legacy: LEGACY_VERSIONS },
    oauth: toOauthAddresses(realm),
    browsers: toBrowsers(config, realm),
    upstreamHeaders: TOLD_HEADERS,
    clientKinds: listClientKinds(),
    limits: toLimits(config),
    accessTokenTtlSeconds: config.accessTokenTtlSeconds,
    refreshTokenTtlSeconds: config.refreshTokenTtlSeconds,
    lifetimes: toLifetimes(config),
    retentionDays: config.audit.retentionDays,
    kept: KEPT,
  }
}

/** At an organization's own host nobody needs to be told that others have one as well. */
function toTenantMcpUrl({ tenantHosts }: Config, { label, issuer }: Realm): string | null {
  if (tenantHosts === null || label !== '') return null
  const { protocol, port } = new URL(issuer)
  return `${protocol}//${tenantHosts}${port === '' ? '' : `:${port}`}${MCP_PATH}`
}

function toConsole({ issuer }: Realm): Console {
  const label = (wanted: ConsoleRoom) => ROOMS.find(([name]) => name === wanted)?.[1] ?? wanted
  const [, accountLabel, accountPath] = ACCOUNT
  return {
    url: `${issuer}${CONSOLE.home}`,
    rooms: {
      overview: label('overview'),
      tools: label('tools'),
      clients: label('clients'),
      keys: label('keys'),
      connections: label('connections'),
      audit: label('audit'),
      settings: label('settings'),
    },
    account: { url: `${issuer}${accountPath}`, label: accountLabel },
  }
}

function toOauthAddresses({ issuer }: Realm): OauthAddresses {
  return {
    resourceMetadata: `${issuer}${METADATA_PATH}${MCP_PATH}`,
    serverMetadata: `${issuer}${ROUTES.metadata}`,
    authorization: `${issuer}${ROUTES.authorization}`,
    token: `${issuer}${ROUTES.token}`,
    registration: `${issuer}${ROUTES.registration}`,
    revocation: `${issuer}${ROUTES.revocation}`,
    jwks: `${issuer}${ROUTES.jwks}`,
  }
}

function toBrowsers({ workspaceOrigin, allowedOrigins }: Config, { issuer }: Realm): Browsers {
  const all = [issuer, workspaceOrigin, ...allowedOrigins].filter((each) => each !== null)
  return { origins: [...new Set(all)], credentialsOrigin: workspaceOrigin }
}

function toSignIn(login: Connector['upstream']['login'], { oidc }: Config): SignIn {
  switch (login.kind) {
    case 'password':
    case 'api-credentials':
      return { kind: login.kind }
    case 'oidc':
      return toProvider(oidc?.issuer?.href ?? login.issuer)
    case 'service':
      return login.access === null
        ? { kind: 'none' }
        : toProvider(oidc?.issuer?.href ?? login.access.issuer)
  }
}

function toProvider(issuer: string): SignIn {
  return { kind: 'provider', host: new URL(issuer).host }
}
