import type { Deployment, SignIn } from '../../site/facts.ts'
import type { Config } from '../config.ts'
import { MAX_REQUEST_BYTES, PUBLIC_PER_MINUTE } from '../mcp/limits.ts'
import { MAX_BATCH } from '../mcp/message.ts'
import type { Connector } from '../mcp/tool.ts'
import { MCP_PATH, PUBLIC_MCP_PATH, type Realm } from '../realm.ts'

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
  return {
    origin: issuer,
    mcpUrl: resource,
    otherMcpUrl: mcpPath === null || mcpPath === MCP_PATH ? null : `${issuer}${mcpPath}`,
    publicMcpUrl: isOffered ? `${issuer}${PUBLIC_MCP_PATH}` : null,
    isTenantHost: label !== '',
    signIn: toSignIn(connector.upstream.login, config),
    apiCredentials: config.apiCredentials ? connector.upstream.apiCredentials : null,
    approvers: connector.upstream.organizations?.approvers ?? [],
    activation: config.activation,
    toolNames: config.toolNames,
    limits: {
      callsPerMinute: config.rateLimitPerMinute,
      publicCallsPerMinute: PUBLIC_PER_MINUTE,
      requestBytes: MAX_REQUEST_BYTES,
      batchMessages: MAX_BATCH,
      upstreamTimeoutMs: config.upstreamTimeoutMs,
      resultChars: config.maxResultChars,
    },
    accessTokenTtlSeconds: config.accessTokenTtlSeconds,
    refreshTokenTtlSeconds: config.refreshTokenTtlSeconds,
    retentionDays: config.audit.retentionDays,
  }
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
