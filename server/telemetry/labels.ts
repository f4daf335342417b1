import type { Exchange } from '../mcp/exchange.ts'
import { STATUS_CODES } from '../node-http.ts'

/** The value of a label where there is nothing to say. */
export const NONE = 'none'
/** What stands for everything that a closed vocabulary does not have. */
export const OTHER = 'other'

/** JSON-RPC 2.0, section 5.1: what the specification keeps for itself and for servers. */
const RESERVED_CODES = { least: -32768, most: -32000 } as const
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** Many more than there are in the code; it is a net, not a limit that anything comes near. */
const MAX_REASONS = 60

/** An HTTP status that IANA knows; an upstream may answer with any three digits. */
export function toStatusLabel(status: number): string {
  return status in STATUS_CODES ? String(status) : OTHER
}

/** An HTTP method that the server has answers for. */
export function toHttpMethodLabel(method: string): string {
  return METHODS.includes(method) ? method : OTHER
}

/** How a message ended: `ok`, `tool_error` for refused arguments, or the code of its JSON-RPC error. */
export function toCodeLabel({ code, isToolError }: Pick<Exchange, 'code' | 'isToolError'>): string {
  if (code === null) return isToolError ? 'tool_error' : 'ok'
  const isReserved = code >= RESERVED_CODES.least && code <= RESERVED_CODES.most
  return isReserved ? String(code) : OTHER
}

/** Keeps a label to names of ours, and to so many of them that no mistake can fill the memory. */
export function createReasonLabel(): (reason: string | null) => string {
  const known = new Set<string>()
  return (reason) => {
    if (reason === null) return NONE
    if (known.has(reason)) return reason
    if (known.size >= MAX_REASONS || !/^[a-z][a-z0-9_.-]{0,47}$/.test(reason)) return OTHER
    known.add(reason)
    return reason
  }
}
