import { Client as ModernClient, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { credentials, startWithDemo } from '../../support/flowtly.ts'

const INFO = { name: 'sluice-test', version: '1' }

let running: Awaited<ReturnType<typeof startWithDemo>>
let mcpUrl: URL

beforeAll(async () => {
  running = await startWithDemo()
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

    expect(tools).toHaveLength(16)
  })

  it('calls a tool', async () => {
    const result = await client.callTool({ name: 'invoices.list', arguments: { pageSize: 1 } })

    expect(result).toMatchObject({
      content: [{ type: 'text', text: expect.stringMatching(/^\{"data"/) }],
    })
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
