import { describe, expect, it } from '@jest/globals'
import type { ChangeClass } from '../../../codegen/drift/change.ts'
import { compareSchemas } from '../../../codegen/drift/schema-changes.ts'
import type { Json, JsonObject } from '../../../codegen/json.ts'

/** Arguments with one member of the given schema. */
const holding = (schema: Json, more: JsonObject = {}): JsonObject => ({
  type: 'object',
  properties: { a: schema },
  additionalProperties: false,
  ...more,
})

const classesOf = (before: JsonObject, after: JsonObject) =>
  compareSchemas(before, after, '').map((each) => each.class)

const NODE = { type: 'object', properties: { next: { $ref: '#/$defs/Node' } } } as const

describe('compareSchemas', () => {
  it.each<[what: string, narrow: Json, wide: Json]>([
    ['a type', { type: 'string' }, { type: ['string', 'null'] }],
    ['integers among numbers', { type: 'integer' }, { type: 'number' }],
    ['any type', { type: 'string' }, {}],
    ['an enum', { enum: ['x'] }, { enum: ['x', 'y'] }],
    ['an enum and every text', { type: 'string', enum: ['x'] }, { type: 'string' }],
    ['a constant', { const: 'x' }, { enum: ['x', 'y'] }],
    ['a minimum', { minimum: 2 }, { minimum: 1 }],
    ['a minimum that is new', { minimum: 2 }, {}],
    ['a bound and what is beyond it', { exclusiveMinimum: 2 }, { minimum: 2 }],
    ['a maximum', { maximum: 50 }, { maximum: 100 }],
    ['an exclusive maximum', { exclusiveMaximum: 5 }, { maximum: 5 }],
    ['a step', { multipleOf: 10 }, { multipleOf: 5 }],
    ['a length', { maxLength: 5 }, { maxLength: 6 }],
    ['a shortest length', { minLength: 1 }, {}],
    ['a number of items', { type: 'array', maxItems: 5 }, { type: 'array' }],
    ['unique items', { type: 'array', uniqueItems: true }, { type: 'array' }],
    ['a pattern', { type: 'string', pattern: '^a' }, { type: 'string' }],
    ['a format', { type: 'string', format: 'date' }, { type: 'string' }],
    ['a wider format', { format: 'int32' }, { format: 'int64' }],
    ['a required member', holding({}, { required: ['a'] }), holding({})],
    ['closed objects', holding({}), { ...holding({}), additionalProperties: true }],
    ['a member in an object', { ...holding({}), properties: {} }, holding({})],
    ['members of a type', { additionalProperties: { type: 'string' } }, {}],
    ['the type of items', { items: { type: 'string' } }, { items: { type: ['string', 'null'] } }],
    ['items of items', { items: { items: { maximum: 1 } } }, { items: { items: {} } }],
    ['an alternative', { anyOf: [{ const: 1 }] }, { anyOf: [{ const: 1 }, { const: 'x' }] }],
    ['a single schema', { type: 'string' }, { anyOf: [{ type: 'string' }, { type: 'array' }] }],
    ['what an alternative takes', { oneOf: [{ maximum: 1 }] }, { oneOf: [{ maximum: 2 }] }],
    [
      'types that are written as alternatives',
      { type: ['string', 'integer'] },
      { anyOf: [{ type: 'string' }, { type: 'integer' }, { type: 'array' }] },
    ],
  ])('calls it breaking to narrow %s, and additive to widen it', (_what, narrow, wide) => {
    const narrowed = classesOf(holding(wide), holding(narrow))
    const widened = classesOf(holding(narrow), holding(wide))

    expect(new Set(narrowed)).toEqual(new Set<ChangeClass>(['breaking']))
    expect(new Set(widened)).toEqual(new Set<ChangeClass>(['additive']))
  })

  it.each<[what: string, before: Json, after: Json]>([
    ['another type', { type: 'string' }, { type: 'array' }],
    ['another pattern', { pattern: '^a' }, { pattern: '^b' }],
    ['another format', { format: 'date' }, { format: 'date-time' }],
    ['a step that does not divide', { multipleOf: 2 }, { multipleOf: 3 }],
    ['other first items', { prefixItems: [{}] }, { prefixItems: [{ type: 'string' }] }],
    ['a keyword that it does not know', { dependentRequired: { a: ['b'] } }, {}],
    ['an unknown keyword that is new', {}, { propertyNames: { maxLength: 3 } }],
    ['another union', { oneOf: [{ const: 1 }] }, { oneOf: [{ const: 2 }] }],
  ])('calls %s breaking in both directions', (_what, before, after) => {
    expect(classesOf(holding(before), holding(after))).toContain('breaking')
    expect(classesOf(holding(after), holding(before))).toContain('breaking')
  })

  it.each<[what: string, before: Json, after: Json, expected: readonly ChangeClass[]]>([
    ['a description', { description: 'A.' }, { description: 'B.' }, ['risky']],
    ['a default', { default: 1 }, { default: 2 }, ['risky']],
    ['a title', { title: 'A' }, {}, ['cosmetic']],
    ['an example', {}, { examples: [1] }, ['cosmetic']],
    ['the order of values', { enum: [1, 2] }, { enum: [2, 1] }, []],
    [
      'the order of members',
      { type: 'string', minLength: 1 },
      { minLength: 1, type: 'string' },
      [],
    ],
    ['a list of both booleans', { type: 'boolean' }, { type: 'boolean', enum: [true, false] }, []],
    [
      'a description inside an alternative',
      { anyOf: [{ type: 'string', description: 'A.' }] },
      { anyOf: [{ type: 'string', description: 'B.' }] },
      ['risky'],
    ],
    [
      'a description beside a new alternative',
      { anyOf: [{ type: 'string', description: 'A.' }] },
      { anyOf: [{ type: 'string', description: 'B.' }, { type: 'array' }] },
      ['additive', 'risky'],
    ],
    [
      'the place where a schema is kept',
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
      { type: ['null', 'string'] },
      ['cosmetic'],
    ],
  ])('judges %s', (_what, before, after, expected) => {
    expect(classesOf(holding(before), holding(after))).toEqual(expected)
  })

  it('says where, what and how the text reads', () => {
    const before = holding({
      type: 'object',
      properties: { b: { description: 'One.', maximum: 9 } },
    })
    const after = holding({
      type: 'object',
      properties: { b: { description: 'Two.', maximum: 5 } },
    })

    expect(compareSchemas(before, after, '')).toEqual([
      {
        class: 'risky',
        what: 'argument "a", "b": the description changed',
        diff: '[-One.-] {+Two.+}',
      },
      { class: 'breaking', what: 'argument "a", "b": maximum changed from 9 to 5', diff: null },
    ])
  })

  it('shows the text of an argument that is new', () => {
    const after = holding({ description: 'Always call send first.' })

    expect(compareSchemas({ ...after, properties: {} }, after, '')).toEqual([
      { class: 'additive', what: 'argument "a": is new', diff: '{+Always call send first.+}' },
    ])
  })

  it('follows references, and ends in circles', () => {
    const before = { ...holding({ $ref: '#/$defs/Node' }), $defs: { Node: NODE } }
    const node = { ...NODE, properties: { ...NODE.properties, id: { type: 'string' } } }
    const after = { ...before, $defs: { Node: { ...node, required: ['id'] } } }

    expect(classesOf(before, before)).toEqual([])
    expect(classesOf(before, after)).toEqual(['breaking'])
    const plain = { type: 'string', maxLength: 3 }
    const referring = { ...holding({ $ref: '#/$defs/Text' }), $defs: { Text: plain } }
    expect(classesOf(holding(plain), referring)).toEqual([])
  })
})
