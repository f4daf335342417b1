import type { Middleware } from '../http/context.ts'
import { noSignIn } from '../pages/texts.ts'
import type { ShowProblem } from '../pages/show-problem.ts'

/**
 * Tells a person whom a client has sent here that nobody signs in: the connector acts with one
 * credential of its operator, who gives API keys to programs. The client is not sent back to: it
 * would show its own words for a refusal, which say nothing of that.
 */
export function apiKeysOnly(options: {
  readonly showProblem: ShowProblem
  /** The connector's. */
  readonly title: string
}): Middleware {
  const { showProblem, title } = options

  return async function apiKeysOnly(ctx) {
    showProblem(ctx, 403, noSignIn({ connectorTitle: title }))
    return Promise.resolve()
  }
}
