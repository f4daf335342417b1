import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import type { Fault } from '../../../demo/http/fault-schema.ts'
import { startChanged } from '../../support/connectors.ts'
import { credentials, type TestConnector } from '../../support/flowtly.ts'
import { withIntents } from '../../support/intents.ts'
import { callTool, refusalOf, resultOf, rpc } from '../../support/rpc.ts'

const OWNER = credentials()
const MEMBER = credentials('member@acme.example')

const eachCounterparty = (invoices: number, max: number) => ({
  steps: [
    { name: 'invoices', tool: 'invoices.list', arguments: { pageSize: invoices } },
    {
      name: 'companies',
      tool: 'counterparties.get',
      forEach: { in: '/steps/invoices/data', max },
      arguments: { counterpartyId: { pointer: '/item/counterparty/id' } },
    },
  ],
  result: { rows: '/steps/companies', reduce: [{ pick: { name: '/answer/name' } }] },
})

const INTENTS = {
  accounts: {
    steps: [{ name: 'accounts', tool: 'bankAccounts.list' }],
    result: { rows: '/steps/accounts/data', reduce: [{ pick: { id: '/id' } }] },
  },
  schedules: {
    steps: [
      { name: 'contracts', tool: 'contracts.list', arguments: { pageSize: 10 } },
      {
        name: 'lines',
        tool: 'contracts.paymentScheduleLines',
        forEach: { in: '/steps/contracts/data', max: 10 },
        arguments: { contractId: { pointer: '/item/id' } },
      },
    ],
    result: { rows: '/steps/lines', reduce: [{ pick: { contract: '/item/number' } }] },
  },
  pages: {
    steps: [
      { name: 'invoices', tool: 'invoices.list', arguments: { pageSize: 10 }, pages: 3 },
      { name: 'newest', tool: 'transactions.list', arguments: { limit: 5 }, pages: 2 },
    ],
    result: {
      rows: '/steps/invoices/data',
      reduce: [{ group: { by: [], count: 'invoices' } }],
      note: 'A note.',
    },
  },
  budget: {
    steps: [
      ...eachCounterparty(100, 100).steps,
      { name: 'taxes', tool: 'taxGroups.list', arguments: {} },
    ],
    result: {
      rows: '/steps/companies',
      reduce: [{ group: { by: [], count: 'companies' } }],
    },
  },
  items: eachCounterparty(10, 4),
  long: {
    steps: [{ name: 'invoices', tool: 'invoices.list', arguments: { pageSize: 100 } }],
    result: { rows: '/steps/invoices/data', reduce: [{ pick: { id: '/id', number: '/number' } }] },
  },
  longRow: {
    steps: [{ name: 'invoices', tool: 'invoices.list', arguments: { pageSize: 20 } }],
    result: { rows: '/steps/invoices', reduce: [] },
  },
  untold: {
    tool: false,
    steps: [{ name: 'invoices', tool: 'invoices.list' }],
    result: { rows: '/steps/invoices/data' },
  },
  late: {
    arguments: {
      day: { description: 'A day.', type: 'date', default: { pointer: '/context/today' } },
    },
    steps: [
      {
        name: 'invoices',
        tool: 'invoices.list',
        arguments: { dueTo: { pointer: '/arguments/day' } },
      },
    ],
    result: { rows: '/steps/invoices/data', reduce: [{ group: { by: [], count: 'invoices' } }] },
  },
  odd: {
    arguments: { id: { description: 'An id.', type: 'string' } },
    steps: [
      {
        name: 'one',
        tool: 'invoices.get',
        arguments: { invoiceId: { pointer: '/arguments/id' } },
      },
    ],
    result: { rows: '/steps/one', reduce: [{ pick: { id: '/id' } }] },
  },
}

let demo: Demo
let connector: TestConnector
/** Does not wait long. */
let hasty: TestConnector

beforeAll(async () => {
  demo = await startDemo({ rateLimitPerMinute: Infinity })
  const start = (env: Readonly<Record<string, string>>) =>
    startChanged(withIntents(INTENTS), demo.url, { MAX_RESULT_CHARS: '1000', ...env })
  connector = await start({})
  hasty = await start({ UPSTREAM_TIMEOUT_MS: '700' })
})
beforeEach(() => setFaults([]))
afterAll(async () => {
  await connector.close()
  await hasty.close()
  await demo.close()
})

async function setFaults(faults: readonly Fault[]): Promise<void> {
  await fetch(new URL('/_faults', demo.url), {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(faults),
  })
}

const ask = (name: string, args: object = {}, headers = OWNER, { url } = connector) =>
  callTool(url, `insights.${name}`, args, headers)

describe('an intent whose step fails', () => {
  it('says which step, by which tool, and why, as any upstream that refuses', async () => {
    const { error } = await ask('accounts', {}, MEMBER)

    expect(error).toEqual({
      code: -32000,
      message: 'Upstream Flowtly API failed',
      data: expect.objectContaining({
        ...{ status: 403, step: 'accounts', tool: 'bankAccounts.list' },
        detail: expect.stringContaining('role'),
        requestId: expect.any(String),
      }),
    })
  })

  it('says so where it is what has to be known of the moment', async () => {
    // Who asks is known from now on.
    await ask('accounts')
    await setFaults([{ kind: 'status', status: 418, path: '/me/organizations' }])

    expect((await ask('late')).error).toMatchObject({
      code: -32000,
      data: { status: 418, step: 'context', tool: 'organization.context' },
    })
    expect(resultOf(await ask('late', { day: '2026-11-20' }))).not.toHaveProperty('context')
  })

  it('is no tool where the allow-list does not say so', async () => {
    const { result } = await rpc(connector.url, 'tools/list')

    expect(JSON.stringify(result)).toContain('"insights.late"')
    expect(JSON.stringify(result)).not.toContain('untold')
    expect((await ask('untold')).error).toMatchObject({ code: -32602 })
  })

  it('answers who may', async () => {
    expect(resultOf(await ask('accounts'))).toMatchObject({ intent: 'accounts', reads: 1 })
  })

  it.each<[string, Fault, number]>([
    ['an error', { kind: 'status', status: 500, path: '/contracts/' }, 500],
    ['no JSON', { kind: 'broken-json', path: '/contracts/', times: 1 }, 502],
    ['nothing in time', { kind: 'delay', delayMs: 600_000, path: '/contracts/', times: 1 }, 504],
  ])('fails by one of many reads that gets %s', async (_what, fault, status) => {
    await setFaults([fault])

    const { error } = await ask('schedules', {}, OWNER, hasty)

    expect(error).toMatchObject({
      code: -32000,
      data: { status, step: 'lines', tool: 'contracts.paymentScheduleLines' },
    })
  })

  it('has the time of one call for all of its reads', async () => {
    // Each of three turns of reads has the time; all of them together have not.
    await setFaults([{ kind: 'delay', delayMs: 300, path: '/contracts' }])

    const { error } = await ask('schedules', {}, OWNER, hasty)

    expect(error).toMatchObject({ code: -32000, data: { status: 504, step: 'lines' } })
  })

  it('is told in the log, without a word of the upstream', async () => {
    await ask('accounts', {}, MEMBER)

    const lines = connector.log.filter((line) => line.includes('"event":"upstream_failed"'))
    expect(lines.at(-1)).toContain('"status":403')
    expect(lines.at(-1)).toContain('"step":"accounts","tool":"bankAccounts.list"')
  })

  it('refuses an argument that would make it another request', async () => {
    const text = refusalOf(await ask('odd', { id: '..' }))

    expect(text).toMatch(/^Invalid arguments for insights\.odd:\n- "invoiceId" of its step "one": /)
  })
})

describe('an answer that is not whole', () => {
  it('says how many records of which tool were read, and of how many', async () => {
    const [counted] = demo.database
      .prepare(`SELECT count(*) AS count FROM invoices WHERE organization_id = 'acme'`)
      .all()
    const total = Number(counted?.['count'])

    expect(resultOf(await ask('pages'))).toEqual({
      ...{ intent: 'pages', title: 'pages', arguments: {}, rows: [{ invoices: 30 }] },
      note: 'A note.',
      partial: [
        {
          ...{ step: 'invoices', reason: 'pages', shown: 30, total },
          meaning: `Only 30 of ${total} records of invoices.list were read. The figures leave out the others: say so, and ask more narrowly for exact ones.`,
        },
        {
          ...{ step: 'newest', reason: 'pages', shown: 10, total: null },
          meaning:
            'Only 10 records of transactions.list were read. The figures leave out the others: say so, and ask more narrowly for exact ones.',
        },
      ],
      reads: 5,
    })
  })

  it('says for how many items it asked', async () => {
    expect(resultOf(await ask('items'))).toMatchObject({
      partial: [
        expect.objectContaining({ step: 'invoices', reason: 'pages' }),
        {
          ...{ step: 'companies', reason: 'items', shown: 4, total: 10 },
          meaning:
            'counterparties.get was read for only 4 of 10 of the items found. The figures leave out the others: say so, and ask more narrowly for exact ones.',
        },
      ],
      reads: 5,
    })
  })

  it('makes a hundred reads, and leaves every later step one of them', async () => {
    expect(resultOf(await ask('budget'))).toMatchObject({
      rows: [{ companies: 98 }],
      partial: [
        expect.objectContaining({ step: 'invoices', reason: 'pages' }),
        {
          ...{ step: 'companies', reason: 'reads', shown: 98, total: 100 },
          meaning: expect.stringContaining('because one call makes no more reads'),
        },
      ],
      reads: 100,
    })
  })

  it('leaves out the rows that do not fit, and stays JSON', async () => {
    const answer = await ask('long')

    const text = answer.result?.content?.[0]?.text ?? ''
    expect(text.length).toBeLessThanOrEqual(1_000)
    expect(text.length).toBeGreaterThan(700)
    const { rows, partial } = readRun(resultOf(answer))
    expect(partial.at(-1)).toEqual({
      ...{ step: null, reason: 'size', shown: rows.length, total: 100 },
      meaning: `Only the first ${rows.length} of 100 rows fit into one answer. Ask for fewer, or more narrowly.`,
    })
  })

  it('cuts inside of a row that alone is too long', async () => {
    const answer = await ask('longRow')

    expect(answer.result?.content?.[0]?.text.length).toBeLessThanOrEqual(1_000)
    expect(resultOf(answer)).toMatchObject({ intent: 'longRow' })
  })
})

type Run = { readonly rows: readonly unknown[]; readonly partial: readonly unknown[] }

function readRun(value: unknown): Run {
  if (!isRun(value)) throw new Error(`no run: ${JSON.stringify(value)}`)
  return value
}

function isRun(value: unknown): value is Run {
  return typeof value === 'object' && value !== null && 'rows' in value && 'partial' in value
}
