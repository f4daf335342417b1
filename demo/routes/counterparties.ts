import type { Router } from '@koa/router'
import { z } from 'zod'
import { compare, condition, contains } from '../database/filter.ts'
import { jsonBody, noBody } from '../http/body.ts'
import { counterpartyId } from '../http/fields.ts'
import { serveOperation } from '../http/operation.ts'
import type { Services } from '../http/operation.ts'
import { badRequest } from '../http/problem.ts'
import { commaSeparated, noQuery, pageFields, queryField, repeated, scalar } from '../http/query.ts'
import { readCounterparty, readCounterpartyPage } from '../records/counterparties.ts'
import { counterpartyInput } from '../records/counterparty-input.ts'
import {
  createCounterparty,
  deleteCounterparty,
  replaceCounterparty,
} from '../records/counterparty-writes.ts'

const listQuery = z.strictObject({
  role: repeated(z.enum(['client', 'contractor', 'supplier']), 3).optional(),
  country: queryField.country,
  q: queryField.q,
  tag: commaSeparated(z.string().min(1).max(40), 10).optional(),
  sort: scalar(z.enum(['name', '-name', 'createdAt', '-createdAt'])).default('name'),
  ...pageFields,
})

const readCounterpartyInput = jsonBody(counterpartyInput)

/** Clients, contractors and suppliers. */
export function addCounterpartyRoutes(router: Router, services: Services): void {
  const { database } = services
  const list = serveOperation(services, {
    access: 'read',
    query: listQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, query }) =>
      readCounterpartyPage(database, organizationId, toConditions(query), query),
  })
  const create = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: readCounterpartyInput,
    status: 201,
    handle: ({ organizationId, body }) =>
      readCounterparty(
        database,
        organizationId,
        createCounterparty(database, organizationId, body),
      ),
  })
  const get = serveOperation(services, {
    access: 'read',
    query: noQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, pathId }) =>
      readCounterparty(database, organizationId, checkId(pathId('counterpartyId'))),
  })
  const replace = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: readCounterpartyInput,
    status: 200,
    handle: ({ organizationId, pathId, body }) => {
      const id = checkId(pathId('counterpartyId'))
      replaceCounterparty(database, organizationId, id, body)
      return readCounterparty(database, organizationId, id)
    },
  })
  const remove = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: noBody,
    status: 204,
    handle: ({ organizationId, pathId }) =>
      deleteCounterparty(database, organizationId, checkId(pathId('counterpartyId'))),
  })

  router.get('/counterparties', list)
  router.post('/counterparties', create)
  router.get('/counterparties/:counterpartyId', get)
  router.put('/counterparties/:counterpartyId', replace)
  router.delete('/counterparties/:counterpartyId', remove)
}

function toConditions(query: z.infer<typeof listQuery>) {
  const roles = query.role ?? []
  const places = roles.map(() => '?').join(', ')
  const holdsRole = `EXISTS (SELECT 1 FROM json_each(c.roles) r WHERE r.value IN (${places}))`
  const carriesTag = 'EXISTS (SELECT 1 FROM json_each(c.tags) g WHERE g.value = ?)'
  return [
    ...(roles.length > 0 ? [condition(holdsRole, ...roles)] : []),
    ...compare('c.country = ?', query.country),
    ...contains(['c.name', 'c.legal_name', 'c.tax_id'], query.q),
    ...(query.tag ?? []).map((tag) => condition(carriesTag, tag)),
  ]
}

/** The one kind of id whose form is documented, so that a wrong form is a bad request. */
function checkId(id: string): string {
  if (counterpartyId.safeParse(id).success) return id
  throw badRequest([{ in: 'path', name: 'counterpartyId', message: 'must look like "cp_0001"' }])
}
