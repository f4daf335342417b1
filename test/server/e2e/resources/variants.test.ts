import { describe, expect, it } from '@jest/globals'
import { readPointer } from '../../../../server/json.ts'
import type { Connector } from '../../../../server/mcp/tool.ts'
import { startChanged, withTool } from '../../../support/connectors.ts'
import { startRawUpstream, write, writeJson } from '../../../support/raw-upstream.ts'
import { callTool, parseRpc, post, resultOf, rpc } from '../../../support/rpc.ts'

/** A changed connector before an upstream that writes what it is told to. */
async function start(
  change: (shipped: Connector) => Connector,
  env: Readonly<Record<string, string>> = {},
) {
  const upstream = await startRawUpstream()
  const connector = await startChanged(change, upstream.url, env)
  const { url } = connector
  return {
    upstream,
    url,
    read: (uri: string) => rpc(url, 'resources/read', { uri }),
    askPublic: async (method: string, params: unknown = {}) => {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
      return parseRpc((await post(`${url}/public/mcp`, body, {})).text)
    },
    async [Symbol.asyncDispose]() {
      await connector.close()
      await upstream.close()
    },
  }
}

function withPrefixes(connector: Connector, ...allowPrefixes: readonly string[]): Connector {
  const { resources } = connector
  if (resources === null) throw new Error('the connector has resources')
  return { ...connector, resources: { ...resources, allowPrefixes } }
}

describe('a connector without resources', () => {
  it('declares none, lists none, reads none, and names none in lists', async () => {
    await using server = await start((shipped) => ({ ...shipped, resources: null }))
    server.upstream.answer = (socket) => writeJson(socket, { data: [{ id: 'inv_1' }] })

    const known = await rpc(server.url, 'initialize', { protocolVersion: '2025-11-25' })
    const listed = await rpc(server.url, 'resources/list')
    const list = await callTool(server.url, 'invoices.list')
    const read = await server.read('flowtly://invoices/inv_1')

    expect(known.result?.['capabilities']).not.toHaveProperty('resources')
    expect(listed.result?.['resources']).toEqual([])
    expect(resultOf(list)).toEqual({ data: [{ id: 'inv_1' }] })
    expect(read.error).toMatchObject({ code: -32602 })
    expect(server.upstream.requests).toHaveLength(1)
  })
})

describe('a prefix that is longer than a namespace', () => {
  it('lets only the ids be read, and named, that begin with it', async () => {
    await using server = await start((shipped) => withPrefixes(shipped, 'flowtly://invoices/inv_1'))
    server.upstream.answer = (socket) =>
      writeJson(socket, { data: [{ id: 'inv_1' }, { id: 'inv_2' }, { id: 'inv_12' }] })

    const list = await callTool(server.url, 'invoices.list')
    const read = await server.read('flowtly://invoices/inv_12')
    const refused = await server.read('flowtly://invoices/inv_2')

    expect(resultOf(list)).toEqual({
      data: [
        { id: 'inv_1', _uri: 'flowtly://invoices/inv_1' },
        { id: 'inv_2' },
        { id: 'inv_12', _uri: 'flowtly://invoices/inv_12' },
      ],
    })
    expect(read.result).toHaveProperty('contents')
    expect(refused.error).toMatchObject({ code: -32602 })
  })
})

describe('a URI without arguments', () => {
  it('is listed, and read', async () => {
    await using server = await start((shipped) =>
      withPrefixes(
        withTool(shipped, 'taxGroups.list', () => ({ uri: 'flowtly://tax-groups' })),
        'flowtly://tax-groups',
      ),
    )

    const { result } = await rpc(server.url, 'resources/list')
    const read = await server.read('flowtly://tax-groups')

    expect(result?.['resources']).toContainEqual({
      ...{ uri: 'flowtly://tax-groups', name: 'taxGroups.list', title: expect.any(String) },
      ...{ description: expect.any(String), mimeType: 'application/json' },
    })
    expect(read.result?.['contents']).toEqual([
      { uri: 'flowtly://tax-groups', mimeType: 'application/json', text: '{"data":[]}' },
    ])
  })
})

describe('an argument that is no text', () => {
  const withPage = (shipped: Connector) =>
    withTool(shipped, 'invoices.list', () => ({
      uri: 'flowtly://invoices/pages/{page}/{overdue}',
    }))

  it('is read as JSON writes it', async () => {
    await using server = await start(withPage)

    await server.read('flowtly://invoices/pages/2/true')

    expect(server.upstream.requests[0]).toMatch(/[?&]page=2(?:&| )/)
    expect(server.upstream.requests[0]).toMatch(/[?&]overdue=true(?:&| )/)
  })

  it.each(['02/true', '2.0/true', '2e0/true', '0/true', 'two/true', '2/yes', 'Infinity/true'])(
    'names nothing as %s',
    async (values) => {
      await using server = await start(withPage)
      const uri = `flowtly://invoices/pages/${values}`

      expect((await server.read(uri)).error).toMatchObject({ code: -32602, data: { uri } })
      expect(server.upstream.requests).toEqual([])
    },
  )
})

describe('what the upstream sends', () => {
  const uri = 'flowtly://attachments/att_1/content'

  it.each<[string, Readonly<Record<string, string>>, string, object]>([
    [
      'text',
      { 'content-type': 'text/csv; charset=utf-8' },
      'a,b',
      { mimeType: 'text/csv', text: 'a,b' },
    ],
    [
      'a file',
      { 'content-type': 'application/pdf' },
      '%PDF',
      { mimeType: 'application/pdf', blob: Buffer.from('%PDF').toString('base64') },
    ],
    [
      'JSON',
      { 'content-type': 'application/json' },
      '{"a":1}',
      { mimeType: 'application/json', text: '{"a":1}' },
    ],
  ])('comes as %s', async (_what, headers, body, content) => {
    await using server = await start((shipped) => shipped)
    server.upstream.answer = (socket) => write(socket, '200 OK', headers, body)

    expect((await server.read(uri)).result?.['contents']).toEqual([{ uri, ...content }])
  })

  it('is told of where it is too large to be passed on', async () => {
    await using server = await start((shipped) => shipped)
    const headers = { 'content-type': 'application/pdf', 'content-length': '2000000' }
    server.upstream.answer = (socket) => write(socket, '200 OK', headers, '')

    const { result } = await server.read(uri)

    expect(result?.['contents']).toEqual([
      {
        ...{ uri, mimeType: 'application/json' },
        text: expect.stringContaining('"bytes":2000000'),
      },
    ])
  })

  it('is cut as the tool cuts it', async () => {
    await using server = await start((shipped) => shipped, { MAX_RESULT_CHARS: '1000' })
    server.upstream.answer = (socket) => writeJson(socket, { id: 'inv_1', note: 'x'.repeat(2_000) })

    const { result } = await server.read('flowtly://invoices/inv_1')
    const tool = await callTool(server.url, 'invoices.get', { invoiceId: 'inv_1' })

    const text = readPointer(result, '/contents/0/text')
    expect(text).toBe(tool.result?.content?.[0]?.text)
    expect(text).toContain('_truncated')
  })

  it.each([
    ['a failure', '500 Internal Server Error', 'application/json', '{}', 500],
    ['what is no JSON', '200 OK', 'application/json', '{', 502],
    ['a page', '200 OK', 'text/html', '<html>', 502],
  ])('is -32000 where it is %s', async (_what, status, contentType, body, told) => {
    await using server = await start((shipped) => shipped)
    server.upstream.answer = (socket) =>
      write(socket, status, { 'content-type': contentType }, body)

    expect((await server.read('flowtly://invoices/inv_1')).error).toMatchObject({
      ...{ code: -32000, message: 'Upstream Flowtly API failed', data: { status: told } },
    })
  })
})

describe('without a token', () => {
  it('resources are those of public tools', async () => {
    await using server = await start((shipped) =>
      withTool(shipped, 'invoices.get', () => ({ public: true })),
    )

    const listed = await server.askPublic('resources/list')
    const templates = await server.askPublic('resources/templates/list')
    const read = await server.askPublic('resources/read', { uri: 'flowtly://invoices/inv_1' })
    const list = await server.askPublic('resources/read', { uri: 'flowtly://invoices/' })
    const other = await server.askPublic('resources/read', { uri: 'flowtly://contracts/ct_1' })

    expect(listed.result?.['resources']).toEqual([])
    expect(templates.result?.['resourceTemplates']).toEqual([
      expect.objectContaining({ name: 'invoices.get' }),
    ])
    expect(read.result).toHaveProperty('contents')
    expect([list.error?.code, other.error?.code]).toEqual([-32602, -32602])
    expect(server.upstream.requests).toEqual(['GET /v1/invoices/inv_1 HTTP/1.1'])
  })

  it('a public list names only what a public tool reads', async () => {
    await using server = await start((shipped) =>
      withTool(shipped, 'invoices.list', () => ({ public: true })),
    )
    server.upstream.answer = (socket) => writeJson(socket, { data: [{ id: 'inv_1' }] })

    const list = await server.askPublic('tools/call', { name: 'invoices.list' })
    const listed = await server.askPublic('resources/list')
    const read = await server.askPublic('resources/read', { uri: 'flowtly://invoices/' })

    expect(resultOf(list)).toEqual({ data: [{ id: 'inv_1' }] })
    expect(listed.result?.['resources']).toEqual([
      expect.objectContaining({ uri: 'flowtly://invoices/' }),
    ])
    expect(read.result).toHaveProperty('contents')
  })

  it('there are none where no public tool has a URI', async () => {
    await using server = await start((shipped) =>
      withTool(shipped, 'taxGroups.list', () => ({ public: true })),
    )

    const known = await server.askPublic('initialize', { protocolVersion: '2025-11-25' })

    expect(known.result?.['capabilities']).not.toHaveProperty('resources')
  })
})
