import type { Router } from '@koa/router'
import { z } from 'zod'
import { compare, compareMoney, contains, flagIs, oneOf } from '../database/filter.ts'
import { updateRow } from '../database/update.ts'
import { jsonBody, noBody } from '../http/body.ts'
import { counterpartyId, id } from '../http/fields.ts'
import { serveOperation } from '../http/operation.ts'
import type { Services } from '../http/operation.ts'
import { commaSeparated, integer, noQuery, queryField, scalar } from '../http/query.ts'
import { checkReference } from '../records/exists.ts'
import { parseCursor, renderCursor } from '../records/transaction-cursor.ts'
import { readTransaction, readTransactionSlice } from '../records/transactions.ts'

const listQuery = z.strictObject({
  bankAccountId: commaSeparated(id, 20).optional(),
  direction: scalar(z.enum(['in', 'out'])).optional(),
  bookedFrom: queryField.day,
  bookedTo: queryField.day,
  counterpartyId: queryField.counterpartyId,
  costGroupId: queryField.id,
  minAmount: queryField.amount,
  maxAmount: queryField.amount,
  matched: queryField.boolean,
  q: queryField.q,
  sort: scalar(z.enum(['bookedOn', '-bookedOn', 'amount', '-amount'])).default('-bookedOn'),
  cursor: scalar(z.string().min(1).max(200)).optional(),
  limit: integer(1, 200).default(50),
})

const patch = z
  .strictObject({
    costGroupId: z.string().max(40).nullable().optional(),
    projectId: z.string().max(40).nullable().optional(),
    counterpartyId: counterpartyId.nullable().optional(),
    note: z.string().max(1_000).nullable().optional(),
  })
  .refine((fields) => Object.keys(fields).length > 0, 'must change something')

const readPatch = jsonBody(patch)

/** Bank transactions: read in slices, and categorised. */
export function addTransactionRoutes(router: Router, services: Services): void {
  const { database } = services
  const list = serveOperation(services, {
    access: 'read',
    query: listQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, query }) => {
      const { cursor, sort, limit } = query
      const after = cursor === undefined ? null : parseCursor(cursor, sort)
      const slice = { sort, after, limit }
      const found = readTransactionSlice(database, organizationId, toConditions(query), slice)
      return { data: found.data, nextCursor: found.next === null ? null : renderCursor(found.next) }
    },
  })
  const get = serveOperation(services, {
    access: 'read',
    query: noQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, pathId }) =>
      readTransaction(database, organizationId, pathId('transactionId')),
  })
  const update = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: readPatch,
    status: 200,
    handle: ({ organizationId, pathId, body }) => {
      const transactionId = pathId('transactionId')
      readTransaction(database, organizationId, transactionId)
      checkReference(database, 'cost_groups', organizationId, body.costGroupId, '/costGroupId')
      checkReference(database, 'projects', organizationId, body.projectId, '/projectId')
      checkReference(
        database,
        'counterparties',
        organizationId,
        body.counterpartyId,
        '/counterpartyId',
      )
      updateRow(database, 'transactions', transactionId, toColumns(body))
      return readTransaction(database, organizationId, transactionId)
    },
  })

  router.get('/transactions', list)
  router.get('/transactions/:transactionId', get)
  router.patch('/transactions/:transactionId', update)
}

function toConditions(query: z.infer<typeof listQuery>) {
  return [
    ...oneOf('t.bank_account_id', query.bankAccountId),
    ...compare('t.direction = ?', query.direction),
    ...compare('t.booked_on >= ?', query.bookedFrom),
    ...compare('t.booked_on <= ?', query.bookedTo),
    ...compare('t.counterparty_id = ?', query.counterpartyId),
    ...compare('t.cost_group_id = ?', query.costGroupId),
    ...compareMoney('t.amount_cents >= ?', query.minAmount),
    ...compareMoney('t.amount_cents <= ?', query.maxAmount),
    ...flagIs('t.invoice_id IS NOT NULL', query.matched),
    ...contains(['t.description', 't.note', 'c.name'], query.q),
  ]
}

/** What is left out stays; null clears. */
function toColumns(fields: z.infer<typeof patch>) {
  return {
    ...(fields.costGroupId === undefined ? {} : { cost_group_id: fields.costGroupId }),
    ...(fields.projectId === undefined ? {} : { project_id: fields.projectId }),
    ...(fields.counterpartyId === undefined ? {} : { counterparty_id: fields.counterpartyId }),
    ...(fields.note === undefined ? {} : { note: fields.note }),
  }
}
