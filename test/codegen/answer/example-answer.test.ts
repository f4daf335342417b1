import { describe, expect, it } from '@jest/globals'
import { createProjection } from '../../../server/mcp/projection.ts'
import { parseDocs } from '../../../site/docs.ts'
import { ALLOW_LIST, DOCUMENT, edit, generateFrom } from '../fixture.ts'

const SCHEMA =
  "{ type: object, properties: { data: { type: array, items: { $ref: '#/components/schemas/Order' } } } }"

/** What the docs show of the fixture's only tool. */
async function readAnswer(document = DOCUMENT, allowList = ALLOW_LIST): Promise<unknown> {
  const { files } = await generateFrom(document, allowList)
  const value: unknown = JSON.parse(files.get('docs.json') ?? '')
  return parseDocs(value).namespaces[0]?.tools[0]?.example.answer
}

function withSchema(schema: string): string {
  return edit(DOCUMENT, SCHEMA, schema)
}

/** The same document, with an example beside the schema. */
function withExample(keyword: string): string {
  return edit(DOCUMENT, `schema: ${SCHEMA}`, `${keyword}\n              schema: ${SCHEMA}`)
}

function withColumns(columns: string): string {
  return `${ALLOW_LIST}    columns: ${columns}\n`
}

describe('the example of an answer', () => {
  it.each<[what: string, document: string, want: unknown]>([
    [
      'what the schema says, with one item',
      DOCUMENT,
      { data: [{ id: '…', total: 1, buyer: { name: '…' } }] },
    ],
    [
      'values that the schema shows',
      withSchema(
        '{ type: object, properties: { a: { type: string, examples: [x] }, b: { enum: [y, z] }, c: { const: 3 }, d: { type: integer, example: 4 } } }',
      ),
      { a: 'x', b: 'y', c: 3, d: 4 },
    ],
    [
      'values that fit their format and type',
      withSchema(
        '{ type: object, properties: { day: { type: string, format: date }, ok: { type: boolean }, none: { type: "null" }, maybe: { type: [number, "null"] }, any: {} } }',
      ),
      { day: '2026-01-31', ok: true, none: null, maybe: 1 },
    ],
    [
      'a whole example of an object where its schema has one',
      withSchema('{ type: object, example: { a: 1 }, properties: { b: { type: string } } }'),
      { a: 1 },
    ],
    [
      "the document's own example",
      withExample('example: { data: [{ id: o1, total: 2 }], next: c }'),
      { data: [{ id: 'o1', total: 2 }], next: 'c' },
    ],
    [
      'the first of its own examples, two items of a list at most',
      withExample('examples: { one: { value: { data: [1, 2, 3] } }, two: { value: {} } }'),
      { data: [1, 2] },
    ],
    ['nothing where nothing is known', withSchema('{}'), null],
    ['nothing for an object without members', withSchema('{ type: object }'), null],
  ])('is %s', async (_what, document, want) => {
    expect(await readAnswer(document)).toEqual(want)
  })

  it('shows of the schema only the columns, in their order', async () => {
    expect(await readAnswer(DOCUMENT, withColumns('[buyer.name, id]'))).toEqual({
      data: [{ buyer: { name: '…' }, id: '…' }],
    })
  })

  it('shows of an own example what the server would show of that answer', async () => {
    const example = {
      data: [{ id: 'o1', total: 2, secret: 1, buyer: { name: 'n', tax: 3 } }],
      page: 1,
    }
    const project = createProjection({
      ...{ items: '/data', columns: ['buyer.name', 'id'] },
      ...{ paging: null, filters: [] },
    })

    const answer = await readAnswer(
      withExample(`example: ${JSON.stringify(example)}`),
      withColumns('[buyer.name, id]'),
    )

    expect(JSON.stringify(answer)).toBe(JSON.stringify(project?.(example)))
  })

  it('makes up an answer where the own example has no items to show', async () => {
    expect(await readAnswer(withExample('example: { rows: [] }'), withColumns('[id]'))).toEqual({
      data: [{ id: '…' }],
    })
  })

  it('ends where a schema comes back to itself', async () => {
    const document = edit(
      DOCUMENT,
      'buyer: { type: object, properties: { name: { type: string } } }',
      "parent: { $ref: '#/components/schemas/Order' }",
    )

    expect(await readAnswer(document)).toEqual({ data: [{ id: '…', total: 1 }] })
  })

  it('stays small, whatever the document has', async () => {
    const wide = (depth: number): object =>
      depth === 0
        ? { type: 'string' }
        : {
            type: 'object',
            properties: Object.fromEntries(
              Array.from({ length: 12 }, (_, index) => [`m${index}`, wide(depth - 1)]),
            ),
          }
    const long = { data: [{ id: 'x'.repeat(10_000), total: 1 }] }

    const made = await readAnswer(withSchema(JSON.stringify(wide(3))))
    const own = await readAnswer(withExample(`example: ${JSON.stringify(long)}`))
    const huge = await readAnswer(
      withExample(
        `example: ${JSON.stringify(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`member${i}`, i])))}`,
      ),
    )

    for (const answer of [made, own, huge]) {
      expect(JSON.stringify(answer).length).toBeLessThanOrEqual(3_000)
    }
    expect(JSON.stringify(own)).toContain('xxx…')
    expect(huge).toEqual({ data: [{ id: '…', total: 1, buyer: { name: '…' } }] })
  })
})
