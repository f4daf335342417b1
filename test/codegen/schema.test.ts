import { describe, expect, it } from '@jest/globals'
import { toZod } from '../../codegen/output/zod-expression.ts'
import {
  DOCUMENT,
  edit,
  generateFrom,
  readInputSchema,
  readStateSchema,
  reportOf,
} from './fixture.ts'

const V30 = edit(DOCUMENT, 'openapi: 3.1.0', 'openapi: 3.0.3')

describe('the schema of an argument', () => {
  it.each<[rule: string, schema: string, want: object]>([
    [
      'keeps bounds',
      '{ type: integer, minimum: 1, exclusiveMaximum: 9, multipleOf: 2 }',
      { type: 'integer', minimum: 1, exclusiveMaximum: 9, multipleOf: 2 },
    ],
    [
      'keeps limits of texts',
      "{ type: string, minLength: 1, maxLength: 9, pattern: '^a' }",
      { type: 'string', minLength: 1, maxLength: 9, pattern: '^a' },
    ],
    [
      'keeps limits of lists',
      '{ type: array, minItems: 1, maxItems: 9, uniqueItems: true, items: { type: string } }',
      { type: 'array', minItems: 1, maxItems: 9, uniqueItems: true, items: { type: 'string' } },
    ],
    [
      'keeps formats, also those nobody knows',
      '{ type: string, format: phone }',
      { type: 'string', format: 'phone' },
    ],
    [
      'keeps title, default and deprecation',
      '{ type: string, title: T, default: a, deprecated: true }',
      { type: 'string', title: 'T', deprecated: true, default: 'a' },
    ],
    [
      'keeps "anyOf" and "oneOf" below the root',
      '{ anyOf: [{ type: string }, { type: "null" }] }',
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
    ],
    [
      'turns "example" into "examples"',
      '{ type: string, example: a }',
      { type: 'string', examples: ['a'] },
    ],
    [
      'drops what only documents need',
      '{ type: string, x-a: 1, xml: {}, externalDocs: {}, discriminator: {}, $comment: a, readOnly: true }',
      { type: 'string' },
    ],
    [
      'drops a pattern that is none with the u flag',
      "{ type: string, pattern: '[\\w-.]' }",
      { type: 'string' },
    ],
    [
      'drops a default that it would refuse',
      '{ type: integer, default: "1" }',
      { type: 'integer' },
    ],
    [
      'drops an example that it would refuse',
      '{ type: integer, examples: [a, 2] }',
      { type: 'integer', examples: [2] },
    ],
    [
      'cleans a description of Markdown',
      "{ type: string, description: 'Only **these**: `a`' }",
      { type: 'string', description: 'Only these: a' },
    ],
    ['says the type that its keywords mean', '{ minLength: 2 }', { type: 'string', minLength: 2 }],
    [
      'keeps of an enum what its type allows',
      '{ type: string, enum: [a, null] }',
      { type: 'string', enum: ['a'] },
    ],
    [
      'puts a reference in place',
      "{ $ref: '#/components/schemas/Order/properties/total' }",
      { type: 'number' },
    ],
    [
      'counts what stands beside a reference',
      "{ $ref: '#/components/schemas/Order/properties/total', minimum: 2 }",
      { minimum: 2, type: 'number' },
    ],
    [
      'merges "allOf"',
      '{ allOf: [{ type: number, minimum: 1, maximum: 9 }, { type: integer, minimum: 3 }] }',
      { type: 'integer', minimum: 3, maximum: 9 },
    ],
    [
      'merges enums to what they share',
      '{ allOf: [{ enum: [a, b] }, { enum: [b, c] }] }',
      { enum: ['b'] },
    ],
    [
      'merges objects, whose members the other side may forbid',
      '{ allOf: [{ type: object, properties: { a: { type: string } }, additionalProperties: false }, { type: object, required: [a], properties: { a: { minLength: 2 }, b: {} } }] }',
      {
        type: 'object',
        properties: { a: { type: 'string', minLength: 2 } },
        required: ['a'],
        additionalProperties: false,
      },
    ],
  ])('%s', async (_rule, schema, want) => {
    expect(await readStateSchema(schema)).toEqual(want)
  })

  it.each<[rule: string, schema: string, want: object]>([
    ['"nullable" as a type', '{ type: string, nullable: true }', { type: ['string', 'null'] }],
    [
      '"nullable" beside an enum',
      '{ type: string, nullable: true, enum: [a] }',
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    [
      '"nullable" beside "allOf"',
      '{ nullable: true, allOf: [{ type: string }] }',
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
    ],
    [
      'flags of bounds',
      '{ type: number, minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false }',
      { type: 'number', exclusiveMinimum: 1, maximum: 2 },
    ],
    [
      'nothing beside a reference but prose',
      "{ $ref: '#/components/schemas/Order/properties/total', minimum: 2, nullable: true, description: Told. }",
      { type: 'number', description: 'Told.' },
    ],
  ])('reads of OpenAPI 3.0 %s', async (_rule, schema, want) => {
    expect(await readStateSchema(schema, V30)).toEqual(want)
  })

  it('has an object without unions at its root', async () => {
    expect(Object.keys(await readInputSchema('{ type: string }'))).toEqual([
      'type',
      'properties',
      'required',
      'additionalProperties',
    ])
  })

  it.each<[rule: string, schema: string, want: object, what: string]>([
    [
      'a tuple as a list of what any of its places takes',
      '{ type: array, prefixItems: [{ type: string }, { type: integer }], items: false }',
      { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] }, maxItems: 2 },
      '"prefixItems" is read as "items": any place of the list takes what one of them takes',
    ],
    [
      'an object with patterns of names as an open one',
      '{ type: object, patternProperties: { a: {} }, additionalProperties: false }',
      { type: 'object' },
      '"patternProperties" is left out: the upstream alone judges by it',
    ],
    [
      'numbers in an enum of texts as texts',
      '{ type: string, enum: [1, a] }',
      { type: 'string', enum: ['1', 'a'] },
      '"enum" lists what is no string: 1; they are read as that, or left out',
    ],
    [
      'an enum of a list as one of its items',
      '{ type: array, items: { type: string }, enum: [a] }',
      { type: 'array', items: { type: 'string', enum: ['a'] } },
      '"enum" lists single values where lists are wanted; it is read as one of the items',
    ],
    [
      'an "allOf" that nothing satisfies as the first of both',
      '{ allOf: [{ type: string }, { type: integer }] }',
      { type: 'string' },
      '"allOf" cannot be satisfied: one is string, the other is integer; only the first of both counts',
    ],
    [
      'a choice of one whose branches are relaxed as any choice',
      '{ oneOf: [{ type: string, not: {} }, { type: boolean }] }',
      { anyOf: [{ type: 'string' }, { type: 'boolean' }] },
      '"not" is left out: the upstream alone judges by it',
    ],
    [
      'a type that there is not as any',
      '{ type: file }',
      {},
      '"file" is not a type of JSON Schema; any value is taken',
    ],
  ])('reads, with a warning, %s', async (_rule, schema, want, what) => {
    const { warnings } = await generateFrom(
      edit(DOCUMENT, '{ type: string, enum: [open, done] }', schema),
    )

    expect(await readStateSchema(schema)).toEqual(want)
    expect(warnings).toMatchObject([{ what, line: 13 }])
  })

  it('is a problem where it is required and nothing satisfies it', async () => {
    const document = edit(
      DOCUMENT,
      'required: true, schema: { type: string }',
      'required: true, schema: { anyOf: [false] }',
    )

    const report = await reportOf(document)

    expect(report).toContain('nothing satisfies the schema of "shop", which orders.list requires')
  })

  it.each([
    ['not', '{ type: string, not: { const: a } }'],
    ['if', '{ type: string, if: { const: a } }'],
    ['propertyNames', '{ type: object, propertyNames: { pattern: a } }'],
  ])('warns that "%s" is left to the upstream', async (keyword, schema) => {
    const { warnings } = await generateFrom(
      edit(DOCUMENT, '{ type: string, enum: [open, done] }', schema),
    )

    expect(warnings).toMatchObject([
      { what: `"${keyword}" is left out: the upstream alone judges by it`, line: 13 },
    ])
  })
})

describe('the zod code of a schema', () => {
  it.each<[code: string, schema: Parameters<typeof toZod>[0]]>([
    ['z.unknown()', {}],
    ['z.never()', { not: {} }],
    ['z.null()', { type: 'null' }],
    ['z.boolean().nullable()', { type: ['boolean', 'null'] }],
    ['z.literal("a")', { const: 'a' }],
    ['z.literal(null)', { const: null }],
    ['z.int().min(1).max(9)', { type: 'integer', minimum: 1, maximum: 9 }],
    ['z.int32()', { type: 'integer', format: 'int32' }],
    [
      'z.number().gt(1).lt(9).check(multipleOf(0.5))',
      { type: 'number', exclusiveMinimum: 1, exclusiveMaximum: 9, multipleOf: 0.5 },
    ],
    ['z.union([z.string(), z.int()])', { type: ['string', 'integer'] }],
    ['z.string().check(format("date"))', { type: 'string', format: 'date' }],
    ['z.string().check(format("date-time"))', { type: 'string', format: 'date-time' }],
    ['z.string().check(format("uuid"))', { type: 'string', format: 'uuid' }],
    ['z.string().regex(new RegExp("/`${a}", \'u\'))', { type: 'string', pattern: '/`${a}' }],
    ['z.array(z.string()).min(1)', { type: 'array', items: { type: 'string' }, minItems: 1 }],
    ['z.record(z.string(), z.unknown())', { type: 'object' }],
    [
      'z.record(z.string(), z.int())',
      { type: 'object', additionalProperties: { type: 'integer' } },
    ],
    ['z.strictObject({})', { type: 'object', additionalProperties: false }],
    [
      'z.looseObject({\n  a: z.string(),\n  "b-c": z.exactOptional(z.int()),\n})',
      {
        type: 'object',
        required: ['a'],
        properties: { a: { type: 'string' }, 'b-c': { type: 'integer' } },
      },
    ],
    [
      'z.union([\n  z.int().max(5),\n  z.number().max(5),\n])',
      { maximum: 5, anyOf: [{ type: 'integer' }, { type: 'number' }] },
    ],
    ['z.string()', { type: 'string', anyOf: [{ type: 'string' }, { type: 'integer' }] }],
  ])('%s', (code, schema) => {
    expect(toZod(schema)).toBe(code)
  })
})
