import fc from 'fast-check'
import { AUDIT_CREDENTIALS, AUDIT_TYPES } from '../../../server/audit/event.ts'
import type { SealedEvent } from '../../../server/audit/sealed-event.ts'
import { anyCharacter } from '../any-character.ts'

/** One call of a tool, with every field that such an event has. */
export const SEALED_CALL: SealedEvent = {
  id: '0b5f1f52-6f0c-4c5e-9d0e-6a1f6f1c2a01',
  time: 1_800_000_000_123,
  type: 'mcp.request',
  outcome: 'success',
  connector: 'flowtly',
  organization: 'org-1',
  member: 'member-7',
  clientId: 'client-3',
  clientName: 'Claude',
  credential: 'oauth',
  method: 'tools/call',
  tool: 'invoices.list',
  route: 'GET /invoices',
  httpStatus: 200,
  upstreamStatus: 200,
  rpcCode: null,
  durationMs: 12.5,
  bytes: 2048,
  address: '203.0.113.7',
  requestId: 'req-1',
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  reason: null,
  subject: null,
  count: null,
  sequence: 41,
  previousHash: 'a'.repeat(64),
  hash: 'b'.repeat(64),
}

/** Makes an event of which nothing is known but what is said. */
export function sealedEvent(known: Partial<SealedEvent>): SealedEvent {
  const nobody = {
    organization: null,
    member: null,
    clientId: null,
    clientName: null,
    credential: null,
    method: null,
    tool: null,
    route: null,
    httpStatus: null,
    upstreamStatus: null,
    durationMs: null,
    bytes: null,
    address: null,
    requestId: null,
    traceId: null,
  }
  return { ...SEALED_CALL, ...nobody, ...known }
}

/** Numbered events of one organization. */
export function numberedEvents(from: number, count: number): readonly SealedEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    ...SEALED_CALL,
    id: `event-${from + index}`,
    sequence: from + index,
  }))
}

/** Texts that somebody would choose who wants to leave a field, a line or a message. */
const hostileText = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 40 }),
  fc.string({ unit: fc.constantFrom('|', '\\', '=', '\n', '\r', ' ', '"', ',', 'a', '\u2028') }),
  fc.constantFrom(
    'x\nCEF:0|Evil|Evil|1|1|1|10|',
    'x outcome=success cs1=other',
    'x\\',
    '\\n\\|\\=',
    '"}\n{"id":"evil"}',
    '\u0085\u2028\u2029\u001b[2J\u0000\ufeff',
    '\ud83d\ude00 Łódź \u202e',
    '\ud800',
    '<34>1 - - - - - -',
  ),
)

const text = fc.option(hostileText)
const status = fc.option(fc.integer({ min: 100, max: 599 }))
const digits = fc.constantFrom(...Array.from('0123456789abcdef'))

/** Any event that can be sealed, and many that only hostile input would lead to. */
export const anySealedEvent: fc.Arbitrary<SealedEvent> = fc.record({
  id: fc.uuid(),
  time: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  type: fc.constantFrom(...AUDIT_TYPES),
  outcome: fc.constantFrom('success' as const, 'failure' as const),
  connector: hostileText,
  organization: text,
  member: text,
  clientId: text,
  clientName: text,
  credential: fc.option(fc.constantFrom(...AUDIT_CREDENTIALS)),
  method: text,
  tool: text,
  route: text,
  httpStatus: status,
  upstreamStatus: status,
  rpcCode: fc.option(fc.integer({ min: -32_768, max: 0 })),
  durationMs: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })),
  bytes: fc.option(fc.nat()),
  address: fc.option(fc.oneof(fc.ipV4(), fc.ipV6())),
  requestId: text,
  traceId: fc.option(fc.string({ unit: digits, minLength: 32, maxLength: 32 })),
  reason: text,
  subject: text,
  count: fc.option(fc.nat()),
  sequence: fc.integer({ min: 1 }),
  previousHash: fc.string({ unit: digits, minLength: 64, maxLength: 64 }),
  hash: fc.string({ unit: digits, minLength: 64, maxLength: 64 }),
})
