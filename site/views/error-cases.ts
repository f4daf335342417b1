import type { SiteFacts } from '../facts.ts'
import { toDuration, when } from '../wording.ts'

/** One thing that may go wrong, and what tells of it: words, each with the code behind them. */
export type ErrorCase = {
  readonly what: string
  readonly signs: readonly Sign[]
}

type Sign = { readonly words: string; readonly code: readonly string[] }

/** Lists what may go wrong, from the message itself to what stands around it. */
export function listErrorCases({ docs, deployment }: SiteFacts): readonly ErrorCase[] {
  const { title } = docs.connector
  const isPending = deployment.activation === 'approval' && deployment.sharedOrganization === null
  const hasTenants = deployment.tenantMcpUrl !== null || deployment.isTenantHost
  return [
    toCase('the body is not JSON', ['', '-32700'], ['and HTTP 400']),
    toCase('the body is not a JSON-RPC request', ['', '-32600'], ['and HTTP 400']),
    toCase('there is no such method', ['', '-32601'], ['and in the modern era HTTP 404']),
    toCase('there is no such tool, prompt, resource or cursor', ['', '-32602']),
    toCase('the arguments do not fit the tool', ['a result with', 'isError: true']),
    toCase(`${title} failed or refused`, ['', '-32000'], ['with', 'data.status']),
    toCase(
      'too many messages',
      ['', '-32000'],
      ['with', 'data.status'],
      ['429 and', 'data.retryAfter'],
    ),
    toCase(
      'the message is too large, or not sent as JSON with POST',
      ['', '-32000'],
      ['and HTTP 413, 415, 405'],
    ),
    toCase('the connector cannot reach its own database', ['', '-32000'], ['and HTTP 503']),
    toCase('anything that nobody planned for', ['', '-32603']),
    toRefusal('the credential is missing or wrong', 'unauthorized', 401),
    toRefusal('the credential does not cover the tool', 'insufficient_scope', 403),
    toRefusal('connections are switched off for the organization', 'mcp_disabled', 403),
    ...when(isPending, toRefusal('the organization waits to be let in', 'activation_pending', 403)),
    ...when(
      hasTenants,
      toRefusal('the address belongs to another organization', 'organization_not_served', 403),
    ),
    toRefusal('a page of an unknown origin calls', 'origin_not_allowed', 403),
    toRefusal('the connector is out of service for a while', 'maintenance', 503),
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

function toCase(
  what: string,
  ...signs: readonly (readonly [words: string, ...code: readonly string[]])[]
): ErrorCase {
  return { what, signs: signs.map(([words, ...code]) => ({ words, code })) }
}

function toRefusal(what: string, code: string, status: number): ErrorCase {
  return toCase(what, ['', code], [`and HTTP ${status}`])
}
