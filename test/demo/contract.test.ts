import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo } from '../../demo/server.ts'
import type { Demo } from '../../demo/server.ts'
import { createApiClient, createClient } from './support/client.ts'
import type { Answer, Asked, Client } from './support/client.ts'
import { readContract } from './support/contract.ts'
import type { Contract } from './support/contract.ts'
import { setFaults } from './support/control.ts'
import { readOperations } from './support/document.ts'
import { at, toText } from './support/json.ts'
import { buildUpload, contractBody, createValidRequests, invoiceBody } from './support/requests.ts'
import type { ValidRequests } from './support/requests.ts'

const operations = await readOperations()
const ids = operations.map(({ id }) => id)
const secured = operations.filter(({ isOpen }) => !isOpen).map(({ id }) => id)
const scoped = operations
  .filter(({ parameters }) => parameters.some(({ name }) => name === 'X-Organization-Id'))
  .map(({ id }) => id)
const withBody = operations.filter(({ body }) => body !== null).map(({ id }) => id)

/** Statuses that were seen and matched the document, as `operation status`. */
const proven = new Set<string>()

describe('every answer matches the document', () => {
  let demo: Demo
  let contract: Contract
  let owner: Client
  let requests: ValidRequests

  beforeAll(async () => {
    demo = await startDemo({ rateLimitPerMinute: Infinity })
    contract = await readContract()
    owner = createApiClient(demo)
    requests = createValidRequests(demo, owner)
  })

  afterAll(() => demo.close())

  async function buildRequest(id: string): Promise<Asked> {
    const build = requests[id]
    if (build === undefined) throw new Error(`no valid request is stated for "${id}"`)
    return await build()
  }

  function expectDocumented(id: string, answer: Answer, status: number): void {
    expect({ status: answer.status, body: answer.json }).toMatchObject({ status })
    expect(contract.judge(id, answer)).toEqual([])
    proven.add(`${id} ${status}`)
  }

  it.each(ids)('%s succeeds', async (id) => {
    const answer = await owner.send(await buildRequest(id))

    const [documented = ''] = Object.keys(contract.find(id).responses)
    expectDocumented(id, answer, Number(documented))
  })

  it.each(ids)('%s refuses an unknown query parameter with 400', async (id) => {
    const asked = await buildRequest(id)

    const answer = await owner.send({ ...asked, path: `${asked.path}?nonsense=1` })

    expectDocumented(id, answer, 400)
    expect(at(answer.json, 'errors', 0, 'name')).toBe('nonsense')
  })

  it.each(secured)('%s refuses a caller without credentials with 401', async (id) => {
    const asked = await buildRequest(id)

    const answer = await createClient(demo).send({ ...asked, headers: {} })

    expectDocumented(id, answer, 401)
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /)
  })

  it.each([...scoped, 'getMe', 'listMyOrganizations'])(
    '%s refuses a stranger to the organization with 403',
    async (id) => {
      const asked = await buildRequest(id)

      const answer = await createApiClient(demo, 'acme', 'owner@globex.example').send(asked)

      expectDocumented(id, answer, 403)
    },
  )

  it.each(scoped.filter((id) => contractPath(id).includes('{')))(
    '%s answers 404 for the id of another organization',
    async (id) => {
      const asked = await buildRequest(id)

      const answer = await createApiClient(demo, 'globex').send(asked)

      expectDocumented(id, answer, 404)
    },
  )

  it.each(withBody)('%s refuses another media type with 415', async (id) => {
    const { path, method = 'POST' } = await buildRequest(id)

    const headers = { 'Content-Type': 'text/plain' }
    const answer = await owner.send({ path, method, headers, body: '{}' })

    expectDocumented(id, answer, 415)
  })

  it.each(withBody)('%s refuses too large a body with 413', async (id) => {
    const { path, method = 'POST' } = await buildRequest(id)

    const headers = { 'Content-Type': mediaType(id) }
    const answer = await owner.send({ path, method, headers, body: ' '.repeat(6_000_000) })

    expectDocumented(id, answer, 413)
  })

  it.each(withBody)('%s refuses a body that is not well formed with 400', async (id) => {
    const { path, method = 'POST' } = await buildRequest(id)

    const headers = { 'Content-Type': mediaType(id) }
    const answer = await owner.send({ path, method, headers, body: '{"a":' })

    expectDocumented(id, answer, 400)
  })

  it.each(withBody)('%s refuses an unknown field with 422', async (id) => {
    const asked = await buildRequest(id)
    const form = buildUpload()
    form.set('nonsense', '1')
    const body = id === 'uploadAttachment' ? form : Object.assign({ nonsense: 1 }, asked.body)

    const answer = await owner.send({ ...asked, body })

    expectDocumented(id, answer, 422)
    expect(at(answer.json, 'errors', 0, 'name')).toBe('/nonsense')
  })

  it.each(ids)('%s answers 429 and 500 as documented', async (id) => {
    const asked = await buildRequest(id)

    await setFaults(demo, [
      { kind: 'rate-limit', path: '/', times: 1 },
      { kind: 'status', status: 500, path: '/', times: 2 },
    ])
    const limited = await owner.send(asked)
    const failed = await owner.send(asked)
    await setFaults(demo, [])

    expectDocumented(id, limited, 429)
    expectDocumented(id, failed, 500)
  })

  it.each([
    [
      'createSession',
      {
        method: 'POST',
        path: '/sessions',
        body: { email: 'owner@acme.example', password: 'wrong' },
      },
    ],
    [
      'refreshSession',
      { method: 'POST', path: '/sessions/refresh', body: { refreshToken: 'flr_no' } },
    ],
  ])('%s refuses wrong secrets with 401', async (id, asked) => {
    const answer = await owner.send(asked)

    expectDocumented(id, answer, 401)
  })

  it.each([
    [
      'createInvoice',
      { method: 'POST', path: '/invoices', body: { ...invoiceBody, number: 'INV-2026-0380' } },
    ],
    ['updateInvoice', { method: 'PUT', path: '/invoices/inv_000123', body: invoiceBody }],
    ['deleteInvoice', { method: 'DELETE', path: '/invoices/inv_000123' }],
    ['sendInvoice', { method: 'POST', path: '/invoices/inv_000123/send' }],
    [
      'updateBankAccount',
      {
        method: 'PUT',
        path: '/bank-accounts/ba_02',
        body: { name: 'R', status: 'closed', isDefault: true },
      },
    ],
    [
      'createCounterparty',
      {
        method: 'POST',
        path: '/counterparties',
        body: {
          name: 'X',
          roles: ['client'],
          country: 'NO',
          currency: 'EUR',
          taxId: 'NO525000000',
        },
      },
    ],
    [
      'updateCounterparty',
      {
        method: 'PUT',
        path: '/counterparties/cp_0001',
        body: { name: 'X', roles: ['client'], country: 'NO', currency: 'CHF' },
      },
    ],
    ['deleteCounterparty', { method: 'DELETE', path: '/counterparties/cp_0001' }],
    [
      'createSupplier',
      {
        method: 'POST',
        path: '/suppliers',
        body: { name: 'X', country: 'NO', currency: 'EUR', taxId: 'NO525000000' },
      },
    ],
    [
      'createContract',
      { method: 'POST', path: '/contracts', body: { ...contractBody, number: 'C-2025-002' } },
    ],
    [
      'updateContract',
      {
        method: 'PUT',
        path: '/contracts/ctr_0002',
        body: { title: 'X', status: 'draft', startDate: '2026-01-01', billingInterval: 'once' },
      },
    ],
    ['deleteContract', { method: 'DELETE', path: '/contracts/ctr_0002' }],
    ['createCostGroup', { method: 'POST', path: '/cost-groups', body: { code: '1', name: 'X' } }],
    [
      'createProject',
      {
        method: 'POST',
        path: '/projects',
        body: {
          code: 'AC-01',
          name: 'X',
          status: 'active',
          billingType: 'retainer',
          startDate: '2026-01-01',
          currency: 'EUR',
        },
      },
    ],
    [
      'updateProject',
      {
        method: 'PUT',
        path: '/projects/prj_002',
        body: {
          code: 'AC-01',
          name: 'X',
          status: 'active',
          billingType: 'retainer',
          startDate: '2026-01-01',
          currency: 'EUR',
        },
      },
    ],
  ])('%s refuses what the records do not allow with 409', async (id, asked) => {
    const answer = await owner.send(asked)

    expectDocumented(id, answer, 409)
  })

  it.each([
    ['application/pdf', 'PDF'],
    ['image/png', 'PNG'],
    ['text/csv', 'CSV'],
  ])('getAttachmentContent sends %s', async (contentType) => {
    const list = await owner.get(`/attachments?contentType=${encodeURIComponent(contentType)}`)

    const answer = await owner.get(`/attachments/${toText(at(list.json, 'data', 0, 'id'))}/content`)

    expectDocumented('getAttachmentContent', answer, 200)
    expect(answer.headers.get('content-type')).toBe(contentType)
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename/)
  })

  it('leaves no documented status unproven', () => {
    const documented = contract.operations.flatMap(({ id, responses }) =>
      Object.keys(responses).map((status) => `${id} ${status}`),
    )

    expect(documented.filter((claim) => !proven.has(claim))).toEqual([])
  })
})

function contractPath(id: string): string {
  return operations.find((operation) => operation.id === id)?.path ?? ''
}

function mediaType(id: string): string {
  return operations.find((operation) => operation.id === id)?.body?.mediaType ?? ''
}
