import { describe, expect, it } from '@jest/globals'
import { trimArguments } from '../../codegen/request/trim-arguments.ts'
import type { ParameterModel } from '../../codegen/model.ts'
import type { JsonObject } from '../../codegen/json.ts'
import { ALLOW_LIST, DOCUMENT, edit, generateFrom, reportOf } from './fixture.ts'

const LONG = 'A sentence that goes on for quite a while, and says hardly anything. '
const STATE = '{ type: string, enum: [open, done] }'

function argument(key: string, schema: JsonObject, required = false): ParameterModel {
  return { key, name: key, required, schema, wire: null }
}

const MANY = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => [`another member ${index}`, { type: 'string' }]),
)

/** An object in an object, with a description in it. */
const nested = (description: string): JsonObject => ({
  type: 'object',
  description: 'A filter.',
  properties: {
    range: { type: 'object', description, properties: { from: {}, ...MANY } },
    sort: { type: 'string' },
  },
})

function trim(parameters: readonly ParameterModel[], maxBytes: number) {
  const { parameters: trimmed, bytes, leftOut } = trimArguments(parameters, new Map(), maxBytes)
  return { bytes, leftOut, schemas: trimmed.map(({ schema }) => schema) }
}

describe('arguments that are too large', () => {
  it('stay as they are where they fit', () => {
    const schema = nested(LONG)

    expect(trim([argument('filter', schema)], 10_000)).toMatchObject({
      schemas: [schema],
      leftOut: [],
    })
  })

  it('lose descriptions inside first', () => {
    const { schemas, leftOut } = trim([argument('filter', nested(LONG.repeat(5)))], 1_000)

    expect(leftOut).toEqual(['descriptions inside arguments'])
    expect(JSON.stringify(schemas)).toContain('A sentence that goes on')
    expect(JSON.stringify(schemas)).toContain('"from"')
  })

  it('lose what is deepest next, and say so', () => {
    const { schemas, bytes } = trim([argument('filter', nested(LONG))], 300)

    expect(bytes).toBeLessThanOrEqual(300)
    expect(schemas).toEqual([
      {
        type: 'object',
        description: 'A filter.',
        properties: {
          range: {
            type: 'object',
            description: "Members are not described here; see the API's documentation.",
          },
          sort: { type: 'string' },
        },
      },
    ])
  })

  it('lose it where the caller need not give it, and the largest first', () => {
    const small: JsonObject = { type: 'object', properties: { from: {} } }
    const required = argument('needed', nested(''), true)
    const large = argument('large', { ...nested(''), title: LONG })

    const { schemas } = trim([required, argument('small', small), large], 1_000)

    expect(JSON.stringify(schemas[0])).toContain('"from"')
    expect(schemas[1]).toEqual(small)
    expect(JSON.stringify(schemas[2])).not.toContain('"from"')
  })

  it('accept more than one branch where the branches accept more than before', () => {
    const branch = (name: string): JsonObject => ({
      type: 'object',
      required: [name],
      properties: { [name]: nested(LONG) },
    })
    const schema = { type: 'array', items: { oneOf: [branch('a'), branch('b')] } }

    const { schemas } = trim([argument('filter', schema)], 600)

    expect(JSON.stringify(schemas)).not.toContain('oneOf')
  })

  it('lose parts that nothing refers to any more', () => {
    const node = { type: 'object', properties: { next: { $ref: '#/$defs/Node' }, text: {} } }
    const schema = {
      type: 'object',
      properties: { a: { $ref: '#/$defs/Node' } },
      $defs: { Node: node },
    }

    const { schemas } = trim([argument('filter', schema)], 160)

    expect(JSON.stringify(schemas)).not.toContain('$defs')
  })
})

describe('the definition of a tool', () => {
  const properties = Array.from({ length: 300 }, (_, index) => `member${index}: { type: string }`)
  const large = `{ type: object, properties: { inner: { type: object, properties: { ${properties.join()} } } } }`

  it('is trimmed to 8 KB, with a warning', async () => {
    const { files, warnings } = await generateFrom(edit(DOCUMENT, STATE, large), ALLOW_LIST)

    expect(files.get('tools/orders.ts')).not.toContain('member0')
    expect(warnings).toMatchObject([
      {
        what: expect.stringMatching(
          /orders\.list had \d+ bytes, more than 8192; left out: what is deep/,
        ),
      },
    ])
  })

  it('may be larger where the allow-list says so', async () => {
    const allowList = edit(ALLOW_LIST, 'title: Shop }', 'title: Shop, maxToolBytes: 65536 }')

    const { files } = await generateFrom(edit(DOCUMENT, STATE, large), allowList)

    expect(files.get('tools/orders.ts')).toContain('member299')
  })

  it('is refused where nothing is left to leave out', async () => {
    const values = Array.from({ length: 900 }, (_, index) => `value${index}`)
    const document = edit(
      DOCUMENT,
      'name: shop, in: query, required: true, schema: { type: string }',
      `name: shop, in: query, required: true, schema: { type: string, enum: [${values.join()}] }`,
    )

    const report = await reportOf(document, ALLOW_LIST)

    expect(report).toMatch(/its definition has \d+ bytes, and \d+ at the least; 8192 are allowed/)
    expect(report).toContain('raise "maxToolBytes" under "connector"')
  })
})
