import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { credentials, startWithDemo } from '../../support/flowtly.ts'
import {
  callTool,
  MODERN_META,
  modernRpc,
  parseRpc,
  post,
  refusalOf,
  resultOf,
  rpc,
} from '../../support/rpc.ts'

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
    expect(answer.result?.['capabilities']).toEqual({ tools: {} })
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
  it('lists the sixteen tools in name order', async () => {
    const tools = await listTools()

    expect(tools.map(({ name }) => name)).toEqual(TOOLS)
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

function request(method: string, params: unknown): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
}

describe('a message that cannot be answered', () => {
  it.each<[string, string, number, number, unknown]>([
    ['malformed JSON', '{', 400, -32_700, null],
    ['nothing', '', 400, -32_700, null],
    ['a text', '"hi"', 400, -32_600, null],
    ['an empty batch', '[]', 400, -32_600, null],
    ['no version', '{"id":1,"method":"ping"}', 400, -32_600, 1],
    ['a null id', '{"jsonrpc":"2.0","id":null,"method":"ping"}', 400, -32_600, null],
    ['an unknown method', '{"jsonrpc":"2.0","id":1,"method":"nope"}', 200, -32_601, 1],
    [
      'an unknown tool',
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"nope"}}',
      200,
      -32_602,
      1,
    ],
    [
      'a name from a prototype',
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"constructor"}}',
      200,
      -32_602,
      1,
    ],
    [
      'arguments that are no object',
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"invoices.list","arguments":[]}}',
      200,
      -32_602,
      1,
    ],
    [
      'an unknown cursor',
      '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"x"}}',
      200,
      -32_602,
      1,
    ],
    [
      'an unknown resource',
      '{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"flowtly://x"}}',
      200,
      -32_602,
      1,
    ],
    ['a cursor that is no text', request('tools/list', { cursor: 5 }), 200, -32_602, 1],
    ['an initialize without a version', request('initialize', {}), 200, -32_602, 1],
    ['a resource without a name', request('resources/read', {}), 200, -32_602, 1],
    ['a tool without a name', request('tools/call', {}), 200, -32_602, 1],
    [
      'a message that nests too deeply',
      request('tools/call', { name: 'invoices.list', arguments: '@' }).replace(
        '"@"',
        `{"q":${'['.repeat(100)}${']'.repeat(100)}}`,
      ),
      400,
      -32_600,
      null,
    ],
    [
      'a batch that is too long',
      JSON.stringify(
        Array.from({ length: 21 }, (_, id) => ({ jsonrpc: '2.0', id, method: 'ping' })),
      ),
      400,
      -32_600,
      null,
    ],
  ])('because it is %s', async (_what, body, status, code, id) => {
    const answer = await post(`${url}/mcp`, body)

    expect(answer.status).toBe(status)
    expect(parseRpc(answer.text)).toMatchObject({ error: { code } })
    expect(parseRpc(answer.text).id ?? null).toBe(id)
  })

  it('and says so shortly, however much is wrong with it', async () => {
    const extensions = Object.fromEntries(Array.from({ length: 2_000 }, (_, key) => [`k${key}`, 1]))

    const { text } = await post(
      `${url}/mcp`,
      request('initialize', { protocolVersion: '2025-11-25', capabilities: { extensions } }),
    )

    expect(parseRpc(text).error).toMatchObject({ code: -32_602 })
    expect(text.length).toBeLessThan(400)
  })

  it('because its bytes are not UTF-8', async () => {
    const answer = await post(`${url}/mcp`, new Uint8Array([0x22, 0xff, 0x22]))

    expect(answer.status).toBe(400)
    expect(parseRpc(answer.text).error?.code).toBe(-32_700)
  })

  it('because it is too large', async () => {
    const answer = await post(`${url}/mcp`, ' '.repeat(128 * 1024 + 1))

    expect(answer.status).toBe(413)
    expect(parseRpc(answer.text)).toMatchObject({ id: null, error: { code: -32_000 } })
  })

  it.each([
    ['text/plain', {}],
    ['', {}],
    ['application/json', { 'content-encoding': 'gzip' }],
  ])('because it is sent as %j %j', async (type, more) => {
    const answer = await post(`${url}/mcp`, '{}', {
      ...credentials(),
      'content-type': type,
      ...more,
    })

    expect(answer.status).toBe(415)
    expect(parseRpc(answer.text)).toMatchObject({ id: null, error: { code: -32_000 } })
  })

  it.each([['GET'], ['DELETE'], ['PUT'], ['PATCH']])('because it is a %s', async (method) => {
    const response = await fetch(`${url}/mcp`, { method, headers: credentials() })

    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    expect(parseRpc(await response.text())).toMatchObject({ id: null, error: { code: -32_000 } })
  })
})

describe('the modern era', () => {
  const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call' }
  const params = { name: 'invoices.list', _meta: MODERN_META }

  it.each<[string, Readonly<Record<string, string>>, object, number, number]>([
    ['another method in its header', { 'mcp-method': 'tools/list' }, params, 400, -32_020],
    ['another name in its header', { 'mcp-name': 'invoices.get' }, params, 400, -32_020],
    [
      'another version in its header',
      { 'mcp-protocol-version': '2025-11-25' },
      params,
      400,
      -32_020,
    ],
    ['an envelope without capabilities', {}, { ...params, _meta: partialMeta() }, 400, -32_602],
    ['an unknown version', { 'mcp-protocol-version': '2099-01-01' }, futureParams(), 400, -32_022],
  ])('refuses %s', async (_what, more, body, status, code) => {
    const answer = await post(
      `${url}/mcp`,
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: body }),
      { ...credentials(), ...headers, 'mcp-name': 'invoices.list', ...more },
    )

    expect(answer.status).toBe(status)
    expect(parseRpc(answer.text)).toMatchObject({ error: { code } })
  })

  it('answers an unknown method with 404', async () => {
    expect(await modernRpc(url, 'nope')).toMatchObject({ status: 404, error: { code: -32_601 } })
  })

  function partialMeta() {
    return { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' }
  }

  function futureParams() {
    const version = { 'io.modelcontextprotocol/protocolVersion': '2099-01-01' }
    return { ...params, _meta: { ...MODERN_META, ...version } }
  }
})

describe('a batch', () => {
  const ping = (id: unknown) => ({ jsonrpc: '2.0', id, method: 'ping' })

  it('is answered element by element, errors among them, notifications left out', async () => {
    const { status, text } = await post(
      `${url}/mcp`,
      JSON.stringify([
        ping(1),
        { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } },
        { jsonrpc: '2.0', id: 'x', method: 'nope' },
        ping(1),
      ]),
    )

    expect(status).toBe(200)
    expect(JSON.parse(text)).toEqual([
      { jsonrpc: '2.0', id: 1, result: {} },
      { jsonrpc: '2.0', id: 'x', error: { code: -32_601, message: 'Method not found' } },
      { jsonrpc: '2.0', id: 1, result: {} },
    ])
  })

  it('is refused as one where its HTTP request is wrong', async () => {
    const { status, text } = await post(`${url}/mcp`, JSON.stringify([ping(1), ping(2)]), {
      ...credentials(),
      'mcp-protocol-version': '1999-01-01',
    })

    expect(status).toBe(400)
    expect(parseRpc(text).error).toMatchObject({ code: -32_000 })
  })

  it('of notifications only is accepted without a body', async () => {
    const notification = { jsonrpc: '2.0', method: 'notifications/initialized' }

    const { status, text } = await post(`${url}/mcp`, JSON.stringify([notification, notification]))

    expect({ status, text }).toEqual({ status: 202, text: '' })
  })
})

describe('a plain client', () => {
  it('needs no Accept header, no session and no initialized message', async () => {
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/list' }

    const { status, headers } = await post(`${url}/mcp`, JSON.stringify(message), {
      ...credentials(),
      accept: 'text/html',
    })

    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(/^application\/json/)
    expect(headers.get('mcp-session-id')).toBeNull()
  })

  it('gets 202 for a notification', async () => {
    const message = { jsonrpc: '2.0', method: 'notifications/initialized' }

    const { status, text } = await post(`${url}/mcp`, JSON.stringify(message))

    expect({ status, text }).toEqual({ status: 202, text: '' })
  })
})

describe('other paths', () => {
  it('tell that the process lives', async () => {
    const response = await fetch(`${url}/health`)

    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'ok' })
  })

  it('show the part of the document that is used, and no write', async () => {
    const response = await fetch(`${url}/mcp/openapi.json`)
    const document: unknown = await response.json()

    expect(document).toMatchObject({ openapi: '3.1.0', paths: { '/invoices': { get: {} } } })
    expect(JSON.stringify(document)).not.toMatch(/createInvoice|updateInvoice|deleteInvoice/)
  })

  it('serve the connector at a second path when told to', async () => {
    await using other = await startWithDemo({ MCP_PATH: '/api/mcp' })

    for (const path of ['/mcp', '/api/mcp']) {
      const { status } = await post(
        `${other.connector.url}${path}`,
        '{"jsonrpc":"2.0","id":1,"method":"ping"}',
      )
      expect(status).toBe(200)
    }
  })

  it.each([['/health'], ['/mcp/openapi.json']])('refuse to be written: %s', async (path) => {
    const response = await fetch(`${url}${path}`, { method: 'POST' })

    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toContain('GET')
  })

  it('are answered with 404 in JSON', async () => {
    const response = await fetch(`${url}/nope`)

    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: 'not_found' })
  })
})
