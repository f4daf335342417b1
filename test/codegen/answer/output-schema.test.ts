import { describe, expect, it } from '@jest/globals'
import { objectAt, toJson, without, type Json, type JsonObject } from '../../../codegen/json.ts'
import { ALLOW_LIST, DOCUMENT, edit, generateFrom } from '../fixture.ts'

const ANSWER = /schema: (\{ type: object, properties: \{ data: .*)\n/.exec(DOCUMENT)?.[1] ?? ''

/** The output schema of the fixture's only tool, with another schema of its answer. */
async function readOutputSchema(answer: string, tool = '', connector = ''): Promise<Json> {
  const { files } = await generateFrom(
    edit(DOCUMENT, ANSWER, answer),
    edit(ALLOW_LIST, 'title: Shop }', `title: Shop${connector} }`) + tool,
  )
  const code = files.get('tools/orders.ts') ?? ''
  const text = /\n {2}outputSchema: (null|\{[\s\S]*?\n {2}\}),\n/.exec(code)?.[1] ?? ''
  return toJson(JSON.parse(text))
}

const ON = ', structuredContent: true'
const TEXT = { type: ['string', 'number', 'null'] }
const NUMBER = { type: ['number', 'string', 'null'] }

async function propertiesOf(answer: string, tool = ''): Promise<JsonObject> {
  const schema = objectAt(await readOutputSchema(answer, tool, ON))
  expect(schema).toMatchObject({ type: 'object', properties: { _truncated: { type: 'object' } } })
  expect(Object.keys(schema)).toEqual(['type', 'properties'])
  return without(objectAt(schema['properties']), ['_truncated'])
}

describe('the schema of structured content', () => {
  it('is there only if the allow-list asks for it', async () => {
    expect(await readOutputSchema(ANSWER)).toBeNull()
    expect(await readOutputSchema(ANSWER, '', ', structuredContent: false')).toBeNull()
  })

  it('is not there where the document describes no JSON', async () => {
    expect(await readOutputSchema('{}', '', ON)).toBeNull()
  })

  it.each([
    [
      'a record',
      '{ type: object, required: [id], properties: { id: { type: string, enum: [a] } } }',
      { id: TEXT },
    ],
    [
      'limits and formats',
      '{ type: object, properties: { n: { type: integer, minimum: 1 }, d: { type: string, format: date, pattern: ^x } }, additionalProperties: false }',
      { n: NUMBER, d: TEXT },
    ],
    [
      'a list',
      '{ type: array, items: { type: boolean } }',
      { items: { type: ['array', 'null'], items: { type: ['boolean', 'null'] } } },
    ],
    ['a value', '{ type: string }', {}],
    [
      'anything',
      '{ type: object, properties: { a: {}, b: { anyOf: [{ type: string }, {}] } } }',
      { a: {}, b: {} },
    ],
    [
      'a choice',
      '{ type: object, properties: { a: { oneOf: [{ type: string }, { type: object, properties: { x: { type: number } } }] } } }',
      { a: { type: ['string', 'object', 'number', 'null'], properties: { x: NUMBER } } },
    ],
  ])('says no more than what a drifting upstream keeps, of %s', async (_what, answer, expected) => {
    expect(await propertiesOf(answer)).toEqual(expected)
  })

  it('goes round no circle', async () => {
    const document = edit(
      DOCUMENT,
      'buyer: { type: object, properties: { name: { type: string } } }',
      "next: { $ref: '#/components/schemas/Order' }",
    )
    const { files } = await generateFrom(
      document,
      edit(ALLOW_LIST, 'title: Shop }', `title: Shop${ON} }`),
    )

    const [schema] =
      /outputSchema: \{[\s\S]*?\n {2}\},\n/.exec(files.get('tools/orders.ts') ?? '') ?? []
    expect(schema?.match(/"total"/g)).toHaveLength(1)
    expect(schema).toContain('"next": {}')
  })

  it('describes only the columns', async () => {
    const properties = await propertiesOf(ANSWER, '    columns: [id, buyer.name]\n')

    expect(properties).toEqual({
      data: {
        type: ['array', 'null'],
        items: {
          type: ['object', 'null'],
          properties: { id: TEXT, buyer: { type: ['object', 'null'], properties: { name: TEXT } } },
        },
      },
    })
  })

  it('leaves open what is too deep or too much for 2 KB', async () => {
    const wide = (of: string) =>
      `{ type: object, properties: { ${Array.from({ length: 40 }, (_, i) => `p${i}: ${of}`).join(', ')} } }`
    const properties = await propertiesOf(wide(wide('{ type: string }')))

    expect(properties['p39']).toEqual({})
    expect(
      await propertiesOf(wide(wide('{ type: string }')).replaceAll(/p(?=\d)/g, 'q'.repeat(60))),
    ).toEqual({})
  })
})
