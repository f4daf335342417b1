import type { AuditEvent } from './event.ts'
import type { SealedEvent } from './sealed-event.ts'

type BodyField = keyof Omit<SealedEvent, 'hash'>

/**
 * Writes an event in its place as canonical JSON (RFC 8785), which is what its hash is made of.
 *
 * Every event has the same members, so they are written here in the order that `toCanonicalJson`
 * would bring them into, of their UTF-16 code units.
 */
export function toEventBody(
  event: AuditEvent,
  { sequence, previousHash }: Pick<SealedEvent, 'sequence' | 'previousHash'>,
): string {
  return JSON.stringify({
    address: event.address,
    bytes: event.bytes,
    clientId: event.clientId,
    clientName: event.clientName,
    connector: event.connector,
    count: event.count,
    credential: event.credential,
    durationMs: event.durationMs,
    httpStatus: event.httpStatus,
    id: event.id,
    member: event.member,
    method: event.method,
    organization: event.organization,
    outcome: event.outcome,
    previousHash,
    reason: event.reason,
    requestId: event.requestId,
    route: event.route,
    rpcCode: event.rpcCode,
    sequence,
    subject: event.subject,
    time: new Date(event.time).toISOString(),
    tool: event.tool,
    traceId: event.traceId,
    type: event.type,
    upstreamStatus: event.upstreamStatus,
  } satisfies Record<BodyField, unknown>)
}
