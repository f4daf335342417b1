import type { Logger } from 'pino'
import { AppError } from '../errors.ts'

/** Logs why a request was not answered as asked: a planned refusal in a line, anything else with its stack. */
export function reportError(log: Logger, requestId: string, error: unknown): void {
  if (error instanceof AppError) {
    log.info({ event: 'refused', requestId, code: error.code, reason: error.message })
  } else {
    log.error({ event: 'unplanned_error', requestId, err: error })
  }
}
