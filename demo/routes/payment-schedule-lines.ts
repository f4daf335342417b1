import type { Router } from '@koa/router'
import { z } from 'zod'
import { compare } from '../database/filter.ts'
import { noBody } from '../http/body.ts'
import { serveOperation } from '../http/operation.ts'
import type { Services } from '../http/operation.ts'
import { notFound } from '../http/problem.ts'
import { pageFields, queryField, scalar } from '../http/query.ts'
import { exists } from '../records/exists.ts'
import { LINE_STATUS, readSchedulePage } from '../records/schedule-lines.ts'

const listQuery = z.strictObject({
  status: scalar(z.enum(['planned', 'invoiced', 'paid', 'overdue'])).optional(),
  dueFrom: queryField.day,
  dueTo: queryField.day,
  ...pageFields,
})

/** The payment schedule of a contract. */
export function addPaymentScheduleLineRoutes(router: Router, services: Services): void {
  const { database } = services
  const list = serveOperation(services, {
    access: 'read',
    query: listQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, pathId, query }) => {
      const contractId = pathId('contractId')
      if (!exists(database, 'contracts', organizationId, contractId)) {
        throw notFound('contract', contractId)
      }
      const conditions = [
        ...compare(`${LINE_STATUS} = ?`, query.status),
        ...compare('l.due_date >= ?', query.dueFrom),
        ...compare('l.due_date <= ?', query.dueTo),
      ]
      return readSchedulePage(database, contractId, conditions, query)
    },
  })

  router.get('/contracts/:contractId/payment-schedule-lines', list)
}
