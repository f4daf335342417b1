import Router from '@koa/router'
import Koa from 'koa'
import type { Middleware } from 'koa'
import { createFaultSwitch } from './http/faults.ts'
import type { Services } from './http/operation.ts'
import { ProblemError, answerProblems } from './http/problem.ts'
import { createRequestLog } from './http/request-log.ts'
import { addAttachmentContentRoutes } from './routes/attachment-content.ts'
import { addAttachmentRoutes } from './routes/attachments.ts'
import { addBankAccountRoutes } from './routes/bank-accounts.ts'
import { addContractRoutes } from './routes/contracts.ts'
import { addControlRoutes } from './routes/control.ts'
import { addCostGroupRoutes } from './routes/cost-groups.ts'
import { addCounterpartyRoutes } from './routes/counterparties.ts'
import { addDocumentRoute } from './routes/document.ts'
import { addInvoiceRoutes } from './routes/invoices.ts'
import { addMeRoutes } from './routes/me.ts'
import { addPaymentScheduleLineRoutes } from './routes/payment-schedule-lines.ts'
import { addProjectRoutes } from './routes/projects.ts'
import { addSessionRoutes } from './routes/sessions.ts'
import { addSupplierRoutes } from './routes/suppliers.ts'
import { addTaxGroupRoutes } from './routes/tax-groups.ts'
import { addTransactionRoutes } from './routes/transactions.ts'

/** The documented server's path; everything outside it belongs to the demo itself. */
export const BASE_PATH = '/v1'

const ROUTES = [
  addSessionRoutes,
  addMeRoutes,
  addInvoiceRoutes,
  addTransactionRoutes,
  addBankAccountRoutes,
  addCounterpartyRoutes,
  addSupplierRoutes,
  addContractRoutes,
  addPaymentScheduleLineRoutes,
  addAttachmentRoutes,
  addAttachmentContentRoutes,
  addCostGroupRoutes,
  addTaxGroupRoutes,
  addProjectRoutes,
]

/** Puts the demo together: control, log, problems, faults, and the documented operations. */
export function createApp(services: Services, log: (line: string) => void): Koa {
  const app = new Koa()
  const faults = createFaultSwitch(BASE_PATH)
  const requests = createRequestLog()
  const control = new Router({ sensitive: true, strict: true })
  const api = new Router({ sensitive: true, strict: true, prefix: BASE_PATH })
  addControlRoutes(control, faults, requests)
  addDocumentRoute(api)
  for (const addRoutes of ROUTES) addRoutes(api, services)

  app.use(answerProblems(log))
  app.use(control.routes())
  app.use(refuse(control))
  app.use(requests.middleware)
  app.use(answerProblems(log))
  app.use(faults.middleware)
  app.use(api.routes())
  app.use(refuse(api))
  app.use(refuseRest)
  app.on('error', (error: Error) => log(`demo: ${error.message}`))
  return app
}

/** 405 for a known path without this method. */
function refuse(router: Router): Middleware {
  return function refuse(ctx, next) {
    const methods = new Set(
      router.match(ctx.path, ctx.method).path.flatMap((layer) => layer.methods),
    )
    if (methods.size === 0) return next()
    throw new ProblemError(405, 'This path does not have this method.', {
      headers: { Allow: [...methods].join(', ') },
    })
  }
}

/** 404 for every path that is not known at all. */
function refuseRest(): never {
  throw new ProblemError(404, 'There is nothing at this path.')
}
