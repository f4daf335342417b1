import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { credentials, startWithDemo } from '../../support/flowtly.ts'
import { MODERN_META, modernRpc, parseRpc, post } from '../../support/rpc.ts'

let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string

beforeAll(async () => {
  running = await startWithDemo()
  url = running.connector.url
})

afterAll(() => running.close())

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
