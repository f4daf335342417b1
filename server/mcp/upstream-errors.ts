import type { Logger } from 'pino'
import type { Context, Middleware } from '../http/context.ts'
import { isRecord } from '../json.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import { reportFailure } from '../upstream/report-failure.ts'
import { MAX_BATCH, parseMessage } from './message.ts'
import { upstreamError, type RpcError } from './protocol-errors.ts'

/**
 * Answers for an upstream that failed before a message was looked into, while the caller's
 * credentials were checked: the same error for every request that was asked.
 *
 * @param options.title the connector's
 */
export function upstreamErrors(options: {
  readonly title: string
  readonly log: Logger
}): Middleware {
  const { title, log } = options
  return async function upstreamErrors(ctx, next) {
    const { requestId } = ctx.state
    try {
      await next()
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error
      reportFailure(log, requestId, error)
      answerEach(ctx, parseMessage(ctx.state.body), upstreamError(title, error, requestId))
    }
  }
}

/** Once, and without an id, for a batch that is too long; not at all for notifications. */
function answerEach(ctx: Context, message: unknown, error: RpcError): void {
  const isBatch = Array.isArray(message) && message.length <= MAX_BATCH
  const answers = (isBatch ? message : [message])
    .filter((each) => !isNotification(each))
    .map((each) => ({ jsonrpc: '2.0', id: idOf(each), error }))
  ctx.body = isBatch && answers.length > 0 ? answers : (answers[0] ?? '')
  ctx.status = answers.length === 0 ? 202 : 200
}

function isNotification(message: unknown): boolean {
  return isRecord(message) && 'method' in message && !('id' in message)
}

function idOf(message: unknown): string | number | null {
  const id = isRecord(message) ? message['id'] : null
  return typeof id === 'string' || (typeof id === 'number' && Number.isInteger(id)) ? id : null
}
