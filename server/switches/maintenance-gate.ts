import { AppError } from '../errors.ts'
import type { Middleware } from '../http/context.ts'
import type { Switchboard } from './switchboard.ts'

/** When a caller may try again; nobody knows how long it takes. */
export const RETRY_AFTER_SECONDS = 60

/** Turns every call away while the operator has taken the connector out of service. */
export function maintenanceGate(
  switchboard: Pick<Switchboard, 'isInMaintenance' | 'maintenanceMessage'>,
): Middleware {
  return function maintenanceGate(ctx, next) {
    if (switchboard.isInMaintenance()) {
      ctx.set('Retry-After', String(RETRY_AFTER_SECONDS))
      // The operator's own words, meant for whoever calls.
      const hint = switchboard.maintenanceMessage()
      throw new AppError('maintenance', hint === null ? {} : { hint })
    }
    return next()
  }
}
