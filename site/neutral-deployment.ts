import type { Console, Deployment } from './facts.ts'

/** What is known of a connector before anybody runs it. */
export type KnownAccess = Pick<
  Deployment,
  'signIn' | 'apiCredentials' | 'approvers' | 'sharedOrganization'
> & {
  readonly hasPublicTools: boolean
}

/**
 * Makes up a deployment for those who only look for words: the index of the search is built with the
 * connector. The defaults of the server stand for its numbers.
 */
export function toNeutralDeployment({ hasPublicTools, ...access }: KnownAccess): Deployment {
  const origin = 'https://mcp.example.com'
  return {
    origin,
    mcpUrl: `${origin}/mcp`,
    otherMcpUrl: null,
    publicMcpUrl: hasPublicTools ? `${origin}/public/mcp` : null,
    isTenantHost: false,
    tenantMcpUrl: null,
    apiKeyStart: 'sk_',
    console: access.signIn.kind === 'none' ? null : toConsole(origin),
    ...access,
    activation: 'automatic',
    toolNames: 'auto',
    protocol: { modern: ['2026-07-28'], legacy: ['2025-11-25'] },
    oauth: {
      resourceMetadata: `${origin}/.well-known/oauth-protected-resource/mcp`,
      serverMetadata: `${origin}/.well-known/oauth-authorization-server`,
      authorization: `${origin}/oauth/authorize`,
      token: `${origin}/oauth/token`,
      registration: `${origin}/oauth/register`,
      revocation: `${origin}/oauth/revoke`,
      jwks: `${origin}/oauth/jwks`,
    },
    browsers: { origins: [origin], credentialsOrigin: null },
    upstreamHeaders: {
      program: 'User-Agent',
      client: 'X-MCP-Client',
      requestId: 'X-Request-Id',
      trace: 'traceparent',
    },
    clientKinds: [],
    limits: {
      callsPerMinute: 100,
      publicCallsPerMinute: 60,
      rateHeaders: {
        limit: 'X-RateLimit-Limit',
        remaining: 'X-RateLimit-Remaining',
        reset: 'X-RateLimit-Reset',
      },
      requestBytes: 131_072,
      requestLevels: 64,
      batchMessages: 20,
      answerBytes: 4_194_304,
      fileBytes: 1_048_576,
      upstreamTimeoutMs: 30_000,
      upstreamTries: 3,
      callsAtOnce: 16,
      resultChars: 100_000,
      signInAccount: { max: 10, seconds: 900 },
      signInAddress: { max: 100, seconds: 900 },
      authorizeAddress: { max: 300, seconds: 900 },
      registerAddress: { max: 300, seconds: 3_600 },
      tokenAddress: { max: 300, seconds: 60 },
    },
    accessTokenTtlSeconds: 3_600,
    refreshTokenTtlSeconds: 2_592_000,
    lifetimes: {
      code: 60,
      signInPage: 900,
      refreshGrace: 10,
      discovery: 3_600,
      toolList: 60,
      apiCredentials: 60,
    },
    retentionDays: 365,
    kept: { endedConnections: 90, deadKeys: 90, unusedClients: 30 },
  }
}

function toConsole(origin: string): Console {
  return {
    url: `${origin}/console`,
    rooms: {
      overview: 'Overview',
      tools: 'Tools',
      clients: 'Clients',
      keys: 'API keys',
      connections: 'Connections',
      audit: 'Audit',
      settings: 'Settings',
    },
    account: { url: `${origin}/account`, label: 'My connections' },
  }
}
