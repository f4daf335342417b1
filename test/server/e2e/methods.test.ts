import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startWithDemo } from '../../support/flowtly.ts'
import { operationNames } from '../../support/listed-tools.ts'
import { callTool, modernRpc, refusalOf, resultOf, rpc } from '../../support/rpc.ts'

const TOOLS = [
  'attachments.get',
  'attachments.list',
  'bankAccounts.get',
  'bankAccounts.list',
  'contracts.get',
  'contracts.list',
  'contracts.paymentScheduleLines',
  'costGroups.list',
  'counterparties.get',
  'counterparties.list',
  'invoices.get',
  'invoices.list',
  'projects.list',
  'suppliers.list',
  'taxGroups.list',
  'transactions.list',
]

let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string

beforeAll(async () => {
  running = await startWithDemo()
  url = running.connector.url
})

afterAll(() => running.close())

type ListedTool = {
  readonly name: string
  readonly description: string
  readonly inputSchema: Readonly<Record<string, unknown>>
  readonly annotations: Readonly<Record<string, unknown>>
}

async function listTools(base = url): Promise<readonly ListedTool[]> {
  const { result } = await rpc(base, 'tools/list')
  if (result === undefined || !isToolList(result)) throw new Error('no list of tools')
  return result.tools
}

function isToolList(value: unknown): value is { readonly tools: readonly ListedTool[] } {
  return typeof value === 'object' && value !== null && 'tools' in value
}

describe('initialize', () => {
  it('needs nothing but a protocol version', async () => {
    const answer = await rpc(url, 'initialize', { protocolVersion: '2024-11-05' })

    expect(answer).toMatchObject({
      status: 200,
      result: { protocolVersion: '2024-11-05', serverInfo: { name: 'flowtly', title: 'Flowtly' } },
    })
    expect(answer.result?.['capabilities']).toEqual({
      ...{ tools: {}, resources: {}, prompts: {}, completions: {} },
    })
  })

  it.each([['2024-10-07'], ['2024-11-05'], ['2025-03-26'], ['2025-06-18'], ['2025-11-25']])(
    'agrees on %s',
    async (protocolVersion) => {
      const { result } = await rpc(url, 'initialize', {
        protocolVersion,
        capabilities: {},
        clientInfo: { name: 'test', version: '1' },
      })

      expect(result).toMatchObject({ protocolVersion })
    },
  )

  it('counters an unknown version with 2025-11-25', async () => {
    const { result } = await rpc(url, 'initialize', { protocolVersion: '1999-01-01' })

    expect(result).toMatchObject({ protocolVersion: '2025-11-25' })
  })
})

describe('server/discover', () => {
  it('tells versions, capabilities and instructions, for a while and for this caller only', async () => {
    const { result } = await modernRpc(url, 'server/discover')

    expect(result).toMatchObject({
      resultType: 'complete',
      supportedVersions: ['2026-07-28'],
      capabilities: { tools: {} },
      instructions: expect.any(String),
      ttlMs: 3_600_000,
      cacheScope: 'private',
    })
  })
})

describe('tools/list', () => {
  it('lists the sixteen operations and its own tools, in name order', async () => {
    const tools = await listTools()

    const names = tools.map(({ name }) => name)
    expect(operationNames(tools)).toEqual(TOOLS)
    expect(names).toEqual([...names].sort())
    expect(names).toContain('organization.context')
  })

  it('marks every tool as a read', async () => {
    const tools = await listTools()

    for (const { annotations } of tools) {
      expect(annotations).toEqual({
        title: expect.any(String),
        readOnlyHint: true,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false,
      })
    }
  })

  it('keeps every text within what clients keep', async () => {
    const tools = await listTools()

    for (const { description } of tools) expect(description.length).toBeLessThanOrEqual(2_048)
  })

  it('hints how long the modern era may keep it', async () => {
    const { result } = await modernRpc(url, 'tools/list')

    expect(result).toMatchObject({ ttlMs: 60_000, cacheScope: 'private', resultType: 'complete' })
  })

  it.each([
    ['dotted', 'invoices.list'],
    ['underscored', 'invoices_list'],
  ])('spells names %s when told to', async (TOOL_NAMES, name) => {
    await using other = await startWithDemo({ TOOL_NAMES })

    const names = (await listTools(other.connector.url)).map((tool) => tool.name)

    expect(names).toContain(name)
    expect(names).toEqual(names.toSorted())
  })
})

describe('tools/call', () => {
  it.each([['invoices.list'], ['invoices_list']])(
    'answers to %s with JSON as text',
    async (name) => {
      const answer = await callTool(url, name, { pageSize: 2 })

      expect(answer.result?.content).toEqual([{ type: 'text', text: expect.any(String) }])
      expect(resultOf(answer)).toMatchObject({ pagination: { page: 1, pageSize: 2 } })
    },
  )

  it('needs no arguments', async () => {
    const answer = await rpc(url, 'tools/call', { name: 'transactions.list' })

    expect(resultOf(answer)).toMatchObject({ nextCursor: expect.any(String) })
  })

  it('answers the same in both eras', async () => {
    const args = { name: 'counterparties.list', arguments: { pageSize: 3 } }

    const legacy = await rpc(url, 'tools/call', args)
    const modern = await modernRpc(url, 'tools/call', args)

    expect(modern.result?.content).toEqual(legacy.result?.content)
    expect(modern.result).toMatchObject({ resultType: 'complete' })
  })

  it('shows the columns of a list and nothing more of each item', async () => {
    const result = resultOf(await callTool(url, 'invoices.list', { pageSize: 1 }))

    expect(result).toMatchObject({ data: [{ id: expect.any(String) }] })
    expect(JSON.stringify(result)).not.toContain('"lines"')
  })

  it.each<[string, string, unknown, readonly string[]]>([
    ['a wrong type', 'invoices.list', { pageSize: '10' }, ['"pageSize"', 'integer']],
    ['a value out of bounds', 'invoices.list', { pageSize: 1_000 }, ['"pageSize"', 'maximum 100']],
    [
      'a value that is not offered',
      'invoices.list',
      { kind: 'both' },
      ['"kind"', 'sales', 'purchase'],
    ],
    ['a wrong format', 'invoices.list', { issuedFrom: 'yesterday' }, ['"issuedFrom"', 'date']],
    ['an unknown name', 'invoices.list', { pagesize: 1 }, ['"pagesize"', 'allowed:', 'pageSize']],
    ['a missing one', 'invoices.get', {}, ['"invoiceId"', 'is required']],
    ['an empty path argument', 'invoices.get', { invoiceId: '' }, ['"invoiceId"']],
  ])(
    'says what is wrong about %s, where, and what is allowed',
    async (_what, name, args, parts) => {
      const answer = await callTool(url, name, args)

      expect(answer.status).toBe(200)
      for (const part of [name, ...parts]) expect(refusalOf(answer)).toContain(part)
    },
  )

  it('reports every wrong argument at once', async () => {
    const answer = await callTool(url, 'invoices.list', { pageSize: 0, kind: 1, nope: 2 })

    for (const name of ['pageSize', 'kind', 'nope'])
      expect(refusalOf(answer)).toContain(`"${name}"`)
  })
})
