import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo } from '../../demo/server.ts'
import type { Demo } from '../../demo/server.ts'
import { createApiClient } from './support/client.ts'
import type { Answer, Client } from './support/client.ts'
import { at, toText } from './support/json.ts'
import { buildUpload, contractBody, invoiceBody } from './support/requests.ts'

describe('writes', () => {
  let demo: Demo
  let owner: Client

  beforeAll(async () => {
    demo = await startDemo({ rateLimitPerMinute: Infinity })
    owner = createApiClient(demo)
  })

  afterAll(() => demo.close())

  function send(method: string, path: string, body?: object): Promise<Answer> {
    return owner.send({ method, path, body })
  }

  it('an invoice is created, changed, sent, and then kept', async () => {
    const created = await send('POST', '/invoices', invoiceBody)
    const path = `/invoices/${toText(at(created.json, 'id'))}`
    const [line] = invoiceBody.lines
    const changed = await send('PUT', path, { ...invoiceBody, lines: [line, line] })
    const sent = await send('POST', `${path}/send`)
    const late = [await send('PUT', path, invoiceBody), await send('DELETE', path)]

    expect(created.json).toMatchObject({ status: 'draft', net: 1005, tax: 231.15, total: 1236.15 })
    expect(changed.json).toMatchObject({
      id: at(created.json, 'id'),
      total: 2472.3,
      outstanding: 0,
    })
    expect(sent.json).toMatchObject({ status: 'sent', outstanding: 2472.3, overdue: false })
    expect(late.map(({ status }) => status)).toEqual([409, 409])
    expect((await owner.get(path)).json).toEqual(sent.json)
  })

  it('a sent invoice raises the counterparty’s balance', async () => {
    const before = await owner.get('/counterparties/cp_0001')
    const created = await send('POST', '/invoices', invoiceBody)

    await send('POST', `/invoices/${toText(at(created.json, 'id'))}/send`)

    const after = await owner.get('/counterparties/cp_0001')
    const raised = Number(at(after.json, 'outstandingBalance', 'receivable'))
    const base = Number(at(before.json, 'outstandingBalance', 'receivable'))
    expect(raised - base).toBeCloseTo(1236.15)
  })

  it('a deleted draft is gone, with its documents', async () => {
    const created = await send('POST', '/invoices', invoiceBody)
    const id = toText(at(created.json, 'id'))
    const form = buildUpload()
    form.set('subjectId', id)
    await send('POST', '/attachments', form)

    const { status, bytes } = await send('DELETE', `/invoices/${id}`)

    expect([status, bytes.length]).toEqual([204, 0])
    expect((await owner.get(`/invoices/${id}`)).status).toBe(404)
    expect(await owner.listAll(`/attachments?subjectId=${id}`)).toEqual([])
  })

  it('a contract is created, activated, and then kept', async () => {
    const created = await send('POST', '/contracts', contractBody)
    const path = `/contracts/${toText(at(created.json, 'id'))}`
    const terms = { title: 'T', startDate: '2027-01-01', billingInterval: 'yearly' }
    const active = await send('PUT', path, { ...terms, status: 'active' })
    const back = await send('PUT', path, { ...terms, status: 'draft' })
    const removed = await send('DELETE', path)

    expect(created.json).toMatchObject({ status: 'draft', value: 1200.5 })
    expect(await owner.listAll(`${path}/payment-schedule-lines`)).toHaveLength(1)
    expect(active.json).toMatchObject({ title: 'T', status: 'active', value: 1200.5 })
    expect([back.status, removed.status]).toEqual([409, 409])
  })

  it('a transaction’s patch changes what it names and clears what it nulls', async () => {
    const path = '/transactions/tx_000010'
    const before = await owner.get(path)

    const first = await send('PATCH', path, { note: 'n', costGroupId: 'cg_005' })
    const second = await send('PATCH', path, { note: null })

    expect(first.json).toMatchObject({ note: 'n', costGroup: { id: 'cg_005' } })
    expect(second.json).toMatchObject({ note: null, costGroup: { id: 'cg_005' } })
    expect(at(second.json, 'amount')).toBe(at(before.json, 'amount'))
    expect((await send('PATCH', path, {})).status).toBe(422)
  })

  it('a new default account takes the place of the old one of its currency', async () => {
    const body = { name: 'Reserve', status: 'active', isDefault: true }

    await send('PUT', '/bank-accounts/ba_02', body)

    const accounts = await owner.listAll('/bank-accounts')
    const defaults = accounts.filter((account) => at(account, 'isDefault') === true)
    expect(defaults.map((account) => at(account, 'id'))).toEqual(['ba_03', 'ba_02', 'ba_04'])
  })

  it('an uploaded document comes back byte for byte', async () => {
    const created = await send('POST', '/attachments', buildUpload('text/csv'))

    const path = `/attachments/${toText(at(created.json, 'id'))}/content`
    const { headers, bytes } = await owner.get(path)

    expect(new TextDecoder().decode(bytes)).toBe('%PDF-1.4 żółć')
    expect(headers.get('content-type')).toBe('text/csv')
    expect(created.json).toMatchObject({ fileName: 'Ńew "file".pdf', size: bytes.length })
  })

  it('a document of another type is refused', async () => {
    const answer = await send('POST', '/attachments', buildUpload('text/html'))

    expect(answer.status).toBe(422)
    expect(at(answer.json, 'errors', 0, 'name')).toBe('/file/contentType')
  })

  it('a supplier is a counterparty with that role', async () => {
    const body = { name: 'S', country: 'PL', currency: 'PLN', costGroupId: 'cg_004', iban: 'PL001' }

    const created = await send('POST', '/suppliers', body)

    const id = toText(at(created.json, 'id'))
    expect(created.json).toMatchObject({ iban: 'PL001', costGroup: { id: 'cg_004' } })
    expect((await owner.get(`/counterparties/${id}`)).json).toMatchObject({ roles: ['supplier'] })
    expect((await send('DELETE', `/counterparties/${id}`)).status).toBe(204)
  })
})
