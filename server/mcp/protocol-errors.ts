import { ProtocolError } from '@modelcontextprotocol/server'
import { UpstreamFailure } from '../upstream/failure.ts'

/** JSON-RPC 2.0, section 5.1. */
export const PARSE_ERROR = -32700
/** JSON-RPC 2.0, section 5.1. */
export const INVALID_REQUEST = -32600
/** JSON-RPC 2.0, section 5.1; also an unknown tool, cursor or resource (MCP). */
export const INVALID_PARAMS = -32602
/** JSON-RPC 2.0, section 5.1. */
export const INTERNAL_ERROR = -32603
/** Of the range that JSON-RPC leaves to servers: refusals of the transport, and upstream failures. */
export const SERVER_ERROR = -32000

/** The error of a JSON-RPC answer. */
export type RpcError = {
  readonly code: number
  readonly message: string
  readonly data?: Readonly<Record<string, unknown>>
}

/**
 * What a client is told when the upstream failed: `data.status` marks it as the upstream's failure.
 *
 * @param title the connector's
 */
export function upstreamError(
  title: string,
  failure: UpstreamFailure,
  requestId: string,
): RpcError {
  return {
    code: SERVER_ERROR,
    message: `Upstream ${title} API failed`,
    data: { status: failure.status, ...failure.facts, requestId },
  }
}

/** The code that an error of a call has on the wire. */
export function codeOf(error: unknown): number {
  if (error instanceof UpstreamFailure) return SERVER_ERROR
  return ProtocolError.isInstance(error) ? error.code : INTERNAL_ERROR
}

/** For the SDK, which puts the integer `code`, the message and the data of anything thrown on the wire. */
export function toProtocolError({ code, message, data }: RpcError): ProtocolError {
  return new ProtocolError(code, message, data)
}
