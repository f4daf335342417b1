import { describe, expect, it } from '@jest/globals'
import { checkClients } from '../../../codegen/clients/check-clients.ts'
import { CLIENTS } from '../../../codegen/clients/client-rules.ts'
import type { Catalogue, ToolDefinition } from '../../../codegen/clients/tool-definition.ts'
import type { Json, JsonObject } from '../../../codegen/json.ts'

const TOOL: ToolDefinition = {
  name: 'orders.list',
  title: 'Orders',
  description: 'Lists orders.',
  inputSchema: {
    type: 'object',
    properties: { state: { type: 'string' } },
    additionalProperties: false,
  },
  outputSchema: null,
}

const catalogueOf = (tool: Partial<ToolDefinition>, more: Partial<Catalogue> = {}): Catalogue => ({
  connector: 'shop',
  instructions: null,
  tools: [{ ...TOOL, ...tool }],
  pinned: null,
  ...more,
})

/** Arguments with one of the given schema. */
const input = (schema: Json, more: JsonObject = {}): Partial<ToolDefinition> => ({
  inputSchema: { type: 'object', properties: { filter: schema }, ...more },
})

const ALL = CLIENTS.map(({ client }) => client)
const NODE = { type: 'object', properties: { next: { $ref: '#/$defs/Node' } } }

const findAll = (catalogue: Catalogue, kind: 'violation' | 'warning') =>
  checkClients(catalogue)
    .filter((finding) => finding.kind === kind)
    .map(({ client }) => client)

describe('checkClients', () => {
  it.each<[what: string, tool: Partial<ToolDefinition>]>([
    ['a plain tool', {}],
    ['the longest name', { name: `orders.${'x'.repeat(44)}` }],
    ['keys with dots, dashes and underscores', input({ properties: { 'a.b-c_D1': {} } })],
    ['a union below the root', input({ anyOf: [{ type: 'string' }, { type: 'null' }] })],
    ['a default with any member', input({ type: 'object', default: { 'a[b]': { $ref: 'x' } } })],
    ['a description of 2 KB', { description: 'x'.repeat(2048) }],
    [
      'an answer that is an object',
      { outputSchema: { type: 'object', properties: { 'a b': {} } } },
    ],
  ])('finds nothing in %s', (_what, tool) => {
    expect(checkClients(catalogueOf(tool))).toEqual([])
  })

  it.each<[what: string, tool: Partial<ToolDefinition>, said: string]>([
    ['a name of 65 characters', { name: `orders.${'x'.repeat(58)}` }, '65 characters of 64'],
    ['a name with a space', { name: 'orders.list all' }, 'characters that it refuses'],
    ['no title', { title: '' }, 'has no title'],
    ['a description over 2 KB', { description: 'ä'.repeat(1025) }, '2050 bytes of 2048'],
    ['a key with brackets', input({}, { properties: { 'filter[a]': {} } }), '"filter[a]"'],
    ['a key of 65 characters', input({ properties: { ['k'.repeat(65)]: {} } }), '"kkk'],
    ['a key deep inside', input({ items: { properties: { 'price<': {} } } }), '"price<"'],
    ['a key in a branch', input({ oneOf: [{ properties: { $top: {} } }] }), '"$top"'],
    ['a key in a definition', input({}, { $defs: { X: { properties: { 'a b': {} } } } }), '"a b"'],
    ['a root that is no object', { inputSchema: { type: 'array' } }, 'root is no object'],
    ['a root without a type', { inputSchema: {} }, 'root is no object'],
    ['a union at the root', input({}, { anyOf: [{}] }), 'root has "anyOf"'],
    ['allOf at the root', input({}, { allOf: [{}] }), 'root has "allOf"'],
    ['$schema', input({}, { $schema: 'https://json-schema.org/x' }), '"$schema"'],
    ['a vendor keyword', input({ 'x-internal': true }), '"x-internal"'],
    ['a dynamic reference', input({ $dynamicRef: '#a' }), '"$dynamicRef"'],
    ['a reference elsewhere', input({ $ref: 'https://x.example/s.json' }), 'refers to'],
    ['a reference to nothing', input({ $ref: '#/$defs/Nope' }), 'refers to'],
    ['an answer that is a list', { outputSchema: { type: 'array' } }, 'schema of the answer'],
  ])('calls %s a violation for every client, and says how to mend it', (_what, tool, said) => {
    const findings = checkClients(catalogueOf(tool)).filter(({ kind }) => kind === 'violation')

    expect(findings.map(({ client }) => client)).toEqual(ALL)
    for (const { tool: name, what, fix } of findings) {
      expect(name).toBe(tool.name ?? 'orders.list')
      expect(what).toContain(said)
      expect(fix).not.toBe('')
    }
  })

  it.each<[what: string, catalogue: Catalogue, clients: readonly string[]]>([
    [
      'a recursive argument',
      catalogueOf(input(NODE, { $defs: { Node: NODE } })),
      ['Cursor', 'VS Code, Copilot'],
    ],
    [
      'a name that is long with the server before it',
      catalogueOf({ name: `orders.${'x'.repeat(50)}` }),
      ['Cursor'],
    ],
    [
      'a server with a very long name',
      catalogueOf({ name: `orders.${'x'.repeat(50)}` }, { connector: 'c'.repeat(70) }),
      ['Claude Code', 'Cursor'],
    ],
    ['41 tools', catalogueOf({}, { tools: Array.from({ length: 41 }, () => TOOL) }), ['Cursor']],
    [
      '129 tools',
      catalogueOf({}, { tools: Array.from({ length: 129 }, () => TOOL) }),
      ['ChatGPT, OpenAI', 'Cursor', 'VS Code, Copilot'],
    ],
    [
      'instructions whose beginning does not stand alone',
      catalogueOf({}, { instructions: `Short. ${'word '.repeat(120)}` }),
      ALL,
    ],
  ])('only warns of %s', (_what, catalogue, clients) => {
    expect(findAll(catalogue, 'warning')).toEqual(clients)
    expect(findAll(catalogue, 'violation')).toEqual([])
  })

  it.each([
    ['short instructions', 'Ask about orders.', []],
    ['a sentence that ends in time', `${'x'.repeat(300)}. ${'word '.repeat(120)}`, []],
    ['instructions over 2 KB', `${'x'.repeat(300)}. ${'word '.repeat(400)}`, ALL],
  ])('takes %s for what they are', (_what, instructions, clients) => {
    expect(findAll(catalogueOf({}, { instructions }), 'violation')).toEqual(clients)
    expect(findAll(catalogueOf({}, { instructions }), 'warning')).toEqual([])
  })

  it('looks at the spelling that each client gets', () => {
    const { namespace, dotted } = { namespace: 'orders', dotted: 'orders.list' }
    const refusing = CLIENTS.filter(({ name }) => !name.test(dotted))

    expect(refusing.every(({ spelling }) => spelling === 'underscored')).toBe(true)
    expect(refusing.every(({ name }) => name.test(`${namespace}_list`))).toBe(true)
  })
})
