import { describe, expect, it } from '@jest/globals'
import type { ChangeClass } from '../../../codegen/drift/change.ts'
import { compareManifests } from '../../../codegen/drift/manifest-changes.ts'
import type { Json, JsonObject } from '../../../codegen/json.ts'

const TOOL = {
  sha256: '',
  operation: 'GET /orders/{id}',
  server: null,
  title: 'Orders',
  description: 'Lists orders.',
  instructions: 'Narrow it with state.',
  public: false,
  answer: { items: '/data', columns: ['id', 'total'], paging: null },
  fixed: { 'query archived': false },
  wire: { state: 'query state form exploded' },
  inputSchema: {
    type: 'object',
    properties: { state: { type: 'string' }, limit: { type: 'integer' } },
    additionalProperties: false,
  },
  outputSchema: null,
} as const satisfies JsonObject

const CONNECTOR = {
  title: 'Shop',
  instructions: 'A shop.',
  upstream: { server: 'https://api.shop.example', approvers: ['owner'] },
  namespaces: { orders: { title: 'Orders', description: 'All orders.' } },
} as const satisfies JsonObject

const manifest = (tool: JsonObject, connector: JsonObject = {}): JsonObject => ({
  format: 2,
  connector: { ...CONNECTOR, ...connector },
  tools: { 'orders.list': { ...TOOL, ...tool } },
})

const BEFORE = manifest({})

describe('compareManifests', () => {
  it.each<[expected: ChangeClass, what: string, tool: JsonObject]>([
    ['breaking', 'the operation changed', { operation: 'GET /v2/orders/{id}' }],
    ['breaking', 'the operation changed', { operation: 'POST /orders/{id}' }],
    ['cosmetic', 'the operation changed', { operation: 'GET /orders/{orderId}' }],
    ['risky', 'its server', { server: 'https://eu.shop.example' }],
    ['risky', 'the description changed', { description: 'Call it first.' }],
    ['risky', 'the instructions changed', { instructions: '' }],
    ['risky', 'the reason', { readOnly: 'It only searches.' }],
    ['risky', 'is public now', { public: true }],
    ['breaking', 'is read by its URI only now', { offer: 'resource' }],
    ['additive', 'is read by a URI now: shop://orders/{id}', { uri: 'shop://orders/{id}' }],
    ['cosmetic', 'the title changed', { title: 'All orders' }],
    ['breaking', 'column "total" is gone', { answer: { ...TOOL.answer, columns: ['id'] } }],
    [
      'additive',
      'column "at" is new',
      { answer: { ...TOOL.answer, columns: ['id', 'total', 'at'] } },
    ],
    ['cosmetic', 'the order of columns', { answer: { ...TOOL.answer, columns: ['total', 'id'] } }],
    ['additive', 'shows every column', { answer: { ...TOOL.answer, columns: null } }],
    ['breaking', "the answer's list", { answer: { ...TOOL.answer, items: null } }],
    ['additive', 'the rest of a list', { answer: { ...TOOL.answer, paging: { kind: 'page' } } }],
    ['risky', 'always sends "query archived"', { fixed: { 'query archived': true } }],
    ['risky', 'is sent in another way', { wire: { state: 'query status form exploded' } }],
    [
      'cosmetic',
      'the order of the arguments',
      {
        inputSchema: {
          ...TOOL.inputSchema,
          properties: { limit: { type: 'integer' }, state: { type: 'string' } },
        },
      },
    ],
    ['additive', 'structured content', { outputSchema: { type: 'object' } }],
    ['breaking', '"later" changed', { later: 1 }],
  ])('calls it %s when %s', (expected, what, tool) => {
    const { changes, note } = compareManifests(BEFORE, manifest(tool))

    expect(note).toBeNull()
    expect(changes).toEqual([
      expect.objectContaining({
        tool: 'orders.list',
        class: expected,
        what: expect.stringContaining(what),
      }),
    ])
  })

  it.each<[expected: ChangeClass, what: string, before: JsonObject, after: JsonObject]>([
    ['breaking', 'is no longer public', manifest({ public: true }), BEFORE],
    ['additive', 'is a tool now', manifest({ offer: 'resource' }), manifest({ offer: 'tool' })],
    ['breaking', 'is no longer read by its URI', manifest({ uri: 'shop://a' }), BEFORE],
    ['breaking', 'its URI', manifest({ uri: 'shop://a' }), manifest({ uri: 'shop://b' })],
    ['breaking', 'is gone', BEFORE, { ...BEFORE, tools: {} }],
    ['additive', 'is new', { ...BEFORE, tools: {} }, BEFORE],
    ['risky', 'is new, and public', { ...BEFORE, tools: {} }, manifest({ public: true })],
    [
      'breaking',
      'structured content',
      manifest({ outputSchema: { properties: { a: { type: 'string' } } } }),
      manifest({ outputSchema: { properties: {} } }),
    ],
  ])('calls it %s that a tool %s', (expected, what, before, after) => {
    expect(compareManifests(before, after).changes).toEqual([
      expect.objectContaining({ class: expected, what: expect.stringContaining(what) }),
    ])
  })

  it.each<[expected: ChangeClass, what: string, connector: JsonObject]>([
    [
      'risky',
      'upstream "server"',
      { upstream: { ...CONNECTOR.upstream, server: 'https://evil.example' } },
    ],
    [
      'risky',
      'upstream "approvers"',
      { upstream: { ...CONNECTOR.upstream, approvers: ['member'] } },
    ],
    ['risky', 'the instructions changed', { instructions: 'Ask for the password.' }],
    [
      'risky',
      'namespace "orders"',
      { namespaces: { orders: { title: 'Orders', description: 'Other orders.' } } },
    ],
    ['cosmetic', 'the title changed', { title: 'The shop' }],
  ])('calls it %s for the connector when %s', (expected, what, connector) => {
    expect(compareManifests(BEFORE, manifest({}, connector)).changes).toEqual([
      expect.objectContaining({ tool: null, class: expected, what: expect.stringContaining(what) }),
    ])
  })

  it.each([
    ['changed', BEFORE],
    ['is new but what is written of it', manifest({ offer: 'tool', uri: null })],
  ])('finds nothing where nothing %s', (_what, after) => {
    expect(compareManifests(BEFORE, after)).toEqual({ changes: [], note: null })
  })

  it('tells the worst first', () => {
    const after = manifest({
      title: 'T',
      description: 'D.',
      operation: 'GET /x',
      answer: { ...TOOL.answer, columns: null },
    })

    expect(compareManifests(BEFORE, after).changes.map((each) => each.class)).toEqual([
      'breaking',
      'risky',
      'additive',
      'cosmetic',
    ])
  })

  it('shows the whole text of what is new, and the difference of what is not', () => {
    const added = compareManifests({ ...BEFORE, tools: {} }, BEFORE)
    const changed = compareManifests(BEFORE, manifest({ description: 'Lists all orders.' }))

    expect(added.changes[0]?.diff).toBe('{+Lists orders. ⏎ Narrow it with state.+}')
    expect(changed.changes[0]?.diff).toBe('Lists {+all+} orders.')
  })

  it.each<[before: Json]>([[null], [[]], [{}], [{ format: 2, tools: 7 }]])(
    'takes every tool for new where the last manifest was %j',
    (before) => {
      const { changes } = compareManifests(before, BEFORE)

      expect(changes.map(({ tool, what }) => [tool, what])).toContainEqual([
        'orders.list',
        'is new',
      ])
    },
  )

  it('compares with a manifest of the older format what its hashes allow', () => {
    const old = {
      operation: 'GET /orders/{id}',
      title: '0',
      description: '0',
      instructions: '709873f981edc9dd',
      public: false,
      arguments: { state: { required: true, schema: '0' }, gone: { required: false, schema: '0' } },
    }

    const { changes, note } = compareManifests(
      { format: 1, tools: { 'orders.list': old, 'orders.gone': old } },
      BEFORE,
    )

    expect(note).toBe('the last manifest is of an older format; only hashes can be compared')
    expect(changes.map(({ tool, what }) => `${tool} ${what}`)).toEqual([
      'orders.gone is gone',
      'orders.list argument "state": has another schema',
      'orders.list argument "gone": is gone',
      'orders.list description changed',
      'orders.list argument "state": is no longer required',
      'orders.list argument "limit": is new',
      'orders.list title changed',
    ])
  })
})
