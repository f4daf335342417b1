import type { SealedEvent } from '../sealed-event.ts'
import { toJsonLine } from './one-line.ts'

/** An event in our own format: every field, always, in this order; the time is ISO 8601, in UTC. */
export function toJson(event: SealedEvent): string {
  return toJsonLine({
    id: event.id,
    time: new Date(event.time).toISOString(),
    type: event.type,
    outcome: event.outcome,
    connector: event.connector,
    organization: event.organization,
    member: event.member,
    clientId: event.clientId,
    clientName: event.clientName,
    credential: event.credential,
    method: event.method,
    tool: event.tool,
    route: event.route,
    httpStatus: event.httpStatus,
    upstreamStatus: event.upstreamStatus,
    rpcCode: event.rpcCode,
    durationMs: event.durationMs,
    bytes: event.bytes,
    address: event.address,
    requestId: event.requestId,
    traceId: event.traceId,
    reason: event.reason,
    subject: event.subject,
    count: event.count,
    sequence: event.sequence,
    previousHash: event.previousHash,
    hash: event.hash,
  } satisfies Record<keyof SealedEvent, unknown>)
}
