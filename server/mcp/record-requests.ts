import { CredentialRefused } from '../access/credential-refused.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { AuditFact } from '../audit/event.ts'
import { parseClientName } from '../client-name.ts'
import { publicError } from '../errors.ts'
import { addressOf } from '../http/client-address.ts'
import type { Context, Middleware } from '../http/context.ts'
import { traceIdOf } from '../telemetry/traceparent.ts'
import { calledTool, type CalledFrom } from './called-tool.ts'
import { methodOf, type Exchange } from './exchange.ts'
import { INTERNAL_ERROR, INVALID_PARAMS, SERVER_ERROR } from './protocol-errors.ts'
import { RPC_CODES } from './rpc-errors.ts'

/**
 * Puts every request to the connector on record before its answer is written: each JSON-RPC message
 * that was answered, or why none was. A preflight that is let through leaves nothing.
 */
export function recordRequests(options: {
  readonly audit: AuditLog
  readonly catalogue: CalledFrom
}): Middleware {
  const { audit, catalogue } = options

  return async function recordRequests(ctx, next) {
    const startedAt = performance.now()
    const { exchanges } = ctx.state
    const record = (fact: AuditFact) => audit.record({ ...callerOf(ctx), ...fact })
    const recordWithout = (fact: AuditFact) =>
      record({
        ...messageOf(ctx, catalogue),
        durationMs: Math.round(performance.now() - startedAt),
        ...fact,
      })
    try {
      await next()
    } catch (error) {
      const refusal = toRefusal(error)
      const { outcome, httpStatus } = refusal
      for (const each of exchanges) record({ ...toFact(each), outcome, httpStatus })
      if (exchanges.length === 0) recordWithout(refusal)
      throw error
    }
    const httpStatus = ctx.status
    for (const each of exchanges) record({ ...toFact(each), httpStatus })
    if (exchanges.length === 0 && !isPreflight(ctx)) {
      recordWithout({ type: 'mcp.request', outcome: 'success', httpStatus })
    }
  }
}

type Recorded = Pick<Context, 'get' | 'ip' | 'state'>

/** Who asks, as far as it was proven; a name of their own only where none was registered. */
function callerOf(ctx: Recorded): Partial<AuditFact> {
  const { identity, requestId } = ctx.state
  if (identity === null || identity.kind === 'public') {
    return {
      clientName: parseClientName(ctx.get('user-agent')),
      address: addressOf(ctx),
      requestId,
    }
  }
  const { organization, member, client, kind } = identity
  return {
    organization: organization.id,
    member: member.id,
    clientId: client?.id ?? null,
    clientName: parseClientName(client?.name) ?? parseClientName(ctx.get('user-agent')),
    credential: kind,
    address: addressOf(ctx),
    requestId,
  }
}

/** What was asked for, where nobody answered it. */
function messageOf(ctx: Recorded, catalogue: CalledFrom): Partial<AuditFact> {
  const { identity, message, traceparent } = ctx.state
  return {
    method: methodOf(message),
    tool: calledTool(catalogue, message, identity?.organization.id ?? '')?.tool ?? null,
    traceId: traceIdOf(traceparent),
  }
}

function toFact(exchange: Exchange): AuditFact {
  const { method, tool, route, upstreamStatus, code, durationMs, bytes, traceId } = exchange
  const reason = exchange.reason ?? reasonOf(exchange)
  return {
    type: 'mcp.request',
    outcome: reason === null ? 'success' : 'failure',
    ...{ method, tool, route, upstreamStatus, bytes, traceId, reason },
    rpcCode: code,
    durationMs: Math.round(durationMs),
  }
}

/** What the JSON-RPC code says, where nothing was noted on the way. */
function reasonOf({ code, upstreamStatus }: Exchange): string | null {
  if (code === null) return null
  if (code === SERVER_ERROR) return upstreamStatus === null ? 'refused' : 'upstream_failed'
  return RPC_REASONS.get(code) ?? 'invalid_request'
}

const METHOD_NOT_FOUND = -32601

const RPC_REASONS = new Map([
  [METHOD_NOT_FOUND, 'unknown_method'],
  [INVALID_PARAMS, 'invalid_params'],
  [INTERNAL_ERROR, 'server_error'],
])

function toRefusal(error: unknown): AuditFact & { readonly httpStatus: number } {
  const { code, status } = publicError(error)
  const fact = { outcome: 'failure', httpStatus: status } as const
  if (error instanceof CredentialRefused) {
    const { credential, reason, owner } = error
    return { type: 'authentication.failed', ...fact, ...owner, credential, reason }
  }
  if (status === 403) return { type: 'authorization.denied', ...fact, reason: code }
  return { type: 'mcp.request', ...fact, reason: code, rpcCode: RPC_CODES[code] ?? null }
}

/** The browser's own question before a request (Fetch standard, section 3.2.2). */
function isPreflight(ctx: Context): boolean {
  return ctx.method === 'OPTIONS' && ctx.get('access-control-request-method') !== ''
}
