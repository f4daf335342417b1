import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { text } from '../../demo/database/row.ts'
import { startDemo } from '../../demo/server.ts'
import type { Demo } from '../../demo/server.ts'
import { createApiClient, createSessionClient } from './support/client.ts'
import type { Asked, Client } from './support/client.ts'
import { at, toText } from './support/json.ts'
import { contractBody, invoiceBody } from './support/requests.ts'

/** Lists, the tables behind them, and the path of one record where there is one. */
const LISTS: readonly (readonly [list: string, table: string, one: string | null])[] = [
  ['/invoices', 'invoices', '/invoices/'],
  ['/transactions?limit=200', 'transactions', '/transactions/'],
  ['/bank-accounts', 'bank_accounts', '/bank-accounts/'],
  ['/counterparties', 'counterparties', '/counterparties/'],
  ['/suppliers', 'counterparties', null],
  ['/contracts', 'contracts', '/contracts/'],
  ['/attachments', 'attachments', '/attachments/'],
  ['/cost-groups', 'cost_groups', null],
  ['/tax-groups', 'tax_groups', null],
  ['/projects', 'projects', null],
]

describe('organizations are isolated', () => {
  let demo: Demo
  let acme: Client
  let globex: Client

  beforeAll(async () => {
    demo = await startDemo({ rateLimitPerMinute: Infinity })
    acme = createApiClient(demo, 'acme')
    globex = createApiClient(demo, 'globex')
  })

  afterAll(() => demo.close())

  function idsOf(table: string, organization: string): Set<string> {
    const rows = demo.database
      .prepare(`SELECT id FROM ${table} WHERE organization_id = ?`)
      .all(organization)
    return new Set(rows.map((row) => text(row, 'id')))
  }

  it.each(LISTS)('%s lists records of the own organization only', async (path, table) => {
    const ofAcme = (await acme.listAll(path)).map((item) => toText(at(item, 'id')))
    const ofGlobex = (await globex.listAll(path)).map((item) => toText(at(item, 'id')))

    expect(ofAcme.length).toBeGreaterThan(0)
    expect(ofGlobex.length).toBeGreaterThan(0)
    expect([...new Set(ofAcme).difference(idsOf(table, 'acme'))]).toEqual([])
    expect([...new Set(ofGlobex).difference(idsOf(table, 'globex'))]).toEqual([])
  })

  it.each(LISTS.filter(([, , one]) => one !== null))(
    '%s: a record of the other organization does not exist',
    async (_path, table, one) => {
      const [foreign = ''] = idsOf(table, 'globex')

      const own = await globex.get(`${one ?? ''}${foreign}`)
      const stolen = await acme.get(`${one ?? ''}${foreign}`)
      const invented = await acme.get(`${one ?? ''}${foreign.replace(/.$/, '')}99999`)

      expect(own.status).toBe(200)
      expect(stolen.status).toBe(404)
      expect(at(stolen.json, 'title')).toBe(at(invented.json, 'title'))
      expect(JSON.stringify(stolen.json).replace(foreign, '')).toBe(
        JSON.stringify(invented.json).replace(`${foreign.replace(/.$/, '')}99999`, ''),
      )
    },
  )

  it.each([
    '/contracts/ctr_0033/payment-schedule-lines',
    '/attachments/att_0151/content',
    '/contracts/ctr_0001/payment-schedule-lines',
    '/attachments/att_0001/content',
  ])('%s belongs to one organization', async (path) => {
    const statuses = [(await acme.get(path)).status, (await globex.get(path)).status]

    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 404])
  })

  it.each([
    '/invoices?counterpartyId=cp_0065',
    '/invoices?projectId=prj_019',
    '/transactions?bankAccountId=ba_06',
    '/transactions?counterpartyId=cp_0065',
    '/transactions?costGroupId=cg_050',
    '/contracts?counterpartyId=cp_0066',
    '/attachments?subjectId=inv_000400',
    '/cost-groups?parentId=cg_028',
    '/projects?clientId=cp_0065',
    '/suppliers?costGroupId=cg_050',
  ])('%s finds nothing when the id is the other organization’s', async (path) => {
    expect(await acme.listAll(path)).toEqual([])
  })

  it('a search finds nothing by the other organization’s ids', async () => {
    const body = { counterpartyIds: ['cp_0065', 'cp_0066', 'cp_0067'] }

    const stolen = await acme.send({ method: 'POST', path: '/invoices/search', body })
    const own = await globex.send({ method: 'POST', path: '/invoices/search', body })

    expect(at(stolen.json, 'pagination', 'total')).toBe(0)
    expect(at(own.json, 'pagination', 'total')).not.toBe(0)
  })

  it.each<[string, Asked]>([
    [
      'an invoice’s counterparty',
      { method: 'POST', path: '/invoices', body: { ...invoiceBody, counterpartyId: 'cp_0065' } },
    ],
    [
      'an invoice’s project',
      { method: 'POST', path: '/invoices', body: { ...invoiceBody, projectId: 'prj_019' } },
    ],
    [
      'an invoice line’s tax group',
      {
        method: 'POST',
        path: '/invoices',
        body: { ...invoiceBody, lines: [{ ...invoiceBody.lines[0], taxGroupId: 'tg_13' }] },
      },
    ],
    [
      'a contract’s counterparty',
      { method: 'POST', path: '/contracts', body: { ...contractBody, counterpartyId: 'cp_0065' } },
    ],
    [
      'a transaction’s cost group',
      { method: 'PATCH', path: '/transactions/tx_000001', body: { costGroupId: 'cg_050' } },
    ],
    [
      'a cost group’s parent',
      { method: 'POST', path: '/cost-groups', body: { code: '77', name: 'X', parentId: 'cg_050' } },
    ],
  ])('%s cannot be the other organization’s', async (_name, asked) => {
    const answer = await acme.send(asked)

    expect(answer.status).toBe(422)
    expect(at(answer.json, 'errors', 0, 'message')).toBe('refers to no record of this organization')
  })

  it.each<[string, Asked]>([
    ['delete', { method: 'DELETE', path: '/attachments/att_0151' }],
    ['patch', { method: 'PATCH', path: '/transactions/tx_003201', body: { note: 'mine' } }],
    [
      'put',
      {
        method: 'PUT',
        path: '/bank-accounts/ba_06',
        body: { name: 'mine', status: 'active', isDefault: true },
      },
    ],
  ])('a %s does not reach into the other organization', async (_name, asked) => {
    const snapshot = () =>
      ['attachments', 'transactions', 'bank_accounts'].map((table) =>
        demo.database.prepare(`SELECT * FROM ${table} WHERE organization_id = 'globex'`).all(),
      )
    const before = snapshot()

    const answer = await acme.send(asked)

    expect(answer.status).toBe(404)
    expect(snapshot()).toEqual(before)
  })

  it('a member of both organizations sees the one named in the header', async () => {
    const names = await Promise.all(
      ['acme', 'globex'].map(async (organization) => {
        const client = await createSessionClient(demo, 'consultant@partners.example', {
          'X-Organization-Id': organization,
        })
        return (await client.listAll('/projects')).map((item) => at(item, 'id'))
      }),
    )

    expect(names[0]).toEqual((await acme.listAll('/projects')).map((item) => at(item, 'id')))
    expect(names[1]).toEqual((await globex.listAll('/projects')).map((item) => at(item, 'id')))
  })
})
