import { Client as ModernClient, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startChanged, withTool } from '../../support/connectors.ts'
import { credentials, type TestConnector } from '../../support/flowtly.ts'
import { startRawUpstream, write, writeJson, type RawUpstream } from '../../support/raw-upstream.ts'

const TEXT = { type: ['string', 'number', 'null'] }
const OUTPUT_SCHEMA = {
  type: 'object',
  properties: {
    data: {
      type: ['array', 'null'],
      items: { type: ['object', 'null'], properties: { id: TEXT, total: TEXT } },
    },
    _truncated: { type: 'object' },
  },
}

let upstream: RawUpstream
let connector: TestConnector
let mcpUrl: URL

beforeAll(async () => {
  upstream = await startRawUpstream()
  connector = await startChanged(
    (shipped) =>
      withTool(shipped, 'invoices.list', ({ answer, operation }) => ({
        outputSchema: OUTPUT_SCHEMA,
        operation: { ...operation, accept: 'application/json, */*;q=0.1' },
        answer: { ...answer, columns: null },
      })),
    upstream.url,
    { MAX_RESULT_CHARS: '1000' },
  )
  mcpUrl = new URL('/mcp', connector.url)
})

afterAll(async () => {
  await connector.close()
  await upstream.close()
})

/** What a test asks of a client, whichever SDK it comes from. */
type TestClient = {
  readonly listTools: () => Promise<{ readonly tools: readonly object[] }>
  readonly callTool: (args: Record<string, unknown>) => Promise<unknown>
  readonly close: () => Promise<void>
}

const NAME = 'invoices.list'
const INFO = { name: 'sluice-test', version: '1' }

async function connectV1(): Promise<TestClient> {
  const client = new LegacyClient(INFO)
  await client.connect(new LegacyTransport(mcpUrl, { requestInit: { headers: credentials() } }))
  return {
    listTools: () => client.listTools(),
    callTool: (args) => client.callTool({ name: NAME, arguments: args }),
    close: () => client.close(),
  }
}

async function connectV2(mode: 'legacy' | { readonly pin: string }): Promise<TestClient> {
  const client = new ModernClient(INFO, { versionNegotiation: { mode } })
  await client.connect(
    new StreamableHTTPClientTransport(mcpUrl, { requestInit: { headers: credentials() } }),
  )
  return {
    listTools: () => client.listTools(),
    callTool: (args) => client.callTool({ name: NAME, arguments: args }),
    close: () => client.close(),
  }
}

describe.each<[string, () => Promise<TestClient>]>([
  ['v1 client', connectV1],
  ['v2 client in legacy mode', () => connectV2('legacy')],
  ['v2 client pinned to 2026-07-28', () => connectV2({ pin: '2026-07-28' })],
])('structured content, for the %s,', (_name, connect) => {
  let client: TestClient

  beforeAll(async () => {
    client = await connect()
    // Clients check results against the schemas that they have listed.
    await client.listTools()
  })

  afterAll(() => client.close())

  it('is promised by the tool that has it, and by no other operation', async () => {
    const { tools } = await client.listTools()

    const promising = tools.filter((tool) => 'outputSchema' in tool)
    expect(promising).toEqual([
      expect.objectContaining({ name: NAME, outputSchema: OUTPUT_SCHEMA }),
      // One of the connector's own.
      expect.objectContaining({ name: 'search' }),
    ])
  })

  it('is what the text says', async () => {
    const item = { id: 'a', total: 1.5, more: true }
    upstream.answer = (socket) => writeJson(socket, { data: [item], page: { no: 1 } })

    const answer = { data: [{ ...item, _uri: 'flowtly://invoices/a' }], page: { no: 1 } }
    expect(await client.callTool({})).toMatchObject({
      content: [{ type: 'text', text: JSON.stringify(answer) }],
      structuredContent: answer,
    })
  })

  it('is cut with the text', async () => {
    const data = Array.from({ length: 500 }, (_, no) => ({ no }))
    upstream.answer = (socket) => writeJson(socket, { data })

    expect(await client.callTool({})).toMatchObject({
      structuredContent: {
        data: expect.arrayContaining([{ no: 0 }, { no: 50 }]),
        _truncated: { total: 500, next: expect.stringContaining('"page"') },
      },
    })
  })

  it.each<[string, unknown, unknown]>([
    ['other types', { data: [{ id: { a: 1 }, total: [] }, 7] }, { data: [{}, null] }],
    ['nothing where a list was', { data: null }, { data: null }],
    ['no list any more', { rows: [] }, { rows: [] }],
    ['a list without an envelope', [{ id: 'a' }], { items: [{ id: 'a' }] }],
    ['a single value', 'gone', { value: 'gone' }],
    ['null', null, { value: null }],
  ])('never fails a call that an upstream answers with %s', async (_what, answer, content) => {
    upstream.answer = (socket) => writeJson(socket, answer)

    expect(await client.callTool({})).toMatchObject({
      content: [{ type: 'text', text: JSON.stringify(answer) }],
      structuredContent: content,
    })
  })

  it.each([
    ['text', '200 OK', 'text/csv', 'a,b'],
    ['a file', '200 OK', 'image/png', 'x'],
    ['nothing', '204 No Content', 'application/json', ''],
  ])('is an empty object where %s came', async (_what, status, contentType, body) => {
    upstream.answer = (socket) => write(socket, status, { 'content-type': contentType }, body)

    expect(await client.callTool({})).toMatchObject({ structuredContent: {} })
  })

  it('is not there in a refusal', async () => {
    const result = await client.callTool({ pageSize: 'x' })

    expect(result).toMatchObject({ isError: true })
    expect(result).not.toHaveProperty('structuredContent')
  })
})

describe('a tool without a schema of its content', () => {
  it('gives no structured content', async () => {
    upstream.answer = (socket) => writeJson(socket, { id: 'cp_0001' })
    const client = new LegacyClient(INFO)
    await client.connect(new LegacyTransport(mcpUrl, { requestInit: { headers: credentials() } }))

    const result = await client.callTool({
      name: 'counterparties.get',
      arguments: { counterpartyId: 'cp_0001' },
    })

    expect(result).not.toHaveProperty('structuredContent')
    await client.close()
  })
})
