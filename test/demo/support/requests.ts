import type { Demo } from '../../../demo/server.ts'
import { text } from '../../../demo/database/row.ts'
import type { Asked, Client } from './client.ts'
import { at, toText } from './json.ts'

/** A valid request per operation of acme's owner, on records that exist. */
export type ValidRequests = Readonly<Record<string, () => Promise<Asked> | Asked>>

/** The body of a minimal valid invoice. */
export const invoiceBody = {
  kind: 'sales',
  counterpartyId: 'cp_0001',
  issueDate: '2026-11-20',
  dueDate: '2026-12-20',
  lines: [{ description: 'Consulting', quantity: 12.5, unitPrice: 80.4, taxGroupId: 'tg_01' }],
}

/** The body of a minimal valid contract. */
export const contractBody = {
  number: 'C-2026-999',
  title: 'Maintenance',
  counterpartyId: 'cp_0001',
  startDate: '2027-01-01',
  billingInterval: 'quarterly',
  schedule: [{ dueDate: '2027-01-31', amount: 1200.5 }],
}

const counterpartyBody = {
  name: 'New <Partner>',
  roles: ['client'],
  country: 'DE',
  currency: 'EUR',
}

const projectBody = {
  code: 'NEW-01',
  name: 'New project',
  status: 'planned',
  billingType: 'retainer',
  startDate: '2027-01-01',
  currency: 'EUR',
}

/** Makes a form that files a small PDF with an invoice. */
export function buildUpload(contentType = 'application/pdf'): FormData {
  const form = new FormData()
  form.set('file', new Blob(['%PDF-1.4 żółć'], { type: contentType }), 'Ńew "file".pdf')
  form.set('subjectType', 'invoice')
  form.set('subjectId', 'inv_000123')
  return form
}

/** States a valid request for every operation; those that consume a record create it first. */
export function createValidRequests(demo: Demo, owner: Client): ValidRequests {
  let created = 0

  async function create(path: string, body: object | FormData): Promise<string> {
    const { json } = await owner.send({ method: 'POST', path, body })
    return toText(at(json, 'id'))
  }

  function uniqueContract() {
    created += 1
    return { ...contractBody, number: `C-NEW-${created}` }
  }

  function uniqueProject() {
    created += 1
    return { ...projectBody, code: `NEW-${created}` }
  }

  function pick(sql: string): string {
    return text(demo.database.prepare(sql).get() ?? {}, 'id')
  }

  const get = (path: string) => () => ({ path })
  const post = (path: string, body?: object | FormData) => () => ({ method: 'POST', path, body })

  return {
    ...createSessionRequests(owner),
    getMe: get('/me'),
    listMyOrganizations: get('/me/organizations'),
    listInvoices: get('/invoices'),
    createInvoice: post('/invoices', invoiceBody),
    searchInvoices: post('/invoices/search', { lineText: 'hosting', status: ['paid'] }),
    getInvoice: get('/invoices/inv_000123'),
    updateInvoice: async () => ({
      method: 'PUT',
      path: `/invoices/${await create('/invoices', invoiceBody)}`,
      body: { ...invoiceBody, note: 'changed' },
    }),
    deleteInvoice: async () => ({
      method: 'DELETE',
      path: `/invoices/${await create('/invoices', invoiceBody)}`,
    }),
    sendInvoice: async () => ({
      method: 'POST',
      path: `/invoices/${await create('/invoices', invoiceBody)}/send`,
    }),
    listTransactions: get('/transactions'),
    getTransaction: () => ({
      path: `/transactions/${pick(`SELECT subject_id AS id FROM attachments WHERE subject_type = 'transaction' AND organization_id = 'acme'`)}`,
    }),
    updateTransaction: () => ({
      method: 'PATCH',
      path: '/transactions/tx_000001',
      body: { costGroupId: 'cg_004', note: null },
    }),
    listBankAccounts: get('/bank-accounts'),
    getBankAccount: get('/bank-accounts/ba_01'),
    updateBankAccount: () => ({
      method: 'PUT',
      path: '/bank-accounts/ba_02',
      body: { name: 'Reserve', status: 'active', isDefault: true },
    }),
    listCounterparties: get('/counterparties'),
    createCounterparty: post('/counterparties', counterpartyBody),
    getCounterparty: get('/counterparties/cp_0001'),
    updateCounterparty: async () => ({
      method: 'PUT',
      path: `/counterparties/${await create('/counterparties', counterpartyBody)}`,
      body: { ...counterpartyBody, contacts: [{ name: 'A' }, { name: 'B', email: 'b@b.example' }] },
    }),
    deleteCounterparty: async () => ({
      method: 'DELETE',
      path: `/counterparties/${await create('/counterparties', counterpartyBody)}`,
    }),
    listSuppliers: get('/suppliers'),
    createSupplier: post('/suppliers', { name: 'Supplier', country: 'PL', currency: 'PLN' }),
    listContracts: get('/contracts'),
    createContract: () => ({ method: 'POST', path: '/contracts', body: uniqueContract() }),
    getContract: get('/contracts/ctr_0002'),
    updateContract: async () => ({
      method: 'PUT',
      path: `/contracts/${await create('/contracts', uniqueContract())}`,
      body: { title: 'New', status: 'active', startDate: '2027-01-01', billingInterval: 'yearly' },
    }),
    deleteContract: async () => ({
      method: 'DELETE',
      path: `/contracts/${await create('/contracts', uniqueContract())}`,
    }),
    listContractPaymentScheduleLines: get('/contracts/ctr_0002/payment-schedule-lines'),
    listAttachments: get('/attachments'),
    uploadAttachment: () => ({ method: 'POST', path: '/attachments', body: buildUpload() }),
    getAttachment: get('/attachments/att_0001'),
    getAttachmentContent: get('/attachments/att_0001/content'),
    deleteAttachment: async () => ({
      method: 'DELETE',
      path: `/attachments/${await create('/attachments', buildUpload())}`,
    }),
    listCostGroups: get('/cost-groups'),
    createCostGroup: () => {
      created += 1
      return { method: 'POST', path: '/cost-groups', body: { code: `99.${created}`, name: 'New' } }
    },
    listTaxGroups: get('/tax-groups'),
    listProjects: get('/projects'),
    createProject: () => ({ method: 'POST', path: '/projects', body: uniqueProject() }),
    updateProject: async () => ({
      method: 'PUT',
      path: `/projects/${await create('/projects', uniqueProject())}`,
      body: uniqueProject(),
    }),
  }
}

function createSessionRequests(owner: Client): ValidRequests {
  const body = { email: 'owner@acme.example', password: 'sluice-demo' }
  const signIn = () => owner.send({ method: 'POST', path: '/sessions', body })
  return {
    createSession: () => ({ method: 'POST', path: '/sessions', body }),
    refreshSession: async () => {
      const { json } = await signIn()
      const refreshToken = toText(at(json, 'refreshToken'))
      return { method: 'POST', path: '/sessions/refresh', body: { refreshToken } }
    },
    deleteSession: async () => {
      const { json } = await signIn()
      const headers = { Authorization: `Bearer ${toText(at(json, 'token'))}` }
      return { method: 'DELETE', path: '/sessions/current', headers }
    },
  }
}
