import type { AuditEvent, AuditFact } from './event.ts'

/** In characters; names and ids are shorter, and what is not was made up to fill disks. */
const MAX_TEXT_CHARS = 512

/**
 * Makes an event of a fact.
 *
 * Texts come out as every database and receiver can keep them: well-formed Unicode without U+0000,
 * at most 512 characters. A number that JSON cannot say becomes `null`, and so does an empty
 * organization, which would be that of nobody.
 */
export function completeEvent(
  fact: AuditFact,
  own: Pick<AuditEvent, 'id' | 'time' | 'connector'>,
): AuditEvent {
  return {
    ...own,
    type: fact.type,
    outcome: fact.outcome,
    organization: text(fact.organization) || null,
    member: text(fact.member),
    clientId: text(fact.clientId),
    clientName: text(fact.clientName),
    credential: fact.credential ?? null,
    method: text(fact.method),
    tool: text(fact.tool),
    route: text(fact.route),
    httpStatus: figure(fact.httpStatus),
    upstreamStatus: figure(fact.upstreamStatus),
    rpcCode: figure(fact.rpcCode),
    durationMs: figure(fact.durationMs),
    bytes: figure(fact.bytes),
    address: text(fact.address),
    requestId: text(fact.requestId),
    traceId: text(fact.traceId),
    reason: text(fact.reason),
    subject: text(fact.subject),
    count: figure(fact.count),
  }
}

function text(value: string | null | undefined): string | null {
  if (value === null || value === undefined) return null
  const isPlain = value.length <= MAX_TEXT_CHARS && value.isWellFormed() && !value.includes('\0')
  return isPlain ? value : clean(value)
}

function clean(value: string): string {
  return value.slice(0, MAX_TEXT_CHARS).toWellFormed().replaceAll('\0', '\uFFFD')
}

function figure(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
