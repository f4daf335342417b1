import type { Logger } from 'pino'
import type { UpstreamFailure } from './failure.ts'

/** Logs the true reason of an upstream failure, of which the client learns only the status. */
export function reportFailure(log: Logger, requestId: string, failure: UpstreamFailure): void {
  const { status, message, cause } = failure
  const { retryAfter, step, tool } = failure.facts
  log.warn({
    event: 'upstream_failed',
    requestId,
    status,
    reason: message,
    ...(cause instanceof Error && { cause: cause.message }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(step !== undefined && { step, tool }),
  })
}
