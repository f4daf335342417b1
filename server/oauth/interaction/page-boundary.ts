import { errors } from 'oidc-provider'
import { AppError } from '../../errors.ts'
import type { Middleware } from '../../http/context.ts'
import { reportError } from '../../http/report-error.ts'
import { expired, serverError } from '../../pages/texts.ts'
import type { InteractionServices } from './services.ts'

/**
 * Shows a person a page when something failed that nobody planned for. What was planned goes on to
 * the server's own boundary: only a program can cause it here.
 */
export function pageBoundary(
  { showProblem, log }: Pick<InteractionServices, 'showProblem' | 'log'>,
  page: Middleware,
): Middleware {
  return async function pageBoundary(ctx, next) {
    try {
      await page(ctx, next)
    } catch (error) {
      if (error instanceof AppError) throw error
      // Another form of the same interaction has ended it meanwhile.
      if (error instanceof errors.SessionNotFound) return showProblem(ctx, 400, expired())
      reportError(log, ctx.state.requestId, error)
      showProblem(ctx, 500, serverError())
    }
  }
}
