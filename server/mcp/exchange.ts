import { isRecord } from '../json.ts'
import { traceIdOf } from '../telemetry/traceparent.ts'

/** What became of one JSON-RPC message: the figures that audit, metrics and traces show. */
export type Exchange = {
  /** One of MCP's; `other` for a method that it does not have, `null` for what is no message. */
  readonly method: string | null
  readonly tool: string | null
  /** Method and path template of the upstream's operation. */
  readonly route: string | null
  readonly upstreamStatus: number | null
  /** From the first byte sent to the last one read, with every retry. */
  readonly upstreamMs: number | null
  /** Of the JSON-RPC error; `null` for a result. */
  readonly code: number | null
  /** The tool's result says `isError`: its arguments were refused. */
  readonly isToolError: boolean
  readonly durationMs: number
  /** Of the answer. */
  readonly bytes: number
  readonly traceId: string | null
  /** A stable code of ours for why it was refused; `null` where the figures say it. */
  readonly reason: string | null
  /** The tool whose call this read was a part of; `null` for a message of its own. */
  readonly partOf: string | null
}

/** What is noted of a message while it is answered. Nothing else of a request is written to. */
export type Trail = {
  tool: string | null
  route: string | null
  upstreamStatus: number | null
  upstreamMs: number | null
  isToolError: boolean
  traceId: string | null
  reason: string | null
  partOf: string | null
}

/** A trail without a step. */
export function createTrail(traceparent: string | null): Trail {
  return {
    tool: null,
    route: null,
    upstreamStatus: null,
    upstreamMs: null,
    isToolError: false,
    traceId: traceIdOf(traceparent),
    reason: null,
    partOf: null,
  }
}

/** The method of a message, as far as it can be on record: what a caller makes up is `other`. */
export function methodOf(message: unknown): string | null {
  const method = isRecord(message) ? message['method'] : null
  if (typeof method !== 'string') return null
  return METHODS.has(method) ? method : 'other'
}

/** MCP 2026-07-28 and 2025-11-25, "Schema reference": what clients send. */
const METHODS = new Set([
  'completion/complete',
  'initialize',
  'logging/setLevel',
  'notifications/cancelled',
  'notifications/initialized',
  'notifications/progress',
  'notifications/roots/list_changed',
  'ping',
  'prompts/get',
  'prompts/list',
  'resources/list',
  'resources/read',
  'resources/subscribe',
  'resources/templates/list',
  'resources/unsubscribe',
  'server/discover',
  'subscriptions/listen',
  'tools/call',
  'tools/list',
])
