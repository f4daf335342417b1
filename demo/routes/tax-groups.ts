import type { Router } from '@koa/router'
import { z } from 'zod'
import { compare, condition } from '../database/filter.ts'
import { noBody } from '../http/body.ts'
import { serveOperation } from '../http/operation.ts'
import type { Services } from '../http/operation.ts'
import { queryField } from '../http/query.ts'
import { listTaxGroups } from '../records/tax-groups.ts'

const listQuery = z.strictObject({ country: queryField.country, activeOn: queryField.day })

/** VAT and sales tax rates. */
export function addTaxGroupRoutes(router: Router, services: Services): void {
  const list = serveOperation(services, {
    access: 'read',
    query: listQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, query }) => ({
      data: listTaxGroups(services.database, organizationId, toConditions(query)),
    }),
  })

  router.get('/tax-groups', list)
}

function toConditions({ country, activeOn }: z.infer<typeof listQuery>) {
  const isInForce = 't.valid_from <= ? AND (t.valid_to IS NULL OR t.valid_to >= ?)'
  return [
    ...compare('t.country = ?', country),
    ...(activeOn === undefined ? [] : [condition(isInForce, activeOn, activeOn)]),
  ]
}
