import type { Router } from '@koa/router'
import { z } from 'zod'
import { compare, contains } from '../database/filter.ts'
import { jsonBody, noBody } from '../http/body.ts'
import { serveOperation } from '../http/operation.ts'
import type { Services } from '../http/operation.ts'
import { noQuery, pageFields, queryField, scalar } from '../http/query.ts'
import { supplierInput } from '../records/counterparty-input.ts'
import { createSupplier } from '../records/counterparty-writes.ts'
import { readSupplier, readSupplierPage } from '../records/suppliers.ts'

const sort = z.enum(['name', '-name', 'paymentTermDays', '-paymentTermDays'])

const listQuery = z.strictObject({
  country: queryField.country,
  costGroupId: queryField.id,
  q: queryField.q,
  sort: scalar(sort).default('name'),
  ...pageFields,
})

const readSupplierInput = jsonBody(supplierInput)

/** The counterparties on the cost side. */
export function addSupplierRoutes(router: Router, services: Services): void {
  const { database } = services
  const list = serveOperation(services, {
    access: 'read',
    query: listQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, query }) =>
      readSupplierPage(
        database,
        organizationId,
        [
          ...compare('c.country = ?', query.country),
          ...compare('c.cost_group_id = ?', query.costGroupId),
          ...contains(['c.name', 'c.tax_id'], query.q),
        ],
        query,
      ),
  })
  const create = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: readSupplierInput,
    status: 201,
    handle: ({ organizationId, body }) =>
      readSupplier(database, organizationId, createSupplier(database, organizationId, body)),
  })

  router.get('/suppliers', list)
  router.post('/suppliers', create)
}
