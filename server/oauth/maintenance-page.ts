import type { Middleware } from '../http/context.ts'
import { underMaintenance } from '../pages/texts.ts'
import { RETRY_AFTER_SECONDS } from '../switches/maintenance-gate.ts'
import type { Switchboard } from '../switches/switchboard.ts'
import type { ShowProblem } from '../pages/show-problem.ts'

/**
 * Tells people that the connector is out of service, before they sign in. Programs go on: a token
 * that is refreshed meanwhile keeps its connection.
 */
export function maintenancePage(options: {
  readonly switchboard: Pick<Switchboard, 'isInMaintenance' | 'maintenanceMessage'>
  readonly showProblem: ShowProblem
}): Middleware {
  const { switchboard, showProblem } = options
  return async function maintenancePage(ctx, next) {
    if (!switchboard.isInMaintenance()) {
      await next()
      return
    }
    ctx.set('Retry-After', String(RETRY_AFTER_SECONDS))
    showProblem(ctx, 503, underMaintenance({ message: switchboard.maintenanceMessage() }))
  }
}
