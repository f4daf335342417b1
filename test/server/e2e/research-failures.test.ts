import type { Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import type { Connector } from '../../../server/mcp/tool.ts'
import { defineTool } from '../../../server/mcp/tool.ts'
import { startChanged, withTool } from '../../support/connectors.ts'
import { startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import { startRawUpstream, write, writeJson, type RawUpstream } from '../../support/raw-upstream.ts'
import { foundOf, incompleteOf } from '../../support/research.ts'
import { callTool, refusalOf, resultOf } from '../../support/rpc.ts'

type Answer = (socket: Socket) => void
const LISTS = ['attachments', 'contracts', 'counterparties', 'invoices'] as const

let upstream: RawUpstream
/** What lists answer, by the last step of their path. */
let answers: Partial<Record<string, Answer>>
beforeAll(async () => {
  upstream = await startRawUpstream()
  upstream.answer = (socket, head) => {
    const [, path = ''] = /^GET \/v1\/([^?/ ]+)/.exec(head) ?? []
    const answer = answers[path] ?? ((each) => writeJson(each, { data: [] }))
    answer(socket)
  }
})
beforeEach(() => {
  answers = {}
  upstream.requests.length = 0
})
afterAll(() => upstream.close())

const items = (...data: readonly unknown[]): Answer => {
  return (socket) => writeJson(socket, { data })
}
const status = (line: string): Answer => {
  return (socket) => write(socket, line, { 'content-type': 'application/json' }, '{}')
}
const silence: Answer = () => undefined

describe('a search in several namespaces', () => {
  let connector: TestConnector
  beforeAll(async () => {
    connector = await startFlowtly(upstream.url, { UPSTREAM_TIMEOUT_MS: '1600' })
  })
  afterAll(() => connector.close())
  const search = (query = 'x') => callTool(connector.url, 'search', { query })

  it.each<[what: string, answer: Answer, reason: string]>([
    ['fails', status('500 Internal Server Error'), 'failed with status 500'],
    ['is too slow', silence, 'did not answer in time'],
    ['is not for this member', status('403 Forbidden'), 'not allowed for this member'],
    ['answers nonsense', (socket) => write(socket, '200 OK', {}, 'x'), 'failed with status 502'],
    ['answers with no list', (socket) => writeJson(socket, { rows: [] }), 'failed with status 502'],
  ])('names the one that %s, and shows the others', async (_what, answer, reason) => {
    answers = { contracts: answer, invoices: items({ id: 'i1', number: 'No. 1' }) }

    const searched = await search()

    expect(foundOf(searched)).toEqual([
      { id: 'invoices/i1', title: 'No. 1', url: 'https://app.flowtly.example/invoices/i1' },
    ])
    expect(incompleteOf(searched)).toEqual([{ namespace: 'contracts', reason }])
  })

  it.each([
    ['500 Internal Server Error', 500],
    ['403 Forbidden', 403],
  ])('fails as the first of them does where none answers: %s', async (line, expected) => {
    answers = Object.fromEntries(LISTS.map((name) => [name, status(line)]))

    const { error } = await search()

    expect(error).toMatchObject({
      ...{ code: -32_000, message: 'Upstream Flowtly API failed' },
      data: { status: expected, requestId: expect.any(String) },
    })
  })

  it('is too slow where none answers in time', async () => {
    answers = Object.fromEntries(LISTS.map((name) => [name, silence]))

    const { error } = await search()

    expect(error).toMatchObject({ code: -32_000, data: { status: 504 } })
  })

  it('asks each for its words, as they are, and for few', async () => {
    answers = { invoices: items({ id: 'i1' }) }

    await search(' A&B  c/d ')

    expect([...upstream.requests].sort()).toEqual(
      LISTS.map((path) => `GET /v1/${path}?q=A%26B%20%20c%2Fd&pageSize=10 HTTP/1.1`),
    )
  })

  it('asks for words one by one where nothing has them all, but not who has failed', async () => {
    answers = { contracts: status('500 Internal Server Error'), invoices: items() }

    const searched = await search('open invoices of Nordwind')

    const asked = upstream.requests.map((line) => /v1\/(\w+)\?q=([^&]+)/.exec(line)?.slice(1))
    expect(
      asked
        .slice(LISTS.length)
        .map((each) => each?.join(' '))
        .sort(),
    ).toEqual(
      ['attachments', 'counterparties', 'invoices']
        .flatMap((name) => ['Nordwind', 'invoices', 'open'].map((word) => `${name} ${word}`))
        .sort(),
    )
    expect(resultOf(searched)).toEqual({
      results: [],
      incomplete: [{ namespace: 'contracts', reason: 'failed with status 500' }],
    })
  })

  it('shows the first of each, then the second of each, and twenty in all', async () => {
    const many = (name: string) =>
      items(...Array.from({ length: 12 }, (_, index) => ({ id: `${name}${index}` })))
    answers = Object.fromEntries(LISTS.map((name) => [name, many(name.slice(0, 2))]))

    const found = foundOf(await search()).map(({ id }) => id)

    expect(found).toHaveLength(20)
    expect(found.slice(0, 5)).toEqual([
      'attachments/at0',
      'contracts/co0',
      'counterparties/co0',
      'invoices/in0',
      'attachments/at1',
    ])
  })

  it('names each record once, and by its id where it has nothing to be called', async () => {
    const twice = { id: 'i1', number: null }
    answers = { invoices: items(twice, twice, { number: 'no id' }, { id: 7 }, null) }

    expect(foundOf(await search()).map(({ id, title }) => [id, title])).toEqual([
      ['invoices/i1', 'Invoices i1'],
      ['invoices/7', 'Invoices 7'],
    ])
  })

  it('keeps an id whole that a double would round, and one with every sign', async () => {
    answers = {
      invoices: (socket) =>
        write(
          socket,
          '200 OK',
          { 'content-type': 'application/json' },
          '{"data":[{"id":12345678901234567890},{"id":"a/b?ü"}]}',
        ),
    }

    expect(foundOf(await search()).map(({ id }) => id)).toEqual([
      'invoices/12345678901234567890',
      'invoices/a%2Fb%3F%C3%BC',
    ])
  })
})

describe('a connector without pages for people', () => {
  it('says so with an empty URL, which is no source to cite', async () => {
    answers = { invoices: items({ id: 'i1', number: 'No. 1' }) }
    await using connector = await startChanged(
      (shipped) => ({
        ...shipped,
        research: shipped.research.map((source) => ({ ...source, url: null })),
      }),
      upstream.url,
    )

    const searched = await callTool(connector.url, 'search', { query: 'x' })
    const fetched = await callTool(connector.url, 'fetch', { id: 'invoices/i1' })

    expect(foundOf(searched)).toEqual([{ id: 'invoices/i1', title: 'No. 1', url: '' }])
    expect(resultOf(fetched)).toMatchObject({ url: '', title: 'Invoices i1' })
  })
})

describe('a tool whose ids are numbers', () => {
  it.each([
    ['7', 'GET /v1/invoices/7 HTTP/1.1'],
    ['0', 'GET /v1/invoices/0 HTTP/1.1'],
  ])('is given %s as one', async (id, request) => {
    await using connector = await startChanged(withNumericIds, upstream.url)

    await callTool(connector.url, 'fetch', { id: `invoices/${id}` })

    expect(upstream.requests).toEqual([request])
  })

  it.each(['07', '7.0', '1e3', '-', 'inv', '12345678901234567890'])(
    'knows no record %s',
    async (id) => {
      await using connector = await startChanged(withNumericIds, upstream.url)

      const answer = await callTool(connector.url, 'fetch', { id: `invoices/${id}` })

      expect(refusalOf(answer)).toContain('is no id that search gives')
      expect(upstream.requests).toEqual([])
    },
  )
})

describe('words that no tool takes', () => {
  it('are refused, and those that some take are searched there', async () => {
    const refusing = (shipped: Connector, names: readonly string[]) =>
      names.reduce(
        (connector, name) =>
          withTool(connector, name, ({ prepare }) => ({
            prepare: () => prepare({ q: 7 }),
          })),
        shipped,
      )
    const tools = LISTS.map((name) => `${name}.list`)
    await using none = await startChanged((shipped) => refusing(shipped, tools), upstream.url)
    await using some = await startChanged(
      (shipped) => refusing(shipped, tools.slice(1)),
      upstream.url,
    )

    const byNone = await callTool(none.url, 'search', { query: 'x' })
    const bySome = await callTool(some.url, 'search', { query: 'x' })

    expect(refusalOf(byNone)).toContain('nothing can be searched for these words')
    expect(incompleteOf(bySome)).toEqual(
      LISTS.slice(1).map((namespace) => ({
        namespace,
        reason: 'does not search for such words',
      })),
    )
  })
})

/** The shipped connector, as if its invoices had numbers for ids. */
function withNumericIds(shipped: Connector): Connector {
  return withTool(shipped, 'invoices.get', (tool) =>
    defineTool<{
      '/invoices/{invoiceId}': { get: { parameters: { path: { invoiceId: number } } } }
    }>()({
      ...tool,
      input: () => z.strictObject({ invoiceId: z.int() }),
      call: (client, args) =>
        client.GET('/invoices/{invoiceId}', { params: { path: { invoiceId: args.invoiceId } } }),
    }),
  )
}
