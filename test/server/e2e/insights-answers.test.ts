import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { startChanged } from '../../support/connectors.ts'
import type { TestConnector } from '../../support/flowtly.ts'
import { withIntents } from '../../support/intents.ts'
import { startRawUpstream, write, writeJson, type RawUpstream } from '../../support/raw-upstream.ts'
import { callTool, refusalOf, resultOf } from '../../support/rpc.ts'

const sum = { group: { by: [], sum: { total: 'total' } } }
const pickTotal = { pick: { total: '/total' } }

const INTENTS = {
  sum: {
    steps: [{ name: 'invoices', tool: 'invoices.list', pages: 3 }],
    result: { rows: '/steps/invoices/data', reduce: [pickTotal, sum] },
  },
  envelope: {
    steps: [{ name: 'invoices', tool: 'invoices.list' }],
    result: { rows: '/steps/invoices/meta/groups', reduce: [{ pick: { id: '/id' } }] },
  },
  record: {
    steps: [{ name: 'invoice', tool: 'invoices.get', arguments: { invoiceId: 'inv_1' } }],
    result: { rows: '/steps/invoice', reduce: [{ pick: { id: '/id', lines: '/lines' } }] },
  },
  expanded: {
    steps: [{ name: 'invoice', tool: 'invoices.get', arguments: { invoiceId: 'inv_1' } }],
    result: {
      rows: '/steps/invoice',
      reduce: [{ expand: { in: '/lines', pick: { line: '' } } }],
    },
  },
  each: {
    steps: [
      { name: 'invoices', tool: 'invoices.list' },
      {
        name: 'lines',
        tool: 'invoices.get',
        forEach: { in: '/steps/invoices/more', max: 2 },
        arguments: { invoiceId: 'inv_1' },
      },
    ],
    result: { rows: '/steps/lines', reduce: [] },
  },
  joined: {
    steps: [{ name: 'invoices', tool: 'invoices.list' }],
    result: {
      rows: '/steps/invoices/data',
      reduce: [
        { pick: { id: '/id' } },
        {
          join: {
            rows: '/steps/invoices/included',
            on: { field: 'id', pointer: '/id' },
            pick: { name: '/name' },
          },
        },
      ],
    },
  },
}

let upstream: RawUpstream
let connector: TestConnector

beforeAll(async () => {
  upstream = await startRawUpstream()
  connector = await startChanged(withIntents(INTENTS), upstream.url)
})
beforeEach(() => {
  upstream.requests.length = 0
})
afterAll(async () => {
  await connector.close()
  await upstream.close()
})

const ask = (name: string) => callTool(connector.url, `insights.${name}`)

describe('what the upstream answers a step with', () => {
  it.each<[string, string, unknown]>([
    ['no list where its document has one', 'sum', { data: { id: 1 } }],
    ['nothing where rows are', 'envelope', { data: [] }],
    ['nothing where the items to ask for are', 'each', { data: [] }],
    ['nothing where the rows to join are', 'joined', { data: [] }],
  ])('is refused, with %s', async (_what, name, body) => {
    upstream.answer = (socket) => writeJson(socket, body)

    const { error } = await ask(name)

    expect(error).toMatchObject({
      code: -32000,
      data: { status: 502, step: expect.stringMatching('invoices'), tool: 'invoices.list' },
    })
  })

  it('is refused, with a text where a number is added up', async () => {
    upstream.answer = (socket) => writeJson(socket, { data: [{ total: 'a lot' }] })

    const { error } = await ask('sum')

    expect(error).toMatchObject({ code: -32000, data: { status: 502 } })
    expect(error?.data).not.toHaveProperty('step')
  })

  it('is refused, with what is no JSON', async () => {
    upstream.answer = (socket) =>
      write(socket, '200 OK', { 'content-type': 'text/plain' }, 'not in the mood')

    expect((await ask('sum')).error).toMatchObject({ data: { status: 502, step: 'invoices' } })
  })

  it('is refused, where it nests too deeply to be written', async () => {
    const deep = `{"id":"inv_1","lines":${'['.repeat(500_000)}${']'.repeat(500_000)}}`
    upstream.answer = (socket) =>
      write(socket, '200 OK', { 'content-type': 'application/json' }, deep)

    expect((await ask('record')).error).toMatchObject({ code: -32000, data: { status: 502 } })
  })

  it('is no row, where it is null', async () => {
    upstream.answer = (socket) => writeJson(socket, { data: null })

    expect(resultOf(await ask('sum'))).toMatchObject({ rows: [{ total: 0 }], reads: 1 })
  })

  it('is no row, where there is no answer', async () => {
    upstream.answer = (socket) => write(socket, '204 No Content', { 'content-length': '0' }, '')

    expect(resultOf(await ask('record'))).toMatchObject({ rows: [], reads: 1 })
  })

  it('is asked nothing for no item', async () => {
    upstream.answer = (socket) => writeJson(socket, { data: [], more: null })

    expect(resultOf(await ask('each'))).toMatchObject({ rows: [], reads: 1 })
  })

  it('keeps numbers that no double holds', async () => {
    const body = '{"data":[{"total":9007199254740993},{"total":0.1},{"total":0.2}]}'
    upstream.answer = (socket) =>
      write(socket, '200 OK', { 'content-type': 'application/json' }, body)

    const { result } = await ask('sum')

    expect(result?.content?.[0]?.text).toContain('"rows":[{"total":9007199254740993.3}]')
  })

  it('is read page after page, and no further than there are', async () => {
    upstream.answer = (socket, head) => {
      const page = Number(/[?&]page=(\d+)/.exec(head)?.[1] ?? 1)
      const data = Array.from({ length: page === 2 ? 3 : 25 }, () => ({ total: 1 }))
      writeJson(socket, { data })
    }

    expect(resultOf(await ask('sum'))).toMatchObject({ rows: [{ total: 28 }], reads: 2 })
    expect(upstream.requests).toEqual([
      'GET /v1/invoices?pageSize=25 HTTP/1.1',
      'GET /v1/invoices?page=2&pageSize=25 HTTP/1.1',
    ])
  })

  it('is too much, with more rows than can be worked with', async () => {
    upstream.answer = (socket) =>
      writeJson(socket, { id: 'inv_1', lines: Array.from({ length: 50_001 }, () => 0) })

    expect(refusalOf(await ask('expanded'))).toBe(
      'Invalid arguments for insights.expanded:\n' +
        '- 50001 rows are more than the 50000 that can be worked with at once: ask more narrowly',
    )
  })
})
