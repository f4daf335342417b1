import type { Logger } from 'pino'
import { publicError, type ErrorCode } from '../errors.ts'
import type { Middleware } from '../http/context.ts'
import { reportError } from '../http/report-error.ts'
import { INTERNAL_ERROR, INVALID_REQUEST, PARSE_ERROR, SERVER_ERROR } from './protocol-errors.ts'

/** The failures that a JSON-RPC client is told as JSON-RPC; the others are plain HTTP refusals. */
export const RPC_CODES: Partial<Record<ErrorCode, number>> = {
  method_not_allowed: SERVER_ERROR,
  unsupported_media_type: SERVER_ERROR,
  body_too_large: SERVER_ERROR,
  body_incomplete: PARSE_ERROR,
  malformed_json: PARSE_ERROR,
  nested_too_deeply: INVALID_REQUEST,
  store_unavailable: SERVER_ERROR,
  server_error: INTERNAL_ERROR,
}

/** Answers what went wrong around a message in JSON-RPC, without an id: none was read yet. */
export function rpcErrors({ log }: { readonly log: Logger }): Middleware {
  return async function rpcErrors(ctx, next) {
    try {
      await next()
    } catch (error) {
      const { code: name, status, message } = publicError(error)
      const code = RPC_CODES[name]
      if (code === undefined) throw error
      reportError(log, ctx.state.requestId, error)
      if (name === 'method_not_allowed') ctx.set('Allow', 'POST')
      ctx.status = status
      ctx.body = { jsonrpc: '2.0', id: null, error: { code, message } }
    }
  }
}
