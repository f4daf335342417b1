import type { Router } from '@koa/router'
import { jsonBody, noBody } from '../http/body.ts'
import { serveOperation } from '../http/operation.ts'
import type { Services } from '../http/operation.ts'
import { noQuery } from '../http/query.ts'
import { invoiceInput } from '../records/invoice-input.ts'
import {
  createInvoice,
  deleteInvoice,
  replaceInvoice,
  sendInvoice,
} from '../records/invoice-writes.ts'
import { readInvoice, readInvoicePage } from '../records/invoices.ts'
import {
  invoiceQuery,
  invoiceSearch,
  toListConditions,
  toSearchConditions,
} from './invoice-filters.ts'

const readSearch = jsonBody(invoiceSearch)
const readInvoiceInput = jsonBody(invoiceInput)

/** Invoices, with everything a member can do to them. */
export function addInvoiceRoutes(router: Router, services: Services): void {
  const { database } = services
  const list = serveOperation(services, {
    access: 'read',
    query: invoiceQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, query }) =>
      readInvoicePage(database, organizationId, toListConditions(query), query),
  })
  const search = serveOperation(services, {
    access: 'read',
    query: noQuery,
    body: readSearch,
    status: 200,
    handle: ({ organizationId, body }) =>
      readInvoicePage(database, organizationId, toSearchConditions(body), body),
  })
  const create = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: readInvoiceInput,
    status: 201,
    handle: ({ organizationId, body }) =>
      readInvoice(database, organizationId, createInvoice(database, organizationId, body)),
  })
  const get = serveOperation(services, {
    access: 'read',
    query: noQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, pathId }) =>
      readInvoice(database, organizationId, pathId('invoiceId')),
  })
  const replace = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: readInvoiceInput,
    status: 200,
    handle: ({ organizationId, pathId, body }) => {
      replaceInvoice(database, organizationId, pathId('invoiceId'), body)
      return readInvoice(database, organizationId, pathId('invoiceId'))
    },
  })
  const remove = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: noBody,
    status: 204,
    handle: ({ organizationId, pathId }) =>
      deleteInvoice(database, organizationId, pathId('invoiceId')),
  })
  const send = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, pathId }) => {
      sendInvoice(database, organizationId, pathId('invoiceId'))
      return readInvoice(database, organizationId, pathId('invoiceId'))
    },
  })

  router.get('/invoices', list)
  router.post('/invoices', create)
  router.post('/invoices/search', search)
  router.get('/invoices/:invoiceId', get)
  router.put('/invoices/:invoiceId', replace)
  router.delete('/invoices/:invoiceId', remove)
  router.post('/invoices/:invoiceId/send', send)
}
