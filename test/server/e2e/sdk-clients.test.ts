import { Client as ModernClient, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { credentials, startWithDemo } from '../../support/flowtly.ts'
import { operationNames } from '../../support/listed-tools.ts'

const INFO = { name: 'sluice-test', version: '1' }

let running: Awaited<ReturnType<typeof startWithDemo>>
let mcpUrl: URL

beforeAll(async () => {
  running = await startWithDemo({ MAX_RESULT_CHARS: '5000' })
  mcpUrl = new URL('/mcp', running.connector.url)
})

afterAll(() => running.close())

/** What a test asks of a client, whichever SDK it comes from. */
type TestClient = {
  readonly listTools: () => Promise<{ readonly tools: readonly { readonly name: string }[] }>
  readonly callTool: (params: {
    readonly name: string
    readonly arguments: Record<string, unknown>
  }) => Promise<unknown>
  readonly close: () => Promise<void>
}

async function connectV1(): Promise<TestClient> {
  const client = new LegacyClient(INFO)
  await client.connect(new LegacyTransport(mcpUrl, { requestInit: { headers: credentials() } }))
  return {
    listTools: () => client.listTools(),
    callTool: (params) => client.callTool(params),
    close: () => client.close(),
  }
}

type Negotiation = 'legacy' | 'auto' | { readonly pin: string }

async function connectV2(mode: Negotiation): Promise<TestClient> {
  const client = new ModernClient(INFO, { versionNegotiation: { mode } })
  await client.connect(
    new StreamableHTTPClientTransport(mcpUrl, { requestInit: { headers: credentials() } }),
  )
  return {
    listTools: () => client.listTools(),
    callTool: (params) => client.callTool(params),
    close: () => client.close(),
  }
}

describe.each<[string, () => Promise<TestClient>]>([
  ['v1 client', connectV1],
  ['v2 client in legacy mode', () => connectV2('legacy')],
  ['v2 client in auto mode', () => connectV2('auto')],
  ['v2 client pinned to 2026-07-28', () => connectV2({ pin: '2026-07-28' })],
])('the %s', (_name, connect) => {
  let client: TestClient

  beforeAll(async () => {
    client = await connect()
  })

  afterAll(() => client.close())

  it('lists the tools', async () => {
    const { tools } = await client.listTools()

    expect(operationNames(tools)).toHaveLength(16)
  })

  it('calls a tool', async () => {
    const result = await client.callTool({ name: 'invoices.list', arguments: { pageSize: 1 } })

    expect(result).toMatchObject({
      content: [{ type: 'text', text: expect.stringMatching(/^\{"data"/) }],
    })
  })

  it('is told how to read on where a result is cut, and reads on', async () => {
    const first = await client.callTool({ name: 'invoices.list', arguments: { pageSize: 100 } })
    const { data, _truncated: note } = cutResultOf(first)
    const [size, page] = (note.next.match(/\d+/g) ?? []).map(Number)
    const args = { pageSize: size, page }
    const second = await client.callTool({ name: 'invoices.list', arguments: args })

    expect(note).toMatchObject({ returned: data.length, total: 100 })
    expect(args).toEqual({ pageSize: data.length, page: 2 })
    const { data: more } = cutResultOf(second)
    expect(new Set([...data, ...more].map(({ id }) => id)).size).toBe(data.length + more.length)
  })

  it('is told about a wrong argument in a result', async () => {
    const result = await client.callTool({ name: 'invoices.list', arguments: { pageSize: 'x' } })

    expect(result).toMatchObject({ isError: true })
  })

  it('is told about a failing upstream in an error', async () => {
    const call = client.callTool({ name: 'invoices.get', arguments: { invoiceId: 'inv_none' } })

    await expect(call).rejects.toMatchObject({ code: -32_000, data: { status: 404 } })
  })

  it('is told about an unknown tool in an error', async () => {
    const call = client.callTool({ name: 'nope', arguments: {} })

    await expect(call).rejects.toMatchObject({ code: -32_602 })
  })
})

/** The JSON of a result that may be cut. */
function cutResultOf(result: unknown) {
  const {
    content: [{ text }],
  } = RESULT.parse(result)
  return CUT_LIST.parse(JSON.parse(text))
}

const RESULT = z.object({ content: z.tuple([z.object({ text: z.string().max(5_000) })]) })
const NOTE = z.object({ returned: z.number(), total: z.number(), next: z.string() })
const CUT_LIST = z.object({
  data: z.array(z.object({ id: z.string() })),
  _truncated: NOTE.default({ returned: 0, total: 0, next: '' }),
})
