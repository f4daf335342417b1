import { z } from 'zod'
import { AUDIT_CREDENTIALS, AUDIT_TYPES, type AuditEvent } from './event.ts'
import type { SealedEvent } from './sealed-event.ts'

const text = z.string().nullable()
const figure = z.number().nullable()

const described = z.object({
  id: z.string(),
  type: z.enum(AUDIT_TYPES),
  outcome: z.enum(['success', 'failure']),
  connector: z.string(),
  organization: text,
  member: text,
  clientId: text,
  clientName: text,
  credential: z.enum(AUDIT_CREDENTIALS).nullable(),
  method: text,
  tool: text,
  route: text,
  httpStatus: figure,
  upstreamStatus: figure,
  rpcCode: figure,
  durationMs: figure,
  bytes: figure,
  address: text,
  requestId: text,
  traceId: text,
  reason: text,
  subject: text,
  count: figure,
})

const event = described.extend({ time: z.number() }) satisfies z.ZodType<AuditEvent>

const sealed = described.extend({
  time: z.string().transform(Date.parse).pipe(z.number()),
  sequence: z.number(),
  previousHash: z.string(),
  hash: z.string(),
}) satisfies z.ZodType<SealedEvent>

/** Reads an event that was written as JSON; `null` where it is none. */
export function parseEvent(json: string): AuditEvent | null {
  return event.safeParse(parseJson(json)).data ?? null
}

/** Reads a sealed event that was written as JSON, its time in ISO 8601; `null` where it is none. */
export function parseSealedEvent(json: string): SealedEvent | null {
  return sealed.safeParse(parseJson(json)).data ?? null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
