import { describe, expect, it } from '@jest/globals'
import { objectAt, toJson, type JsonObject } from '../../codegen/json.ts'
import { DOCUMENT, edit, generateFrom } from './fixture.ts'

const ANSWER =
  /\n {10}content:\n {12}application\/json:\n {14}schema: .*\n/.exec(DOCUMENT)?.[0] ?? ''
const PARAMETERS = /\n {6}parameters:\n(?: {8}.*\n)+/.exec(DOCUMENT)?.[0] ?? ''

/** What the fixture's only tool is, with another answer or other parameters in its document. */
async function readTool(document: string): Promise<JsonObject> {
  const { files } = await generateFrom(document)
  const code = files.get('tools/orders.ts') ?? ''
  const read = (name: string) => {
    const text = new RegExp(`\\n {2}${name}: (\\{[\\s\\S]*?\\n {2}\\}),\\n`).exec(code)?.[1] ?? ''
    return toJson(JSON.parse(text))
  }
  return { operation: read('operation'), answer: read('answer') }
}

describe('what an operation accepts', () => {
  it.each([
    ['JSON', 'application/json: {}', 'application/json'],
    [
      'JSON in another case and with a charset',
      'Application/JSON;charset=UTF-8: {}',
      'application/json',
    ],
    ['JSON among others', 'application/yaml: {}, application/json: {}', 'application/json'],
    [
      'plain JSON before a stream of it',
      'application/json;stream=watch: {}, application/json: {}',
      'application/json',
    ],
    ['a vendor’s JSON', 'application/vnd.api+json: {}, text/html: {}', 'application/vnd.api+json'],
    [
      'a vendor’s JSON with a version',
      'application/vnd.x+json; version=2: {}',
      'application/vnd.x+json;version=2',
    ],
    ['JSON as text', 'text/json: {}', 'text/json'],
    ['CSV and text', 'text/csv: {}, text/plain: {}', 'text/csv, text/plain'],
    ['a PDF', 'application/pdf: {}', 'application/pdf'],
    ['any image', 'image/*: {}', 'image/*'],
    ['anything', "'*/*': {}", 'application/json, */*;q=0.1'],
    ['CSV or anything', "'*/*': {}, text/csv: {}", 'text/csv, */*;q=0.1'],
    ['nothing', '', 'application/json, */*;q=0.1'],
    ['what is no media type', "csv: {}, 'a b/c': {}", 'application/json, */*;q=0.1'],
  ])('is asked for where it is documented in %s', async (_what, content, accept) => {
    const tool = await readTool(edit(DOCUMENT, ANSWER, `\n          content: { ${content} }\n`))

    expect(objectAt(tool['operation'])['accept']).toBe(accept)
  })
})

describe('the arguments that page a list', () => {
  it.each([
    [['page', 'per_page'], { kind: 'page', argument: 'page', size: 'per_page' }],
    [['page_number', 'page_size'], { kind: 'page', argument: 'page_number', size: 'page_size' }],
    [['page[number]', 'page[size]'], { kind: 'page', argument: 'page_number', size: 'page_size' }],
    [['pageToken', 'maxResults'], { kind: 'cursor', argument: 'pageToken', size: 'maxResults' }],
    [['starting_after', 'limit'], { kind: 'cursor', argument: 'starting_after', size: 'limit' }],
    [['page[after]', 'page[size]'], { kind: 'cursor', argument: 'page_after', size: 'page_size' }],
    [['offset', 'limit'], { kind: 'offset', argument: 'offset', size: 'limit' }],
    [['$skip', '$top'], { kind: 'offset', argument: 'skip', size: 'top' }],
    [['startAt', 'maxResults'], { kind: 'offset', argument: 'startAt', size: 'maxResults' }],
    [['start'], { kind: 'offset', argument: 'start', size: null }],
    [['limit'], null],
    [['q'], null],
  ])('are found by their names: %j', async (names, paging) => {
    const list = names.map(
      (name) => `        - { name: '${name}', in: query, schema: { type: ${typeOf(name)} } }\n`,
    )
    const document = edit(DOCUMENT, PARAMETERS, `\n      parameters:\n${list.join('')}`)

    expect(objectAt((await readTool(document))['answer'])['paging']).toEqual(paging)
  })

  it.each([
    ['after', '{ type: string, format: date }'],
    ['start', '{ type: string }'],
    ['count', '{ type: boolean }'],
    ['page', '{ type: object }'],
  ])('are not those that only share a name: %s as %s', async (name, schema) => {
    const list = `        - { name: ${name}, in: query, schema: ${schema} }\n`
    const document = edit(DOCUMENT, PARAMETERS, `\n      parameters:\n${list}`)

    expect((await readTool(document))['answer']).toMatchObject({ paging: null, filters: [name] })
  })

  it('are no filters, and neither is the order nor what a call must have', async () => {
    expect((await readTool(DOCUMENT))['answer']).toMatchObject({ filters: ['state'] })
  })
})

describe('the list in an answer', () => {
  const list = '{ type: array, items: { $ref: "#/components/schemas/Order" } }'
  const texts = '{ type: array, items: { type: string } }'
  const open = '{ type: object, properties: {'

  it.each([
    ['the answer itself', list, ''],
    ['the only list of objects', `${open} tags: ${texts}, orders: ${list} } }`, '/orders'],
    ['the one called as lists are', `${open} included: ${list}, data: ${list} } }`, '/data'],
    ['a level below', `${open} response: ${open} docs: ${list} } } } }`, '/response/docs'],
    ['nowhere, with two to choose from', `${open} open: ${list}, done: ${list} } }`, null],
    [
      'nowhere, with two below',
      `${open} a: ${open} x: ${list} } }, b: ${open} x: ${list} } } } }`,
      null,
    ],
    ['nowhere', `${open} id: { type: string } } }`, null],
  ])('is found as %s', async (_where, schema, items) => {
    const document = edit(
      DOCUMENT,
      ANSWER,
      `\n          content: { application/json: { schema: ${schema} } }\n`,
    )

    expect((await readTool(document))['answer']).toMatchObject({ items })
  })
})

function typeOf(name: string): string {
  return /token|after|^q$/i.test(name) ? 'string' : 'integer'
}
