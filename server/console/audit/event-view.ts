import { hashBody, toSealedJson } from '../../audit/chain.ts'
import { parseSealedEvent } from '../../audit/event-schema.ts'
import type { SealedEvent } from '../../audit/sealed-event.ts'
import { toDisplayText } from '../../pages/display-text.ts'
import type { AuditRow } from '../../store/audit-rows.ts'
import { toExactMoment } from '../moment.ts'
import type { Names } from './names.ts'
import { toTypeText } from './type-texts.ts'

const NOTHING = '–'
/** Reasons, ids and addresses are whole on an event's own page. */
const MAX_VALUE_CHARS = 2_048

/** One event, as the list shows it. */
export function toRowView(row: AuditRow, names: Names) {
  const event = parseSealedEvent(toSealedJson(row))
  const { sequence, at, type, outcome, memberId, clientId, tool } = row
  const reason = event?.reason ?? null
  return {
    sequence,
    time: toExactMoment(at),
    what: toDisplayText(toTypeText(type)),
    reasons: reason === null ? [] : [toDisplayText(reason)],
    member: memberId === null ? NOTHING : names.member(memberId),
    client: toClient(event, clientId, names),
    tool: tool === null ? NOTHING : toDisplayText(tool),
    outcome: toOutcome(outcome),
  }
}

/** What each field of an event says, in the order of its page. */
const FIELDS = [
  ['type', 'Type', 'What happened, by the name that sinks and exports have for it.'],
  ['outcome', 'Outcome', 'Whether it was done, or failed or was refused.'],
  ['reason', 'Reason', 'Why it failed or was done, as a code.'],
  ['member', 'Member', 'Whoever acted, by the id that the upstream has for them.'],
  ['credential', 'Credential', 'With what they proved who they are.'],
  ['clientId', 'Client ID', 'The program that asked.'],
  ['clientName', 'Client name', 'As it was registered, or as it calls itself.'],
  ['method', 'Method', 'What was asked of the connector.'],
  ['tool', 'Tool', 'The tool that was called.'],
  ['route', 'Route', 'What was read in the upstream for it.'],
  ['httpStatus', 'HTTP status', 'Of our answer.'],
  ['upstreamStatus', 'Upstream status', 'Of the upstream’s answer.'],
  ['rpcCode', 'Error code', 'Of the JSON-RPC answer, where it was an error.'],
  ['durationMs', 'Duration', 'Of the whole request, in milliseconds.'],
  ['bytes', 'Size', 'Of the answer, in bytes.'],
  ['address', 'Address', 'Where the request came from.'],
  ['subject', 'Subject', 'What was acted on.'],
  ['count', 'Count', 'How many, where it is about several.'],
  ['requestId', 'Request ID', 'The same as in the answer, the log and the upstream’s own record.'],
  ['traceId', 'Trace ID', 'Of the distributed trace, where the client sent one.'],
  ['connector', 'Connector', 'Which connector it was.'],
  ['organization', 'Organization', 'By the id that the upstream has for it.'],
  ['id', 'Event ID', 'What a receiver knows a repetition by.'],
] as const satisfies readonly (readonly [keyof SealedEvent, string, string])[]

/** One event with every field; `null` where it cannot be read. */
export function toEventView(row: AuditRow) {
  const event = parseSealedEvent(toSealedJson(row))
  if (event === null) return null
  const isWhole = hashBody(row.body) === row.hash
  return {
    what: toTypeText(event.type),
    time: toExactMoment(event.time),
    outcome: toOutcome(event.outcome),
    fields: FIELDS.filter(([name]) => event[name] !== null).map(([name, label, about]) => ({
      ...{ label, about },
      value: toDisplayText(String(event[name]), { maxChars: MAX_VALUE_CHARS }),
      links: toLinks(name, event[name]),
    })),
    empty: FIELDS.filter(([name]) => event[name] === null).map(([, label]) => label),
    ...{ sequence: event.sequence, hash: event.hash, previousHash: event.previousHash },
    seal: isWhole
      ? { tone: 'good', text: 'The hash fits the event' }
      : { tone: 'bad', text: 'The hash does not fit: the event was altered' },
  }
}

/** What the filter can ask for. */
const FILTERS: Readonly<Partial<Record<keyof SealedEvent, string>>> = {
  member: 'member',
  clientId: 'client',
  tool: 'tool',
}

function toLinks(name: keyof SealedEvent, value: string | number | null) {
  const filter = FILTERS[name]
  if (filter === undefined || value === null) return []
  const search = new URLSearchParams({ [filter]: String(value) })
  return [{ href: `/console/audit?${search.toString()}`, label: 'All events with it' }]
}

function toClient(event: SealedEvent | null, clientId: string | null, names: Names): string {
  const name = event?.clientName ?? null
  if (name !== null) return toDisplayText(name)
  return clientId === null ? NOTHING : names.client(clientId)
}

function toOutcome(outcome: string) {
  return outcome === 'success'
    ? { tone: 'good', text: 'Success' }
    : { tone: 'bad', text: 'Failure' }
}
