import type { Router } from '@koa/router'
import { z } from 'zod'
import { compare } from '../database/filter.ts'
import { jsonBody, noBody } from '../http/body.ts'
import { serveOperation } from '../http/operation.ts'
import type { Services } from '../http/operation.ts'
import { conflict } from '../http/problem.ts'
import { noQuery, queryField, scalar } from '../http/query.ts'
import { listBankAccounts, readBankAccount, updateBankAccount } from '../records/bank-accounts.ts'

const status = z.enum(['active', 'closed'])

const listQuery = z.strictObject({
  status: scalar(status).optional(),
  currency: queryField.currency,
})

const input = z.strictObject({
  name: z.string().min(1).max(100),
  status,
  isDefault: z.boolean(),
})

const readInput = jsonBody(input)

/** Bank accounts, which the role `member` may not see. */
export function addBankAccountRoutes(router: Router, services: Services): void {
  const { database } = services
  const list = serveOperation(services, {
    access: 'readBankAccounts',
    query: listQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, query }) => ({
      data: listBankAccounts(database, organizationId, [
        ...compare('b.status = ?', query.status),
        ...compare('b.currency = ?', query.currency),
      ]),
    }),
  })
  const get = serveOperation(services, {
    access: 'readBankAccounts',
    query: noQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, pathId }) =>
      readBankAccount(database, organizationId, pathId('bankAccountId')),
  })
  const update = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: readInput,
    status: 200,
    handle: ({ organizationId, pathId, body }) => {
      readBankAccount(database, organizationId, pathId('bankAccountId'))
      if (body.status === 'closed' && body.isDefault) {
        throw conflict('A closed account cannot be the default.')
      }
      updateBankAccount(database, organizationId, pathId('bankAccountId'), body)
      return readBankAccount(database, organizationId, pathId('bankAccountId'))
    },
  })

  router.get('/bank-accounts', list)
  router.get('/bank-accounts/:bankAccountId', get)
  router.put('/bank-accounts/:bankAccountId', update)
}
