import type { Deployment } from './facts.ts'

/** What is known of a connector before anybody runs it. */
export type KnownAccess = Pick<Deployment, 'signIn' | 'apiCredentials' | 'approvers'> & {
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
    ...access,
    activation: 'automatic',
    toolNames: 'auto',
    limits: {
      callsPerMinute: 100,
      publicCallsPerMinute: 60,
      requestBytes: 131_072,
      batchMessages: 20,
      upstreamTimeoutMs: 30_000,
      resultChars: 100_000,
    },
    accessTokenTtlSeconds: 3_600,
    refreshTokenTtlSeconds: 2_592_000,
    retentionDays: 365,
  }
}
