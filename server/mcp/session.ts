import type { Identity } from '../access/identity.ts'
import type { Exchange, Trail } from './exchange.ts'

/** One request to the connector, once it is known who asks. Nothing of it outlives the answer. */
export type Session = {
  readonly identity: Identity
  readonly requestId: string
  /** W3C trace context of the HTTP request; `null` where there is none or it is malformed. */
  readonly traceparent: string | null
  /** The client's own name for itself: for the upstream's history, never for a decision. */
  readonly clientName: string | null
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal
  /** Of the message that is being answered. */
  readonly trail: Trail
  /** Told of every message once it was answered. */
  readonly report: (exchange: Exchange) => void
}

/** Takes a `traceparent` (W3C Trace Context, section 3.2) or nothing. */
export function parseTraceparent(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const match = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(value)
  const isZero = /^0+$/.test(match?.[1] ?? '') || /^0+$/.test(match?.[2] ?? '')
  return match === null || isZero ? null : value
}
