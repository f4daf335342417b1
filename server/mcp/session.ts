import type { Identity } from '../access/identity.ts'
import { parseClientName } from '../client-name.ts'
import { isRecord } from '../json.ts'
import { parseTraceparent, traceIdOf } from '../telemetry/traceparent.ts'
import type { Exchange, Trail } from './exchange.ts'

/** One request to the connector, once it is known who asks. Nothing of it outlives the answer. */
export type Session = {
  readonly identity: Identity
  readonly requestId: string
  /** The place in a trace that the upstream is told of; `null` for no trace. */
  readonly traceparent: string | null
  /** The same of the HTTP request, whatever the message in it says. */
  readonly requestTraceparent: string | null
  /** The client's own name for itself: for the upstream's history, never for a decision. */
  readonly clientName: string | null
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal
  /** Of the message that is being answered. */
  readonly trail: Trail
  /** Told of every message once it was answered. */
  readonly report: (exchange: Exchange) => void
}

/** What a message says of itself in `_meta` goes before what its HTTP request says. */
export function refineSession(session: Session, meta: Readonly<Record<string, unknown>>): Session {
  const clientInfo = meta['io.modelcontextprotocol/clientInfo']
  const traceparent = parseTraceparent(meta['traceparent']) ?? session.traceparent
  session.trail.traceId = traceIdOf(traceparent)
  const name = isRecord(clientInfo) ? parseClientName(clientInfo['name']) : null
  return { ...session, traceparent, clientName: name ?? session.clientName }
}
