import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Demo } from '../../../demo/server.ts'
import { credentials, startWithDemo } from '../../support/flowtly.ts'
import { callTool, modernRpc, refusalOf, resultOf, rpc } from '../../support/rpc.ts'

/** Of the demo's own clock: tests say their dates, so that they are true on any day. */
const TODAY = '2026-11-20'

const MEMBERS = [
  ['acme', credentials('member@acme.example')],
  ['globex', credentials('consultant@partners.example', 'globex')],
] as const

const UNPAID = `i.organization_id = :organization AND i.status IN ('sent', 'partially_paid')`
const OUTSTANDING = 'sum(i.total_cents - i.paid_cents) / 100.0'

let running: Awaited<ReturnType<typeof startWithDemo>>
let demo: Demo

beforeAll(async () => {
  running = await startWithDemo()
  demo = running.demo
})
afterAll(() => running.close())

/** Asks the demo's own database, in SQL, and not its API. */
function query(sql: string, values: Readonly<Record<string, string | number>>) {
  return demo.database
    .prepare(sql)
    .all(values)
    .map((row) => ({ ...row }))
}

async function ask(name: string, args: object, headers: Readonly<Record<string, string>>) {
  const answer = resultOf(await callTool(running.connector.url, `insights.${name}`, args, headers))
  if (!isRun(answer)) throw new Error(`no run: ${JSON.stringify(answer)}`)
  return answer
}

type Run = {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly arguments: object
  readonly partial?: unknown
  readonly context?: object
  readonly reads: number
}

function isRun(value: unknown): value is Run {
  return typeof value === 'object' && value !== null && 'rows' in value && Array.isArray(value.rows)
}

describe.each(MEMBERS)('insights over the demo of %s', (organization, headers) => {
  it.each([1, 3, 100])('ranks the %i top debtors of each currency as SQL does', async (count) => {
    const { rows, partial } = await ask('topDebtors', { count }, headers)

    const expected = query(
      `SELECT counterpartyId, counterparty, currency, outstanding, earliestDueDate, invoices FROM (
         SELECT c.id AS counterpartyId, c.name AS counterparty, i.currency,
           ${OUTSTANDING} AS outstanding, min(i.due_date) AS earliestDueDate, count(*) AS invoices,
           row_number() OVER (PARTITION BY i.currency
             ORDER BY sum(i.total_cents - i.paid_cents) DESC, c.name, c.id) AS place
         FROM invoices i JOIN counterparties c ON c.id = i.counterparty_id
         WHERE ${UNPAID} AND i.kind = 'sales' GROUP BY c.id, i.currency)
       WHERE place <= :count ORDER BY currency, place`,
      { organization, count },
    )
    expect(rows).toEqual(expected)
    expect(rows.length).toBeGreaterThan(0)
    expect(partial).toBeUndefined()
  })

  it('ranks the debtors of one currency only', async () => {
    const [first, ...others] = query(
      `SELECT i.currency, ${OUTSTANDING} AS sum FROM invoices i
       WHERE ${UNPAID} AND i.kind = 'sales' GROUP BY 1 ORDER BY 1`,
      { organization },
    )
    const currency = first?.['currency']

    const { rows } = await ask('topDebtors', { currency, count: 100 }, headers)

    const total = rows.reduce((sum, { outstanding }) => sum + Number(outstanding), 0)
    expect(total).toBeCloseTo(Number(first?.['sum']), 6)
    expect(new Set(rows.map((row) => row['currency']))).toEqual(new Set([currency]))
    expect(others.length).toBeGreaterThan(0)
  })

  it.each([
    ['2025-01-01', undefined],
    ['2026-01-01', '2026-06-30'],
    ['2026-11-01', undefined],
  ])('adds up what was collected from %s to %s as SQL does', async (since, until) => {
    const { rows, partial } = await ask('collectedSince', { since, until }, headers)

    const expected = query(
      `SELECT currency, invoice_id IS NOT NULL AS matchedWithInvoice,
         sum(amount_cents) / 100.0 AS collected, count(*) AS payments,
         min(booked_on) AS first, max(booked_on) AS last
       FROM transactions WHERE organization_id = :organization AND direction = 'in'
         AND booked_on BETWEEN :since AND :until
       GROUP BY 1, 2 ORDER BY 1, 2 DESC`,
      { organization, since, until: until ?? '9999-12-31' },
    )
    expect(rows).toEqual(
      expected.map((row) => ({ ...row, matchedWithInvoice: row['matchedWithInvoice'] === 1 })),
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(partial).toBeUndefined()
  })

  it('names the main contact of every company that the name fits', async () => {
    const [known] = query(
      `SELECT name FROM counterparties WHERE organization_id = :organization AND name LIKE '% 2'
       ORDER BY name LIMIT 1`,
      { organization },
    )
    const customer = String(known?.['name'])

    const { rows } = await ask('mainContact', { customer: customer.toUpperCase() }, headers)

    const expected = query(
      `SELECT c.id AS counterpartyId, c.name AS company, c.roles, t.name AS contact, t.position,
         t.email, t.phone, c.email AS companyEmail
       FROM counterparties c LEFT JOIN contacts t ON t.counterparty_id = c.id AND t.rank =
         (SELECT min(rank) FROM contacts WHERE counterparty_id = c.id)
       WHERE c.organization_id = :organization
         AND (c.name LIKE '%' || :customer || '%' OR c.legal_name LIKE '%' || :customer || '%')
       ORDER BY lower(c.name), c.id LIMIT 10`,
      { organization, customer },
    )
    expect(rows.map((row) => ({ ...row, roles: JSON.stringify(row['roles']) }))).toEqual(expected)
    expect(rows.length).toBeGreaterThan(0)
  })

  it('finds nobody by a name that nobody has, and says so by no row', async () => {
    const { rows, reads } = await ask('mainContact', { customer: 'nobody of this name' }, headers)

    expect({ rows, reads }).toEqual({ rows: [], reads: 1 })
  })

  it.each([
    ['sales', TODAY],
    ['purchase', TODAY],
    ['sales', '2026-03-01'],
  ])('sorts overdue %s invoices by their age on %s as SQL does', async (kind, asOf) => {
    const { rows } = await ask('overdueByAge', { kind, asOf }, headers)

    const late = 'CAST(julianday(:asOf) - julianday(i.due_date) AS INTEGER)'
    const expected = query(
      `SELECT i.currency, CASE WHEN ${late} <= 30 THEN '1–30 days' WHEN ${late} <= 60
           THEN '31–60 days' WHEN ${late} <= 90 THEN '61–90 days' ELSE 'over 90 days' END AS age,
         ${OUTSTANDING} AS outstanding, count(*) AS invoices, min(i.due_date) AS earliestDueDate
       FROM invoices i WHERE ${UNPAID} AND i.kind = :kind AND i.due_date < :asOf
       GROUP BY 1, 2 ORDER BY 1, 2`,
      { organization, kind, asOf },
    )
    expect(rows).toEqual(expected)
    expect(rows.length).toBeGreaterThan(0)
  })

  it('lists the payments that fall due as SQL does', async () => {
    const [from, to] = [TODAY, '2027-03-31']

    const { rows, reads, partial } = await ask('upcomingPayments', { from, to }, headers)

    const expected = query(
      `SELECT k.id AS contractId, k.number AS contract, k.title, c.name AS counterparty,
         l.due_date AS dueDate, l.amount_cents / 100.0 AS amount, k.currency, l.description,
         CASE WHEN i.id IS NULL THEN 'planned' WHEN i.due_date < '${TODAY}'
           AND i.status IN ('sent', 'partially_paid') THEN 'overdue' ELSE 'invoiced' END AS status
       FROM schedule_lines l JOIN contracts k ON k.id = l.contract_id
       JOIN counterparties c ON c.id = k.counterparty_id LEFT JOIN invoices i ON i.id = l.invoice_id
       WHERE k.organization_id = :organization AND k.status = 'active'
         AND l.due_date BETWEEN :from AND :to AND (i.status IS NULL OR i.status <> 'paid')
       ORDER BY l.due_date, k.number`,
      { organization, from, to },
    )
    const [active] = query(
      `SELECT count(*) AS count FROM contracts
       WHERE organization_id = :organization AND status = 'active'`,
      { organization },
    )
    expect(rows).toEqual(expected)
    expect(rows.length).toBeGreaterThan(0)
    expect(reads).toBe(1 + Number(active?.['count']))
    expect(partial).toBeUndefined()
  })

  it.each([undefined, 3])('adds up spending by cost group (%s of each currency)', async (count) => {
    const since = '2026-01-01'

    const { rows, partial } = await ask('spendByCostGroup', { since, count }, headers)

    const expected = query(
      `SELECT costGroupId, costGroup, currency, spent, payments FROM (
         SELECT g.id AS costGroupId, g.name AS costGroup, t.currency,
           sum(t.amount_cents) / 100.0 AS spent, count(*) AS payments,
           row_number() OVER (PARTITION BY t.currency ORDER BY sum(t.amount_cents) DESC, g.id) AS place
         FROM transactions t LEFT JOIN cost_groups g ON g.id = t.cost_group_id
         WHERE t.organization_id = :organization AND t.direction = 'out' AND t.booked_on >= :since
         GROUP BY g.id, t.currency)
       WHERE place <= :count ORDER BY currency, place`,
      { organization, since, count: count ?? 1_000 },
    )
    expect(rows).toEqual(expected)
    expect(rows.length).toBeGreaterThan(0)
    expect(partial).toBeUndefined()
  })

  it('takes the days that nobody named from where the organization is', async () => {
    const { arguments: args, context } = await ask('upcomingPayments', {}, headers)

    const day: unknown = expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/)
    expect(args).toEqual({ from: day, to: day })
    expect(context).toEqual({ today: day, in30Days: day })
  })
})

describe('insights', () => {
  const [, headers] = MEMBERS[0]

  it('answer in both eras and both spellings alike', async () => {
    const { url } = running.connector
    const args = { count: 2 }

    const answers = [
      await callTool(url, 'insights.topDebtors', args, headers),
      await callTool(url, 'insights_topDebtors', args, headers),
      await modernRpc(url, 'tools/call', { name: 'insights.topDebtors', arguments: args }, headers),
    ]

    const [first, ...others] = answers.map(resultOf)
    for (const other of others) expect(other).toEqual(first)
  })

  it('are listed as reading tools with what they take', async () => {
    const { result } = await rpc(running.connector.url, 'tools/list', {}, headers)

    expect(result?.['tools']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'insights.overdueByAge',
          title: 'Overdue invoices by age',
          description: expect.stringContaining('\nAnswers "How old are our overdue invoices?", '),
          annotations: expect.objectContaining({ readOnlyHint: true, destructiveHint: false }),
          inputSchema: {
            type: 'object',
            properties: {
              kind: {
                type: 'string',
                enum: ['sales', 'purchase'],
                description: 'What others owe us (sales), or what we owe (purchase).',
                default: 'sales',
              },
              asOf: {
                type: 'string',
                format: 'date',
                description: 'The day that lateness is counted to. Without it: today.',
                examples: [TODAY],
              },
            },
            additionalProperties: false,
          },
        }),
      ]),
    )
  })

  it.each<[string, string, object, string]>([
    [
      'a number out of its bounds, and an unknown argument',
      'topDebtors',
      { count: 0, currency: 'EUR', limit: 3 },
      'Invalid arguments for insights.topDebtors:\n' +
        '- "count": Too small: expected number to be >=1 (allowed: type "integer", minimum 1, maximum 100)\n' +
        '- "limit": unknown argument; allowed: count, currency',
    ],
    [
      'a value that is none of those allowed',
      'overdueByAge',
      { kind: 'both' },
      'Invalid arguments for insights.overdueByAge:\n' +
        '- "kind": Invalid option: expected one of "sales"|"purchase" (allowed: type "string", enum ["sales","purchase"])',
    ],
    [
      'a day that no calendar has',
      'collectedSince',
      { since: '2026-02-30' },
      'Invalid arguments for insights.collectedSince:\n' +
        '- "since": Invalid ISO date (allowed: type "string", format "date")',
    ],
    [
      'a required one that is missing',
      'mainContact',
      {},
      'Invalid arguments for insights.mainContact:\n' +
        '- "customer": is required (allowed: type "string", minLength 1, maxLength 200)',
    ],
    [
      'one that a step cannot ask for',
      'topDebtors',
      { currency: 'euros' },
      'Invalid arguments for insights.topDebtors: its step "unpaid" could not ask for that.\n' +
        'Invalid arguments for invoices.list:\n' +
        '- "currency": Invalid string: must match pattern /^[A-Z]{3}$/u (allowed: type "string", pattern "^[A-Z]{3}$")',
    ],
  ])('refuse %s by its name', async (_what, name, args, text) => {
    const answer = await callTool(running.connector.url, `insights.${name}`, args, headers)

    expect(refusalOf(answer)).toBe(text)
  })
})
