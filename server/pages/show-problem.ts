import type { Context } from '../http/context.ts'
import type { Pages } from './render.ts'
import { sendPage } from './send-page.ts'
import type { ProblemText, ProblemView } from './views.ts'

/**
 * Answers with a page that says what happened and what to do.
 *
 * @param action a way on; none by default
 */
export type ShowProblem = (
  ctx: Context,
  status: number,
  text: ProblemText,
  action?: ProblemView['action'],
) => void

/** Makes the answer; the request's id stands on the page, for the support. */
export function createShowProblem(pages: Pick<Pages, 'problem'>): ShowProblem {
  return function showProblem(ctx, status, text, action = null) {
    const reference = ctx.state.requestId
    sendPage(ctx, status, pages.problem({ ...text, reference, action }))
  }
}
