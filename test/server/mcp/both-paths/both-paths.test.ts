import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { recognizeMessage } from '../../../../server/mcp/plain-message.ts'
import { ANSWERS } from './answers.ts'
import { memberOf, openBothPaths, type BothPaths } from './fixture.ts'
import { legacy, modern, sentArbitrary, type Sent } from './messages.ts'

let paths: BothPaths

beforeAll(async () => {
  paths = await openBothPaths()
})

afterAll(() => paths.close())

async function expectSame({ message, headers }: Sent, identity = memberOf('acme')) {
  const viaSdk = await paths.viaSdk(message, headers, identity)
  expect(await paths.fast(message, headers, identity)).toEqual(viaSdk)
  return viaSdk
}

const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities'
const CLIENT_INFO = 'io.modelcontextprotocol/clientInfo'

const INVOICE = { name: 'invoices.get', arguments: { invoiceId: 'plain' } }

const USUAL: readonly (readonly [string, Sent])[] = [
  ['a call', legacy('tools/call', { name: 'invoices.get', arguments: { invoiceId: 'plain' } })],
  ['a call by the other spelling', legacy('tools/call', { name: 'invoices_get', arguments: {} })],
  ['a call with a long id', legacy('tools/call', INVOICE, 'x'.repeat(2_000))],
  ['a call without arguments', legacy('tools/call', { name: 'taxGroups.list' })],
  ['a call of a tool that does not exist', legacy('tools/call', { name: 'nope', arguments: {} })],
  ['a call with a text as its id', legacy('tools/call', { name: 'nope' }, 'ü"\\\u2028🧾')],
  [
    'a call with a progress token',
    legacy('tools/call', { name: 'nope', _meta: { progressToken: 1 } }),
  ],
  ['a call of an intent', legacy('tools/call', { name: 'insights.topDebtors', arguments: {} })],
  [
    'a call of an intent with wrong arguments',
    legacy('tools/call', { name: 'insights.topDebtors', arguments: { count: 'many' } }),
  ],
  [
    'a modern call of an intent that comes to nothing',
    modern('tools/call', { name: 'insights_upcomingPayments', arguments: { from: '2026-01-01' } }),
  ],
  ['a list', legacy('tools/list')],
  ['a list with empty parameters', legacy('tools/list', {})],
  ['a modern call', modern('tools/call', { name: 'invoices.list', arguments: { pageSize: 2 } })],
  ['a modern list', modern('tools/list', {}, 'x')],
  [
    'a modern call of a client with capabilities',
    modern('tools/call', {
      name: 'invoices.list',
      _meta: {
        [CLIENT_INFO]: { name: 'Client', title: 'C', version: '1' },
        [CAPABILITIES]: {
          roots: { listChanged: true },
          sampling: {},
          elicitation: { form: {}, url: {} },
          extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html'] } },
        },
      },
    }),
  ],
]

const UNUSUAL: readonly (readonly [string, Sent])[] = [
  ['a handshake', legacy('initialize', { protocolVersion: '2025-11-25' })],
  ['a ping', legacy('ping')],
  ['a discovery', modern('server/discover')],
  [
    'a notification',
    { ...legacy('tools/call'), message: { jsonrpc: '2.0', method: 'tools/call' } },
  ],
  ['a batch', { ...legacy('tools/list'), message: [legacy('tools/list').message] }],
  ['a second page', legacy('tools/list', { cursor: 'x' })],
  ['a task', legacy('tools/call', { name: 'invoices.get', task: { ttl: 1 } })],
  ['a fraction as its id', legacy('tools/list', {}, 1.5)],
  ['null as its id', legacy('tools/list', {}, null)],
  ['arguments that are a list', legacy('tools/call', { name: 'invoices.get', arguments: [] })],
  ['a name that is a number', legacy('tools/call', { name: 7 })],
  ['another member', { ...legacy('tools/list'), message: { ...record('tools/list'), extra: 1 } }],
  [
    'another JSON-RPC',
    { ...legacy('tools/list'), message: { ...record('tools/list'), jsonrpc: '1' } },
  ],
  ['a version that nobody speaks', withHeaders(legacy('tools/list'), 'mcp-protocol-version', 'x')],
  [
    'a modern header alone',
    withHeaders(legacy('tools/list'), 'mcp-protocol-version', '2026-07-28'),
  ],
  [
    'a header that names another tool',
    withHeaders(modern('tools/call', { name: 'nope' }), 'mcp-name', 'x'),
  ],
  ['a header that names another method', withHeaders(modern('tools/list'), 'mcp-method', 'ping')],
  ['a log level', modern('tools/list', { _meta: { 'io.modelcontextprotocol/logLevel': 'debug' } })],
  ['capabilities that are none', modern('tools/list', { _meta: { [CAPABILITIES]: { roots: 1 } } })],
  ['a client without a version', modern('tools/list', { _meta: { [CLIENT_INFO]: { name: 'x' } } })],
]

describe('a usual message', () => {
  it.each(USUAL)('is recognized, and answered as the SDK answers: %s', async (_, sent) => {
    expect(recognizeMessage(sent.message, sent.headers)).not.toBeNull()
    await expectSame(sent)
  })

  it.each([...ANSWERS.keys()])('shows the upstream’s answer "%s" as the SDK does', async (id) => {
    for (const era of [legacy, modern]) {
      await expectSame(
        era('tools/call', { name: 'invoices.get', arguments: { invoiceId: id } }, id),
      )
    }
  })

  it.each<[name: string, args: object]>([
    ['organization.context', {}],
    ['organization_context', { of: 'globex' }],
    ['search', { query: 'Ä' }],
    ['search', {}],
    ['fetch', { id: 'transactions/tx_1' }],
    ...[...ANSWERS.keys()].map((id): [string, object] => [
      'fetch',
      { id: `invoices/${encodeURIComponent(id)}` },
    ]),
  ])('answers %s with %j as the SDK does', async (name, args) => {
    for (const era of [legacy, modern]) {
      const { exchanges } = await expectSame(era('tools/call', { name, arguments: args }))
      expect(exchanges.length).toBeGreaterThan(0)
    }
  })

  it.each(['invoices.list', 'taxGroups.list'])('shows %s as the SDK does', async (name) => {
    for (const era of [legacy, modern]) {
      const { body } = await expectSame(era('tools/call', { name }))
      expect(body).not.toContain(name === 'invoices.list' ? 'hidden' : '"error"')
    }
  })
})

describe('an unusual message', () => {
  it.each(UNUSUAL)('is left to the SDK: %s', async (_, sent) => {
    expect(recognizeMessage(sent.message, sent.headers)).toBeNull()
    await expectSame(sent)
  })
})

describe('a list', () => {
  it('is the same again, with the id of its own message', async () => {
    for (const era of [legacy, modern]) {
      for (const id of [1, 2, 'three', 'ü']) await expectSame(era('tools/list', {}, id))
    }
  })

  it('that cannot be made is told by the SDK', async () => {
    for (const era of [legacy, modern]) {
      const { code } = await expectSame(era('tools/list'), memberOf('hooli'))
      expect(code).toBe(-32603)
    }
  })

  it('is nobody else’s', async () => {
    const callers = [
      memberOf('acme'),
      memberOf('acme', { scopes: ['invoices:read'] }),
      memberOf('acme', { scopes: [] }),
      memberOf('acme', { client: { id: 'c', name: 'C', redirectHost: 'chatgpt.com' } }),
      memberOf('globex'),
      memberOf('initech'),
      memberOf('initech', { scopes: ['invoices:read'] }),
    ]
    const bodies = new Set<string>()
    for (const round of [1, 2]) {
      for (const caller of callers) {
        const { body } = await expectSame(legacy('tools/list', {}, round), caller)
        if (round === 1) bodies.add(body)
      }
    }

    expect(bodies.size).toBe(callers.length)
  })
})

it('answers whatever is sent as the SDK does', async () => {
  await fc.assert(
    fc.asyncProperty(sentArbitrary, async (sent) => {
      await expectSame(sent)
    }),
    { numRuns: 600 },
  )
})

function record(method: string): object {
  return { jsonrpc: '2.0', id: 1, method }
}

function withHeaders({ message, headers }: Sent, name: string, value: string): Sent {
  return { message, headers: { ...headers, [name]: value } }
}
