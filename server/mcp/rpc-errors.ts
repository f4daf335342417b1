import type { Logger } from 'pino'
import { publicError, type ErrorCode } from '../errors.ts'
import type { Context, Middleware } from '../http/context.ts'
import { reportError } from '../http/report-error.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import { reportFailure } from '../upstream/report-failure.ts'
import { isRecord } from '../json.ts'
import { MAX_BATCH, parseMessage } from './message.ts'
import {
  INTERNAL_ERROR,
  INVALID_REQUEST,
  PARSE_ERROR,
  SERVER_ERROR,
  upstreamError,
  type RpcError,
} from './protocol-errors.ts'

/** The failures that a JSON-RPC client is told as JSON-RPC; the others are plain HTTP refusals. */
const RPC_CODES: Partial<Record<ErrorCode, number>> = {
  method_not_allowed: SERVER_ERROR,
  unsupported_media_type: SERVER_ERROR,
  body_too_large: SERVER_ERROR,
  body_incomplete: PARSE_ERROR,
  malformed_json: PARSE_ERROR,
  nested_too_deeply: INVALID_REQUEST,
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
      try {
        await next()
      } catch (error) {
        if (!(error instanceof UpstreamFailure)) throw error
        reportFailure(log, requestId, error)
        answerEach(ctx, parseMessage(ctx.state.body), upstreamError(title, error, requestId))
      }
    } catch (error) {
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

/** The same error for each request of the body; once, without an id, for a batch that is too long. */
function answerEach(ctx: Context, message: unknown, error: RpcError): void {
  const isBatch = Array.isArray(message) && message.length <= MAX_BATCH
  const answers = (isBatch ? message : [message])
    .filter((each) => !isNotification(each))
    .map((each) => ({ jsonrpc: '2.0', id: idOf(each), error }))
  ctx.status = answers.length === 0 ? 202 : 200
  ctx.body = isBatch && answers.length > 0 ? answers : (answers[0] ?? '')
}

function isNotification(message: unknown): boolean {
  return isRecord(message) && 'method' in message && !('id' in message)
}

function idOf(message: unknown): string | number | null {
  const id = isRecord(message) ? message['id'] : null
  return typeof id === 'string' || (typeof id === 'number' && Number.isInteger(id)) ? id : null
}
