import { Client as ModernClient, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { isRecord } from '../../../server/json.ts'
import { credentials, startWithDemo } from '../../support/flowtly.ts'
import { foundOf, namespacesOf } from '../../support/research.ts'
import { callTool, refusalOf, resultOf, rpc } from '../../support/rpc.ts'

const GLOBEX = credentials('owner@globex.example', 'globex')
const INFO = { name: 'openai-mcp', version: '1' }

let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string
beforeAll(async () => {
  running = await startWithDemo()
  url = running.connector.url
})
afterAll(() => running.close())

/** Ids that the demo's own database has, by a query of ours. */
function idsBy(sql: string, ...values: readonly string[]): readonly string[] {
  return running.demo.database
    .prepare(sql)
    .all(...values)
    .map(({ id }) => String(id))
}

type Called = Readonly<Record<string, unknown>>
type TestClient = {
  readonly listNames: () => Promise<readonly string[]>
  readonly call: (name: string, args: Record<string, unknown>) => Promise<Called>
  readonly close: () => Promise<void>
}

async function connectV1(): Promise<TestClient> {
  const client = new LegacyClient(INFO)
  const requestInit = { headers: credentials() }
  await client.connect(new LegacyTransport(new URL(`${url}/mcp`), { requestInit }))
  return {
    listNames: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: (name, args) => client.callTool({ name, arguments: args }),
    close: () => client.close(),
  }
}

async function connectV2(): Promise<TestClient> {
  const client = new ModernClient(INFO, { versionNegotiation: { mode: { pin: '2026-07-28' } } })
  const requestInit = { headers: credentials() }
  const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit })
  await client.connect(transport)
  return {
    listNames: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: (name, args) => client.callTool({ name, arguments: args }),
    close: () => client.close(),
  }
}

describe.each([
  ['v1 client', connectV1],
  ['v2 client of 2026-07-28', connectV2],
])('a %s', (_name, connect) => {
  it('finds the pair, searches, and fetches what it found', async () => {
    const client = await connect()
    const names = await client.listNames()
    const searched = await client.call('search', { query: 'Nordwind' })
    const text = onlyTextOf(searched)
    const [first] = foundOf({
      jsonrpc: '2.0',
      id: 1,
      result: { content: [{ type: 'text', text }] },
    })
    const fetched = await client.call('fetch', { id: first?.id ?? '' })
    await client.close()

    expect(names).toEqual(expect.arrayContaining(['search', 'fetch']))
    // The client has judged it by the output schema.
    expect(searched.structuredContent).toEqual(JSON.parse(text))
    expect(fetched.structuredContent).toBeUndefined()
    const record: unknown = JSON.parse(onlyTextOf(fetched))
    expect(record).toEqual({ ...first, text: expect.any(String), metadata: expect.any(Object) })
  })
})

describe('search', () => {
  it('gives the best of each namespace first, each with its page', async () => {
    const found = foundOf(await callTool(url, 'search', { query: 'nordwind' }))

    expect(found.slice(0, 3)).toEqual([
      {
        id: expect.stringMatching(/^contracts\/ctr_\d{4}$/),
        title: expect.stringMatching(/^C-\d{4}-\d{3} .+ \(Nordwind .+\)$/),
        url: `https://app.flowtly.example/${found[0]?.id}`,
      },
      {
        id: expect.stringMatching(/^counterparties\/cp_\d{4}$/),
        title: expect.stringMatching(/^Nordwind /),
        url: `https://app.flowtly.example/${found[1]?.id}`,
      },
      {
        id: expect.stringMatching(/^invoices\/inv_\d{6}$/),
        title: expect.stringMatching(/ Nordwind /),
        url: `https://app.flowtly.example/${found[2]?.id}`,
      },
    ])
  })

  it('finds what the upstream has of each organization, and nothing of another', async () => {
    const sql =
      "SELECT 'counterparties/' || id AS id FROM counterparties WHERE organization_id = ? AND name LIKE ?"
    for (const [organization, headers] of [
      ['acme', credentials()],
      ['globex', GLOBEX],
    ] as const) {
      const found = foundOf(await callTool(url, 'search', { query: 'Studio' }, headers))
      const counterparties = found.map(({ id }) => id).filter((id) => id.startsWith('counter'))

      const own = idsBy(sql, organization, '%Studio%')
      expect(counterparties.length).toBe(Math.min(own.length, 10))
      expect(own).toEqual(expect.arrayContaining(counterparties))
    }
  })

  it('looks into every namespace that the allow-list names', async () => {
    const found = foundOf(await callTool(url, 'search', { query: '-2026-' }))

    expect(namespacesOf(found)).toEqual(['attachments', 'contracts', 'invoices'])
    expect(found).toHaveLength(20)
    expect(new Set(found.map(({ id }) => id)).size).toBe(20)
  })

  it('finds what has some of the words where nothing has all, the most first', async () => {
    const answer = await callTool(url, 'search', { query: 'the payments of Nordwind for Software' })

    const [first, ...others] = foundOf(answer)
    expect(first?.title).toMatch(/Nordwind Software/)
    expect(others.some(({ title }) => !title.includes('Software'))).toBe(true)
    expect(resultOf(answer)).toHaveProperty(
      'note',
      'Nothing has all of these words as they stand; these records have some of them.',
    )
  })

  it('is empty where there is nothing', async () => {
    expect(resultOf(await callTool(url, 'search', { query: 'zzzzqqqq' }))).toEqual({ results: [] })
  })

  it.each<[args: unknown, problem: string]>([
    [{}, '- "query": is required (allowed: type "string", minLength 1, maxLength 500)'],
    [{ query: '' }, '- "query": '],
    [{ query: '   ' }, '- "query": '],
    [{ query: 'a'.repeat(501) }, '- "query": '],
    [{ query: 7 }, '- "query": '],
    [{ query: 'x', limit: 3 }, '- "limit": unknown argument; allowed: query'],
  ])('says what is wrong with %j', async (args, problem) => {
    const refusal = refusalOf(await callTool(url, 'search', args))

    expect(refusal).toContain(`Invalid arguments for search:\n${problem}`)
  })
})

describe('fetch', () => {
  it.each([
    ['invoices', 'invoices.get', 'invoiceId', 'inv_000001'],
    ['contracts', 'contracts.get', 'contractId', 'ctr_0001'],
    ['counterparties', 'counterparties.get', 'counterpartyId', 'cp_0001'],
    ['attachments', 'attachments.get', 'attachmentId', 'att_0001'],
  ])('gives what the tool of %s shows of a record', async (namespace, tool, argument, id) => {
    const answer = await callTool(url, 'fetch', { id: `${namespace}/${id}` })
    const direct = await callTool(url, tool, { [argument]: id })

    expect(resultOf(answer)).toEqual({
      id: `${namespace}/${id}`,
      title: expect.stringMatching(/^\S/),
      text: direct.result?.content?.[0]?.text,
      url: `https://app.flowtly.example/${namespace}/${id}`,
      metadata: { namespace, tool },
    })
  })

  it('tells of another organization’s record what the tool tells', async () => {
    const answer = await callTool(url, 'fetch', { id: 'invoices/inv_000001' }, GLOBEX)
    const direct = await callTool(url, 'invoices.get', { invoiceId: 'inv_000001' }, GLOBEX)

    expect(answer.error).toMatchObject({ code: -32_000, data: { status: 404 } })
    expect({ ...answer.error?.data, requestId: '' }).toEqual({
      ...direct.error?.data,
      requestId: '',
    })
  })

  it.each([
    'inv_000001',
    'nope/inv_000001',
    'transactions/tx_000001',
    'invoices/',
    'invoices/..',
    'invoices/.',
    'invoices/inv_000001/lines',
    'invoices/%69nv_000001',
    'Invoices/inv_000001',
    'https://app.flowtly.example/invoices/inv_000001',
  ])('knows no record %j, and asks nobody for it', async (id) => {
    const requests = new URL('/_requests', running.demo.url)
    await fetch(requests, { method: 'DELETE' })

    const answer = await callTool(url, 'fetch', { id })

    expect(refusalOf(answer)).toBe(
      'Invalid arguments for fetch:\n- "id": is no id that search gives; search first',
    )
    expect(await (await fetch(requests)).json()).toEqual({ data: [] })
  })

  it.each([
    [{}, '- "id": is required'],
    [{ id: '' }, '- "id": '],
    [{ id: 1 }, '- "id": '],
    [{ id: 'invoices/inv_000001', columns: [] }, '- "columns": unknown argument; allowed: id'],
  ])('says what is wrong with %j', async (args, problem) => {
    const refusal = refusalOf(await callTool(url, 'fetch', args))

    expect(refusal).toContain(`Invalid arguments for fetch:\n${problem}`)
  })
})

describe('the names of the pair', () => {
  it('are the same where names are underscored', async () => {
    await using own = await startWithDemo({ TOOL_NAMES: 'underscored' })
    const { result } = await rpc(own.connector.url, 'tools/list')

    const text = JSON.stringify(result)
    expect(text).toContain('"name":"organization_context"')
    expect(text).toContain('"name":"search"')
    expect(text).toContain('"name":"fetch"')
  })
})

function onlyTextOf({ content }: Called): string {
  const blocks: readonly unknown[] = Array.isArray(content) ? content : []
  if (blocks.length !== 1 || !isRecord(blocks[0])) throw new Error('not one block')
  return String(blocks[0]['text'])
}
