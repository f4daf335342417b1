import type { SiteFacts } from '../facts.ts'
import { toDuration } from '../wording.ts'

/** One thing that may go wrong. */
export type ErrorCase = {
  readonly what: string
  /** The code to branch on; empty where the answer is a result. */
  readonly codes: readonly string[]
  /** What else tells. */
  readonly more: string
}

/** Lists what may go wrong, from the message itself to what stands around it. */
export function listErrorCases({ docs, deployment }: SiteFacts): readonly ErrorCase[] {
  const { title } = docs.connector
  const isPending = deployment.activation === 'approval' && deployment.sharedOrganization === null
  const hasTenants = deployment.tenantMcpUrl !== null || deployment.isTenantHost
  return [
    rpc('the body is not JSON', '-32700', 'and HTTP 400'),
    rpc('the body is not a JSON-RPC request', '-32600', 'and HTTP 400'),
    rpc('there is no such method', '-32601', 'and in the modern era HTTP 404'),
    rpc('there is no such tool, cursor or resource', '-32602', ''),
    { what: 'the arguments do not fit the tool', codes: [], more: 'a result with isError: true' },
    rpc(`${title} failed or refused`, '-32000', 'with data.status'),
    rpc('too many messages', '-32000', 'with data.status 429 and data.retryAfter'),
    rpc(
      'the message is too large, or not sent as JSON with POST',
      '-32000',
      'and HTTP 413, 415, 405',
    ),
    rpc('anything that nobody planned for', '-32603', ''),
    http('the credential is missing or wrong', 'unauthorized', 401),
    http('the credential does not cover the tool', 'insufficient_scope', 403),
    http('connections are switched off for the organization', 'mcp_disabled', 403),
    ...(isPending ? [http('the organization waits to be let in', 'activation_pending', 403)] : []),
    ...(hasTenants
      ? [http('the address belongs to another organization', 'organization_not_served', 403)]
      : []),
    http('a page of an unknown origin calls', 'origin_not_allowed', 403),
    http('the connector is out of service for a while', 'maintenance', 503),
    http('the connector cannot reach its own database', 'store_unavailable', 503),
  ]
}

/** Lists what the upstream's status means to a caller. */
export function listUpstreamStatuses({ docs, deployment }: SiteFacts) {
  const { title } = docs.connector
  const isShared = deployment.sharedOrganization !== null
  const timeout = toDuration(deployment.limits.upstreamTimeoutMs / 1000)
  return [
    {
      status: '400, 422',
      meaning: `${title} did not accept the arguments`,
      advice: 'read data.detail, and change them',
    },
    {
      status: '401',
      meaning: `${title} no longer accepts the connector’s credential`,
      advice: isShared ? 'tell the team that runs the connector' : 'connect again',
    },
    {
      status: '403',
      meaning: isShared
        ? `the connector’s credential may not see this in ${title}`
        : `the member may not see this in ${title}`,
      advice: isShared ? 'tell the team that runs the connector' : 'ask an administrator',
    },
    {
      status: '404',
      meaning: 'there is no such record, or it is hidden',
      advice: 'check the id',
    },
    {
      status: '429',
      meaning: `${title} has a limit of its own`,
      advice: 'wait for data.retryAfter seconds',
    },
    {
      status: '502',
      meaning: `${title} could not be reached, or its answer made no sense`,
      advice: 'try again later',
    },
    {
      status: '503',
      meaning: `${title} is not available, or too many calls wait for it`,
      advice: 'wait for data.retryAfter seconds',
    },
    {
      status: '504',
      meaning: `${title} took longer than ${timeout}`,
      advice: 'ask for less, or try again later',
    },
  ]
}

function rpc(what: string, code: string, more: string): ErrorCase {
  return { what, codes: [code], more }
}

function http(what: string, code: string, status: number): ErrorCase {
  return { what, codes: [code], more: `and HTTP ${status}` }
}
