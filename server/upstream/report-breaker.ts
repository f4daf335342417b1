import type { Logger } from 'pino'
import type { BreakerChange } from './breaker.ts'

/** Logs that calls to an upstream are turned away from now on, or let through again. */
export function reportBreaker(log: Logger): (change: BreakerChange) => void {
  return ({ origin, state }) => {
    if (state === 'open') log.error({ event: 'breaker_opened', origin })
    else log.info({ event: 'breaker_closed', origin })
  }
}
