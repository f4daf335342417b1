import type { Middleware } from 'koa'
import type { Fault } from './fault-schema.ts'
import { sendFault } from './send-fault.ts'

/** The switch that makes the demo misbehave on purpose. */
export type FaultSwitch = {
  /** Misbehaves on requests below the given base path. */
  readonly middleware: Middleware
  set(faults: readonly Fault[]): void
  list(): readonly Fault[]
}

/** Creates the switch with no fault set. */
export function createFaultSwitch(basePath: string): FaultSwitch {
  let faults: readonly Fault[] = []

  /** Lists the faults that hit a path, and uses up one time of each. */
  function takeFaults(path: string): readonly Fault[] {
    const hits = faults.filter((fault) => isHit(fault, path))
    faults = faults.flatMap((fault) => (hits.includes(fault) ? countDown(fault) : [fault]))
    return hits
  }

  return {
    async middleware(ctx, next) {
      const hits = ctx.path.startsWith(basePath) ? takeFaults(ctx.path.slice(basePath.length)) : []
      for (const hit of hits) {
        const outcome = await sendFault(ctx, hit)
        if (outcome === 'answered') return
      }
      await next()
    },
    set(wanted) {
      faults = wanted
    },
    list: () => faults,
  }
}

/** Without a path, everything is hit but `/me…`, so that readiness checks still pass. */
function isHit(fault: Fault, path: string): boolean {
  return fault.path === undefined ? !path.startsWith('/me') : path.startsWith(fault.path)
}

function countDown(fault: Fault): Fault[] {
  if (fault.times === undefined) return [fault]
  return fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : []
}
