import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { text } from '../../demo/database/row.ts'
import { startDemo } from '../../demo/server.ts'
import type { Demo } from '../../demo/server.ts'
import { createApiClient } from './support/client.ts'
import type { Client } from './support/client.ts'
import { readOperations } from './support/document.ts'
import { at, toText } from './support/json.ts'

/** Query, table, and which rows of acme it keeps, in SQL of the test's own. */
const FILTERS = [
  ['/invoices?status=sent', 'invoices', `status = 'sent'`],
  ['/invoices?status=sent&status=draft', 'invoices', `status IN ('sent', 'draft')`],
  ['/invoices?kind=purchase', 'invoices', `kind = 'purchase'`],
  ['/invoices?issuedFrom=2026-01-01', 'invoices', `issue_date >= '2026-01-01'`],
  ['/invoices?issuedTo=2025-12-31', 'invoices', `issue_date <= '2025-12-31'`],
  ['/invoices?dueFrom=2026-06-15', 'invoices', `due_date >= '2026-06-15'`],
  ['/invoices?dueTo=2026-06-15', 'invoices', `due_date <= '2026-06-15'`],
  ['/invoices?counterpartyId=cp_0005', 'invoices', `counterparty_id = 'cp_0005'`],
  ['/invoices?projectId=prj_005', 'invoices', `project_id = 'prj_005'`],
  ['/invoices?minTotal=46699.08', 'invoices', 'total_cents >= 4669908'],
  ['/invoices?maxTotal=46699.08', 'invoices', 'total_cents <= 4669908'],
  ['/invoices?minTotal=1000&maxTotal=2000.5', 'invoices', 'total_cents BETWEEN 100000 AND 200050'],
  ['/invoices?currency=USD', 'invoices', `currency = 'USD'`],
  ['/invoices?q=inv-2026', 'invoices', `number LIKE 'INV-2026%'`],
  ['/invoices?q=ORDER+number', 'invoices', `note LIKE '%order number%'`],
  [
    '/invoices?q=granit',
    'invoices',
    `counterparty_id IN (SELECT id FROM counterparties WHERE name LIKE '%granit%')`,
  ],
  [
    '/invoices?overdue=true',
    'invoices',
    `due_date < '2026-11-20' AND status IN ('sent', 'partially_paid')`,
  ],
  [
    '/invoices?overdue=false',
    'invoices',
    `NOT (due_date < '2026-11-20' AND status IN ('sent', 'partially_paid'))`,
  ],
  ['/invoices?archived=true', 'invoices', 'archived = 1'],
  ['/invoices?archived=false', 'invoices', 'archived = 0'],
  [
    '/invoices?kind=sales&status=paid&issuedFrom=2026-01-01',
    'invoices',
    `kind = 'sales' AND status = 'paid' AND issue_date >= '2026-01-01'`,
  ],
  ['/transactions?bankAccountId=ba_02', 'transactions', `bank_account_id = 'ba_02'`],
  [
    '/transactions?bankAccountId=ba_02,ba_04',
    'transactions',
    `bank_account_id IN ('ba_02', 'ba_04')`,
  ],
  ['/transactions?direction=in', 'transactions', `direction = 'in'`],
  ['/transactions?bookedFrom=2026-10-01', 'transactions', `booked_on >= '2026-10-01'`],
  ['/transactions?bookedTo=2025-03-31', 'transactions', `booked_on <= '2025-03-31'`],
  ['/transactions?counterpartyId=cp_0005', 'transactions', `counterparty_id = 'cp_0005'`],
  ['/transactions?costGroupId=cg_022', 'transactions', `cost_group_id = 'cg_022'`],
  ['/transactions?minAmount=5000', 'transactions', 'amount_cents >= 500000'],
  ['/transactions?maxAmount=18.96', 'transactions', 'amount_cents <= 1896'],
  ['/transactions?matched=true', 'transactions', 'invoice_id IS NOT NULL'],
  ['/transactions?matched=false', 'transactions', 'invoice_id IS NULL'],
  [
    '/transactions?q=lodz',
    'transactions',
    `description LIKE '%ŁÓDŹ%'
     OR counterparty_id IN (SELECT id FROM counterparties WHERE name LIKE '%Łódz%')`,
  ],
  ['/transactions?q=receipt%20missing', 'transactions', `note = 'Receipt missing'`],
  ['/counterparties?role=contractor', 'counterparties', `roles LIKE '%"contractor"%'`],
  [
    '/counterparties?role=contractor&role=client',
    'counterparties',
    `roles LIKE '%"contractor"%' OR roles LIKE '%"client"%'`,
  ],
  ['/counterparties?country=DE', 'counterparties', `country = 'DE'`],
  ['/counterparties?q=NO5250', 'counterparties', `tax_id LIKE 'NO5250%'`],
  ['/counterparties?q=gmbh', 'counterparties', `legal_name LIKE '%gmbh%'`],
  ['/counterparties?tag=eu', 'counterparties', `tags LIKE '%"eu"%'`],
  ['/counterparties?tag=eu,it', 'counterparties', `tags LIKE '%"eu"%' AND tags LIKE '%"it"%'`],
  ['/counterparties?tag=reverse%20charge', 'counterparties', `tags LIKE '%"reverse charge"%'`],
  ['/counterparties?tag=a%2Cb', 'counterparties', `tags LIKE '%"a,b"%'`],
  ['/suppliers?country=PL', 'counterparties', `roles LIKE '%"supplier"%' AND country = 'PL'`],
  [
    '/suppliers?costGroupId=cg_015',
    'counterparties',
    `roles LIKE '%"supplier"%' AND cost_group_id = 'cg_015'`,
  ],
  ['/suppliers?q=steel', 'counterparties', `roles LIKE '%"supplier"%' AND name LIKE '%steel%'`],
  ['/contracts?status=active', 'contracts', `status = 'active'`],
  ['/contracts?counterpartyId=cp_0009', 'contracts', `counterparty_id = 'cp_0009'`],
  ['/contracts?projectId=prj_018', 'contracts', `project_id = 'prj_018'`],
  [
    '/contracts?activeOn=2026-03-01',
    'contracts',
    `start_date <= '2026-03-01' AND coalesce(end_date, '9999') >= '2026-03-01'`,
  ],
  ['/contracts?startFrom=2026-01-01', 'contracts', `start_date >= '2026-01-01'`],
  ['/contracts?startTo=2025-12-31', 'contracts', `start_date <= '2025-12-31'`],
  ['/contracts?minValue=50000', 'contracts', 'value_cents >= 5000000'],
  ['/contracts?maxValue=20000', 'contracts', 'value_cents <= 2000000'],
  ['/contracts?q=old%20port', 'contracts', `title LIKE '%Old Port%'`],
  [
    '/contracts/ctr_0002/payment-schedule-lines?status=planned',
    'schedule_lines',
    `contract_id = 'ctr_0002' AND invoice_id IS NULL`,
  ],
  [
    '/contracts/ctr_0002/payment-schedule-lines?status=paid',
    'schedule_lines',
    `contract_id = 'ctr_0002' AND invoice_id IN (SELECT id FROM invoices WHERE status = 'paid')`,
  ],
  [
    '/contracts/ctr_0002/payment-schedule-lines?dueFrom=2026-06-01',
    'schedule_lines',
    `contract_id = 'ctr_0002' AND due_date >= '2026-06-01'`,
  ],
  [
    '/contracts/ctr_0002/payment-schedule-lines?dueTo=2026-06-01',
    'schedule_lines',
    `contract_id = 'ctr_0002' AND due_date <= '2026-06-01'`,
  ],
  ['/attachments?subjectType=contract', 'attachments', `subject_type = 'contract'`],
  ['/attachments?subjectId=tx_000007', 'attachments', `subject_id = 'tx_000007'`],
  ['/attachments?contentType=text%2Fcsv', 'attachments', `content_type = 'text/csv'`],
  ['/attachments?q=zolte', 'attachments', `file_name LIKE '%żółte%'`],
  ['/attachments?q=kopie', 'attachments', `description LIKE 'Kopie%'`],
  ['/cost-groups?parentId=cg_001', 'cost_groups', `parent_id = 'cg_001'`],
  ['/cost-groups?q=3.10', 'cost_groups', `code LIKE '3.10%'`],
  ['/tax-groups?country=PL', 'tax_groups', `country = 'PL'`],
  [
    '/tax-groups?activeOn=2020-10-01',
    'tax_groups',
    `valid_from <= '2020-10-01' AND coalesce(valid_to, '9999') >= '2020-10-01'`,
  ],
  ['/bank-accounts?status=closed', 'bank_accounts', `status = 'closed'`],
  ['/bank-accounts?currency=EUR', 'bank_accounts', `currency = 'EUR'`],
  ['/projects?status=completed', 'projects', `status = 'completed'`],
  ['/projects?billingType=retainer', 'projects', `billing_type = 'retainer'`],
  ['/projects?clientId=cp_0059', 'projects', `client_id = 'cp_0059'`],
  ['/projects?q=baker%27s', 'projects', `name LIKE '%baker''s%'`],
] as const

describe('filters', () => {
  let demo: Demo
  let owner: Client

  beforeAll(async () => {
    demo = await startDemo({ rateLimitPerMinute: Infinity })
    owner = createApiClient(demo)
  })

  afterAll(() => demo.close())

  function idsWhere(table: string, condition: string): string[] {
    const scope =
      table === 'schedule_lines'
        ? `contract_id IN (SELECT id FROM contracts WHERE organization_id = 'acme')`
        : `organization_id = 'acme'`
    return demo.database
      .prepare(`SELECT id FROM ${table} WHERE ${scope} AND (${condition}) ORDER BY id`)
      .all()
      .map((row) => text(row, 'id'))
  }

  async function listIds(path: string): Promise<string[]> {
    return (await owner.listAll(path)).map((item) => toText(at(item, 'id'))).toSorted()
  }

  it.each(FILTERS)('%s keeps exactly the right records', async (path, table, condition) => {
    const wanted = idsWhere(table, condition)
    const [listPath = ''] = path.split('?')

    const found = await listIds(path)

    expect(found).toEqual(wanted)
    expect(found.length).toBeGreaterThan(0)
    expect(found.length).toBeLessThan((await listIds(listPath)).length)
  })

  it('cover every documented parameter that narrows a list', async () => {
    const ordinary = new Set(['page', 'pageSize', 'cursor', 'limit', 'sort'])
    const operations = await readOperations()
    const documented = operations.flatMap(({ path, parameters }) =>
      parameters
        .filter((parameter) => parameter.in === 'query' && !ordinary.has(parameter.name))
        .map(({ name }) => `${path.replace(/\{.*?\}/, '*')} ${name}`),
    )
    const covered = new Set(
      FILTERS.flatMap(([path]) => {
        const [listPath = '', query = ''] = path.split('?')
        const names = [...new URLSearchParams(query).keys()]
        return names.map((name) => `${listPath.replace(/ctr_\d+/, '*')} ${name}`)
      }),
    )

    expect(documented.filter((parameter) => !covered.has(parameter))).toEqual([])
  })

  it.each(['LODZKIE', 'łódzkie', 'Łódzkie', 'lódzkie'])(
    'text search finds “Łódzkie…” by %s',
    async (searched) => {
      const found = await owner.listAll(`/counterparties?q=${encodeURIComponent(searched)}`)

      expect(found.map((item) => at(item, 'name'))).toContain('Łódzkie Śruby i Żelazo')
    },
  )

  it.each(['%', '_', "' OR 1=1 --", '\\'])('text search takes %s literally', async (searched) => {
    const found = await owner.listAll(`/counterparties?q=${encodeURIComponent(searched)}`)

    const names = found.map((item) => toText(at(item, 'name')))
    expect(names.filter((name) => !name.includes(searched))).toEqual([])
    expect(found.length).toBeLessThan(5)
  })

  it.each([
    [
      { lineText: 'śruba' },
      `id IN (SELECT invoice_id FROM invoice_lines WHERE description LIKE 'Śruba%')`,
    ],
    [
      { text: 'granit', kind: 'sales' },
      `kind = 'sales' AND counterparty_id IN (SELECT id FROM counterparties WHERE name LIKE '%granit%')`,
    ],
    [{ counterpartyIds: ['cp_0001', 'cp_0005'] }, `counterparty_id IN ('cp_0001', 'cp_0005')`],
    [
      { issued: { from: '2026-07-01', to: '2026-09-30' } },
      `issue_date BETWEEN '2026-07-01' AND '2026-09-30'`,
    ],
    [{ due: { to: '2025-06-30' } }, `due_date <= '2025-06-30'`],
    [{ total: { min: 100.5, max: 900 } }, 'total_cents BETWEEN 10050 AND 90000'],
    [
      { status: ['void', 'draft'], currency: 'EUR' },
      `status IN ('void', 'draft') AND currency = 'EUR'`,
    ],
  ])('a search for %j finds exactly the right invoices', async (criteria, condition) => {
    const wanted = idsWhere('invoices', condition)

    const body = { ...criteria, pageSize: 100 }
    const { json } = await owner.send({ method: 'POST', path: '/invoices/search', body })

    expect(at(json, 'pagination', 'total')).toBe(wanted.length)
    expect(wanted.length).toBeGreaterThan(0)
    expect(wanted).toContain(at(json, 'data', 0, 'id'))
  })
})
