import type { Router } from '@koa/router'
import { z } from 'zod'
import { compare, compareMoney, condition, contains } from '../database/filter.ts'
import { jsonBody, noBody } from '../http/body.ts'
import { serveOperation } from '../http/operation.ts'
import type { Services } from '../http/operation.ts'
import { noQuery, pageFields, queryField, scalar } from '../http/query.ts'
import { contractInput, contractUpdate } from '../records/contract-input.ts'
import { createContract, deleteContract, updateContract } from '../records/contract-writes.ts'
import { readContract, readContractPage } from '../records/contracts.ts'

const listQuery = z.strictObject({
  status: scalar(z.enum(['draft', 'active', 'expired', 'terminated'])).optional(),
  counterpartyId: queryField.counterpartyId,
  projectId: queryField.id,
  activeOn: queryField.day,
  startFrom: queryField.day,
  startTo: queryField.day,
  minValue: queryField.amount,
  maxValue: queryField.amount,
  q: queryField.q,
  sort: scalar(
    z.enum(['startDate', '-startDate', 'endDate', '-endDate', 'value', '-value', 'number']),
  ).default('-startDate'),
  ...pageFields,
})

const readContractInput = jsonBody(contractInput)
const readContractUpdate = jsonBody(contractUpdate)

/** Contracts; their payment schedules have a file of their own. */
export function addContractRoutes(router: Router, services: Services): void {
  const { database } = services
  const list = serveOperation(services, {
    access: 'read',
    query: listQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, query }) =>
      readContractPage(database, organizationId, toConditions(query), query),
  })
  const create = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: readContractInput,
    status: 201,
    handle: ({ organizationId, body }) =>
      readContract(database, organizationId, createContract(database, organizationId, body)),
  })
  const get = serveOperation(services, {
    access: 'read',
    query: noQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, pathId }) =>
      readContract(database, organizationId, pathId('contractId')),
  })
  const update = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: readContractUpdate,
    status: 200,
    handle: ({ organizationId, pathId, body }) => {
      updateContract(database, organizationId, pathId('contractId'), body)
      return readContract(database, organizationId, pathId('contractId'))
    },
  })
  const remove = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: noBody,
    status: 204,
    handle: ({ organizationId, pathId }) =>
      deleteContract(database, organizationId, pathId('contractId')),
  })

  router.get('/contracts', list)
  router.post('/contracts', create)
  router.get('/contracts/:contractId', get)
  router.put('/contracts/:contractId', update)
  router.delete('/contracts/:contractId', remove)
}

function toConditions(query: z.infer<typeof listQuery>) {
  const { activeOn } = query
  const isActive = 'k.start_date <= ? AND (k.end_date IS NULL OR k.end_date >= ?)'
  return [
    ...compare('k.status = ?', query.status),
    ...compare('k.counterparty_id = ?', query.counterpartyId),
    ...compare('k.project_id = ?', query.projectId),
    ...(activeOn === undefined ? [] : [condition(isActive, activeOn, activeOn)]),
    ...compare('k.start_date >= ?', query.startFrom),
    ...compare('k.start_date <= ?', query.startTo),
    ...compareMoney('k.value_cents >= ?', query.minValue),
    ...compareMoney('k.value_cents <= ?', query.maxValue),
    ...contains(['k.number', 'k.title', 'c.name'], query.q),
  ]
}
