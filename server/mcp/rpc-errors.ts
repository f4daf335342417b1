import type { Logger } from 'pino'
import { publicError, type ErrorCode } from '../errors.ts'
import type { Middleware } from '../http/context.ts'
import { reportError } from '../http/report-error.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import { reportFailure } from '../upstream/report-failure.ts'
import { INTERNAL_ERROR, SERVER_ERROR, upstreamError, type RpcError } from './protocol-errors.ts'

/** The failures that a JSON-RPC client is told as JSON-RPC; the others are plain HTTP refusals. */
const RPC_CODES: Partial<Record<ErrorCode, number>> = {
  method_not_allowed: SERVER_ERROR,
  unsupported_media_type: SERVER_ERROR,
  body_too_large: SERVER_ERROR,
  body_incomplete: -32700,
  malformed_json: -32700,
  server_error: INTERNAL_ERROR,
}

/**
 * Answers what went wrong around a message in JSON-RPC: the transport's refusals without an id, an
 * upstream that failed while the caller's credentials were checked with the ids that were asked.
 *
 * @param options.title the connector's
 */
export function rpcErrors(options: { readonly title: string; readonly log: Logger }): Middleware {
  const { title, log } = options
  return async function rpcErrors(ctx, next) {
    const { requestId } = ctx.state
    try {
      await next()
    } catch (error) {
      if (error instanceof UpstreamFailure) {
        reportFailure(log, requestId, error)
        ctx.status = 200
        ctx.body = answerEach(ctx.state.body, upstreamError(title, error, requestId))
        return
      }
      const { code: name, status, message } = publicError(error)
      const code = RPC_CODES[name]
      if (code === undefined) throw error
      reportError(log, requestId, error)
      ctx.status = status
      if (status === 405) ctx.set('Allow', 'POST')
      ctx.body = { jsonrpc: '2.0', id: null, error: { code, message } }
    }
  }
}

/** The same error for each request of the body; with `id: null` where no id can be read. */
function answerEach(body: Buffer | null, error: RpcError): unknown {
  const message = parseLeniently(body)
  const ids = (Array.isArray(message) ? message : []).map(idOf).filter((id) => id !== null)
  if (ids.length === 0) return { jsonrpc: '2.0', id: idOf(message), error }
  return ids.map((id) => ({ jsonrpc: '2.0', id, error }))
}

function parseLeniently(body: Buffer | null): unknown {
  try {
    return JSON.parse(body?.toString('utf8') ?? 'null')
  } catch {
    return null
  }
}

function idOf(message: unknown): string | number | null {
  if (typeof message !== 'object' || message === null || !('id' in message)) return null
  const { id } = message
  return typeof id === 'string' || (typeof id === 'number' && Number.isInteger(id)) ? id : null
}
