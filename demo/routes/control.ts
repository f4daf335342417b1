import type { Router } from '@koa/router'
import { jsonBody } from '../http/body.ts'
import { faultsInput } from '../http/fault-schema.ts'
import type { FaultSwitch } from '../http/faults.ts'
import { answerJson } from '../http/operation.ts'
import { ProblemError, badRequest } from '../http/problem.ts'
import type { RequestLog } from '../http/request-log.ts'

const readFaults = jsonBody(faultsInput)

/** The demo's own switches, outside the documented API: make it fail, and see what it was sent. */
export function addControlRoutes(router: Router, faults: FaultSwitch, requests: RequestLog): void {
  router.get('/_faults', (ctx) => answerJson(ctx, 200, { data: faults.list() }))

  router.put('/_faults', async (ctx) => {
    faults.set(await readFaults(ctx).catch(toBadRequest))
    answerJson(ctx, 200, { data: faults.list() })
  })

  router.delete('/_faults', (ctx) => {
    faults.set([])
    answerJson(ctx, 204, null)
  })

  router.get('/_requests', (ctx) => answerJson(ctx, 200, { data: requests.list() }))

  router.delete('/_requests', (ctx) => {
    requests.clear()
    answerJson(ctx, 204, null)
  })
}

/** A switch that is set wrongly is a mistake in a test: one status for all of them. */
function toBadRequest(error: unknown): never {
  if (error instanceof ProblemError && error.status === 422) throw badRequest(error.errors)
  throw error
}
