import type { Router } from '@koa/router'
import { z } from 'zod'
import { compare, contains } from '../database/filter.ts'
import { jsonBody, noBody } from '../http/body.ts'
import { serveOperation } from '../http/operation.ts'
import type { Services } from '../http/operation.ts'
import { noQuery, pageFields, queryField } from '../http/query.ts'
import { createCostGroup, readCostGroup, readCostGroupPage } from '../records/cost-groups.ts'

const listQuery = z.strictObject({ parentId: queryField.id, q: queryField.q, ...pageFields })

const input = z.strictObject({
  code: z
    .string()
    .max(20)
    .regex(/^[0-9]+(\.[0-9]+)*$/),
  name: z.string().min(1).max(100),
  parentId: z.string().max(40).nullable().default(null),
  description: z.string().max(500).nullable().default(null),
})

const readInput = jsonBody(input)

/** The tree of spending categories. */
export function addCostGroupRoutes(router: Router, services: Services): void {
  const { database } = services
  const list = serveOperation(services, {
    access: 'read',
    query: listQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, query }) =>
      readCostGroupPage(
        database,
        organizationId,
        [...compare('g.parent_id = ?', query.parentId), ...contains(['g.code', 'g.name'], query.q)],
        query,
      ),
  })
  const create = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: readInput,
    status: 201,
    handle: ({ organizationId, body }) =>
      readCostGroup(database, organizationId, createCostGroup(database, organizationId, body)),
  })

  router.get('/cost-groups', list)
  router.post('/cost-groups', create)
}
