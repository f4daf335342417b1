import type { Logger } from 'pino'
import type { Middleware } from '../http/context.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import { reportFailure } from '../upstream/report-failure.ts'
import { answerEach } from './answer-each.ts'
import { parseMessage } from './message.ts'
import { upstreamError } from './protocol-errors.ts'

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
      answerEach(ctx, parseMessage(ctx.state.body), upstreamError(title, error, requestId), {
        reason: 'upstream_failed',
        upstreamStatus: error.status,
      })
    }
  }
}
