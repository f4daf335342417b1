import { describe, expect, it } from '@jest/globals'
import { objectAt, stringsAt, toJson } from '../../codegen/json.ts'
import { ALLOW_LIST, DOCUMENT, edit, generateFrom, reportOf, warningsOf } from './fixture.ts'

const ALLOWED = edit(
  ALLOW_LIST,
  'operation: listOrders\n',
  'operation: createOrder\n    readOnly: It searches.\n',
)
const post = (body: string) =>
  edit(
    DOCUMENT,
    '      operationId: createOrder\n',
    `      operationId: createOrder\n      requestBody: ${body}\n`,
  )
const withSchema = (schema: string, required = true) =>
  post(`{ required: ${required}, content: { application/json: { schema: ${schema} } } }`)

async function readTool(document: string, allowList = ALLOWED) {
  const { files } = await generateFrom(document, allowList)
  const code = files.get('tools/orders.ts') ?? ''
  const facts = (name: string) => {
    const text = new RegExp(`\\n  ${name}: (\\{[\\s\\S]*?\\n  \\}),\\n`).exec(code)?.[1] ?? 'null'
    return objectAt(toJson(JSON.parse(text)))
  }
  return {
    body: facts('operation')['body'],
    properties: objectAt(facts('inputSchema')['properties']),
    required: stringsAt(facts('inputSchema')['required']),
    call: /\n {2}call: ([\s\S]*?)\n\}\)\n/.exec(code)?.[1] ?? '',
  }
}

describe('a POST for reading', () => {
  it.each<[rule: string, schema: string, required: readonly string[], keys: readonly string[]]>([
    [
      'takes the members of an object one by one',
      '{ type: object, required: [a], properties: { a: { type: string }, b: { type: integer } } }',
      ['a'],
      ['a', 'b'],
    ],
    [
      'takes what several schemas say together',
      '{ allOf: [{ properties: { a: {} } }, { required: [a, b], properties: { b: {} } }], type: object }',
      ['a', 'b'],
      ['a', 'b'],
    ],
    [
      'asks for no member that only answers have',
      '{ allOf: [{ type: object, properties: { id: { type: string, readOnly: true }, a: {} } }, { required: [id] }] }',
      [],
      ['a'],
    ],
    [
      'asks for a member that is required and not described',
      '{ type: object, required: [a], properties: { b: {} } }',
      ['a'],
      ['b', 'a'],
    ],
    ['takes a list in one piece', '{ type: array, items: {} }', ['body'], ['body']],
    ['takes a free-form object in one piece', '{ type: object }', ['body'], ['body']],
    [
      'takes a choice in one piece',
      '{ type: object, properties: { a: {} }, oneOf: [{ required: [a] }, { required: [b] }] }',
      ['body'],
      ['body'],
    ],
    ['takes a text in one piece', '{ type: string }', ['body'], ['body']],
  ])('%s', async (_rule, schema, required, keys) => {
    const tool = await readTool(withSchema(schema))

    expect(tool.body).toBe('application/json')
    expect(Object.keys(tool.properties)).toEqual(keys)
    expect(tool.required).toEqual(required)
  })

  it('leaves out what only answers have, however deep', async () => {
    const schema =
      '{ type: object, properties: { a: { type: object, required: [id, b], properties: { id: { readOnly: true }, b: {} } } } }'

    const { properties } = await readTool(withSchema(schema))

    expect(properties).toEqual({ a: { type: 'object', required: ['b'], properties: { b: {} } } })
  })

  it('requires nothing of a caller where the body is optional', async () => {
    const schema = '{ type: object, required: [a], properties: { a: {} } }'

    expect((await readTool(withSchema(schema, false))).required).toEqual([])
  })

  it.each<[type: string, sent: string]>([
    ['application/json', 'application/json'],
    ['application/vnd.x+json', 'application/vnd.x+json'],
    ['"application/json; charset=utf-8"', 'application/json; charset=utf-8'],
    ['"*/*"', 'application/json'],
  ])('sends a body that is documented as %s as %s', async (type, sent) => {
    const schema = '{ type: object, properties: { a: {} } }'
    const document = post(`{ content: { text/plain: {}, ${type}: { schema: ${schema} } } }`)

    expect((await readTool(document)).body).toBe(sent)
  })

  it('takes any JSON for a body that nothing is said about', async () => {
    const tool = await readTool(post('{ required: true, content: {} }'))

    expect(tool).toMatchObject({ body: 'application/json', properties: { body: {} } })
  })

  it('sends none where none is described', async () => {
    expect(await readTool(DOCUMENT)).toMatchObject({ body: null, properties: {} })
  })

  it('sends what the allow-list fixes, and not what it omits', async () => {
    const schema = '{ type: object, properties: { a: {}, b: { type: string }, c: {} } }'
    const allowList = `${ALLOWED}    fixed: { b: x }\n    omit: [c]\n    defaults: { a: 1 }\n`

    const { properties, call } = await readTool(withSchema(schema), allowList)

    expect(properties).toEqual({ a: { default: 1 } })
    expect(call).toMatch(/\{\n +a: args\.a,\n +b: "x",\n +\}/)
  })

  it('can have its whole body fixed', async () => {
    const allowList = `${ALLOWED}    fixed: { body: [1] }\n`

    const { properties, call } = await readTool(withSchema('{ type: array }'), allowList)

    expect(properties).toEqual({})
    expect(call).toContain('body: [\n')
  })

  it('says its reason in the docs, and to whoever generates', async () => {
    const { files, posts } = await generateFrom(DOCUMENT, ALLOWED)

    expect(posts).toEqual([{ tool: 'orders.list', reason: 'It searches.' }])
    expect(files.get('docs.json')).toContain('"readOnly": "It searches."')
  })

  it.each<[rule: string, document: string, allowList: string, report: string]>([
    [
      'needs a reason',
      DOCUMENT,
      edit(ALLOWED, '    readOnly: It searches.\n', ''),
      'allow-list.yaml:11:16 tools → orders.list → operation\n    "createOrder" is POST /orders, a POST; only GET and HEAD are allowed here\n    → if it only searches, say under "readOnly" why it changes nothing',
    ],
    [
      'has a reason in words',
      DOCUMENT,
      edit(ALLOWED, 'readOnly: It searches.', 'readOnly: ""'),
      'allow-list.yaml:12:15 tools → orders.list → readOnly\n    must not be empty',
    ],
    [
      'is no GET',
      DOCUMENT,
      edit(ALLOWED, 'createOrder', 'listOrders'),
      'allow-list.yaml:12:5 tools → orders.list → readOnly\n    a GET needs no reason: it reads by itself\n    → remove "readOnly"',
    ],
    [
      'is no PUT',
      edit(DOCUMENT, '    post:\n', '    put:\n'),
      ALLOWED,
      'allow-list.yaml:11:16 tools → orders.list → operation\n    "createOrder" is PUT /orders, a PUT; only GET, HEAD and POST are allowed here',
    ],
    [
      'has a body that can be JSON',
      post('{ required: true, content: { multipart/form-data: {}, text/csv: {} } }'),
      ALLOWED,
      'openapi.yaml:24:7 #/paths/~1orders/post/requestBody\n    the body is multipart/form-data or text/csv; only JSON bodies can be sent\n    → take the tool out of the allow-list',
    ],
    [
      'keeps what its body needs',
      withSchema('{ type: object, required: [a], properties: { a: {} } }'),
      `${ALLOWED}    omit: [a]\n`,
      'allow-list.yaml:13:11 tools → orders.list → omit\n    "a" is required by the upstream and cannot be left out\n    → give it a value under "fixed"',
    ],
  ])('%s', async (_rule, document, allowList, report) => {
    const [, ...rest] = (await reportOf(document, allowList)).split('\n')

    expect(rest.join('\n')).toBe(`  ${report}`)
  })

  it('leaves out a form that it can do without', async () => {
    const document = post('{ content: { application/x-www-form-urlencoded: {} } }')

    expect((await readTool(document)).body).toBeNull()
    expect(await warningsOf(document, ALLOWED)).toContain(
      'openapi.yaml:24:7 #/paths/~1orders/post/requestBody\n    the body is application/x-www-form-urlencoded; only JSON bodies can be sent, and none is',
    )
  })
})

describe('an argument of a GET', () => {
  it('is not asked for what only answers have, nor is its call', async () => {
    const schema =
      '{ type: object, required: [id], properties: { id: { type: string, readOnly: true } } }'
    const { files } = await generateFrom(
      edit(DOCUMENT, '{ type: string, enum: [open, done] }', schema),
    )

    expect(files.get('tools/orders.ts')).toMatch(
      /state: z\.record\(z\.string\(\), z\.unknown\(\)\)/,
    )
    expect(files.get('upstream.d.ts')).toMatch(/state\?: \{\s+\[key: string\]: unknown;\s+\};/)
  })
})
