import {
  ELLIPSIS,
  toCurl,
  toRpc,
  toRpcError,
  toRpcResult,
  TOKEN_HEADER,
} from '../example-requests.ts'
import { chooseExample } from '../example-tools.ts'
import type { SiteFacts } from '../facts.ts'
import { toVariants } from './variants.ts'
import { listErrorCases, listUpstreamStatuses } from './error-cases.ts'

/** What can come back instead of an answer, each with a request that brings it about. */
export function toErrorsView(facts: SiteFacts): object {
  return {
    ...toVariants(facts),
    cases: listErrorCases(facts),
    statuses: listUpstreamStatuses(facts),
    tries: toTries(facts.deployment.limits.upstreamTries),
    upstreamFailed: toRpcError(1, toUpstreamError(facts)),
    invalid: toInvalidExample(facts),
    unknownTool: {
      request: toRequest(facts, toRpc(1, 'tools/call', { name: 'no.such' })),
      answer: toRpcError(1, { code: -32_602, message: ELLIPSIS }),
    },
    malformed: {
      request: toRequest(facts, '{'),
      answer: toRpcError(null, { code: -32_700, message: ELLIPSIS }),
    },
    notRpc: {
      request: toRequest(facts, { method: 'tools/list' }),
      answer: toRpcError(null, { code: -32_600, message: ELLIPSIS }),
    },
    unknownMethod: {
      request: toRequest(facts, toRpc(1, 'no/such')),
      answer: toRpcError(1, { code: -32_601, message: ELLIPSIS }),
    },
    unauthorized: toUnauthorizedExample(facts),
    rateLimited: toRpcError(1, {
      code: -32_000,
      message: 'Rate limit exceeded',
      data: { status: 429, retryAfter: 12, requestId: ELLIPSIS },
    }),
    disabled: toDisabledAnswer(),
  }
}

/** What an organization gets that is switched off. */
export function toDisabledAnswer(): object {
  return { error: 'mcp_disabled', message: ELLIPSIS, requestId: ELLIPSIS }
}

/** A call without a credential. */
export function toUnauthorizedExample({ deployment }: SiteFacts) {
  return {
    request: toCurl({ url: deployment.mcpUrl, body: toRpc(1, 'tools/list') }),
    answer: { error: 'unauthorized', message: ELLIPSIS, requestId: ELLIPSIS },
  }
}

/** The sentence of every failure of the upstream. */
export function toUpstreamMessage({ docs }: SiteFacts): string {
  return `Upstream ${docs.connector.title} API failed`
}

function toUpstreamError(facts: SiteFacts): object {
  return {
    code: -32_000,
    message: toUpstreamMessage(facts),
    data: { status: 502, requestId: ELLIPSIS },
  }
}

function toInvalidExample(facts: SiteFacts) {
  const { tool } = chooseExample(facts.docs)
  const name = 'noSuchArgument'
  const known = tool.arguments.map((argument) => argument.name).join(', ')
  const allowed = known === '' ? 'no arguments are allowed here' : `allowed: ${known}`
  const required = tool.arguments.some((argument) => argument.required) ? `\n${ELLIPSIS}` : ''
  const text = `Invalid arguments for ${tool.name}:${required}\n- "${name}": unknown argument; ${allowed}`
  return {
    request: toRequest(
      facts,
      toRpc(1, 'tools/call', { name: tool.name, arguments: { [name]: true } }),
    ),
    answer: toRpcResult(1, { content: [{ type: 'text', text }], isError: true }),
  }
}

function toRequest({ deployment }: SiteFacts, body: object | string): string {
  return toCurl({ url: deployment.mcpUrl, headers: [TOKEN_HEADER], body })
}

function toTries(times: number): string {
  return times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`
}
