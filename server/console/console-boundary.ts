import { AppError } from '../errors.ts'
import type { Middleware } from '../http/context.ts'
import { reportError } from '../http/report-error.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import { CONSOLE } from './addresses.ts'
import type { ConsoleServices } from './services.ts'
import { consoleFailed, upstreamAway } from './texts.ts'

/** The way on from a page about a problem. */
export const TO_CONSOLE = { href: CONSOLE.home, label: 'Back to the console' }

/**
 * Shows a person a page when something failed. What only a program can cause goes on to the server's
 * own boundary.
 */
export function consoleBoundary(
  { showProblem, log }: Pick<ConsoleServices, 'showProblem' | 'log'>,
  page: Middleware,
): Middleware {
  return async function consoleBoundary(ctx, next) {
    const { requestId } = ctx.state
    try {
      await page(ctx, next)
    } catch (error) {
      if (error instanceof AppError) throw error
      if (error instanceof UpstreamFailure) {
        log.warn({ event: 'member_unavailable', requestId, reason: error.message })
        return showProblem(ctx, 502, upstreamAway(), TO_CONSOLE)
      }
      reportError(log, requestId, error)
      showProblem(ctx, 500, consoleFailed(), TO_CONSOLE)
    }
  }
}
