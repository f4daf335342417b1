import { describe, expect, it } from '@jest/globals'
import { toField } from '../../../server/console/tools/try/argument-field.ts'
import { toAnswerView } from '../../../server/console/tools/try/answer-view.ts'
import { readArguments } from '../../../server/console/tools/try/read-arguments.ts'
import { listArguments } from '../../../server/console/tools/argument-schema.ts'
import { defineTool, type JsonObject } from '../../../server/mcp/tool.ts'
import { z } from 'zod'

/** A tool that takes one argument, `it`. */
function toolTaking(schema: JsonObject, key = 'it') {
  return defineTool<object>()({
    name: 'things.list',
    title: 'List things',
    description: '',
    instructions: null,
    public: false,
    pinned: false,
    offer: 'tool',
    uri: null,
    operation: {
      ...{ id: 'listThings', method: 'GET', path: '/things', template: '/things', query: '' },
      ...{ server: null, accept: 'application/json', parameters: [], body: null },
    },
    inputSchema: { type: 'object', properties: Object.fromEntries([[key, schema]]) },
    outputSchema: null,
    answer: { items: null, columns: null, paging: null, filters: [] },
    input: () => z.looseObject({}),
    call: () => Promise.resolve(null),
  })
}

const READ: readonly (readonly [
  title: string,
  schema: JsonObject,
  sent: readonly string[],
  want: unknown,
])[] = [
  ['a text as it is', { type: 'string' }, [' 007 '], ' 007 '],
  ['a number', { type: 'number' }, ['-1.5e3'], -1500],
  ['what is no number as text', { type: 'integer' }, ['1,5'], '1,5'],
  ['a boolean', { type: 'boolean' }, ['false'], false],
  ['a choice', { enum: ['a', 'b'] }, ['b'], 'b'],
  ['a choice of another type', { enum: [1, null, 'null'] }, ['1'], 1],
  ['what is no choice as text', { enum: [1, 2] }, ['3'], '3'],
  ['several choices', { type: 'array', items: { enum: ['a', 'b'] } }, ['a', 'b'], ['a', 'b']],
  ['lines', { type: 'array', items: { type: 'integer' } }, ['1\r\n\r\n 2 \nx'], [1, 2, 'x']],
  ['an object as JSON', { type: 'object' }, ['{"a":[1]}'], { a: [1] }],
  ['anything as JSON', {}, ['"text"'], 'text'],
  ['the type beside null', { type: ['null', 'integer'] }, ['4'], 4],
]

describe('reading the form of a tool’s arguments', () => {
  it.each(READ)('takes %s', (_title, schema, sent, want) => {
    const form = new URLSearchParams(sent.map((value) => ['arg.it', value]))

    expect(readArguments(toolTaking(schema), form)).toEqual({ ok: true, args: { it: want } })
  })

  it('leaves out what was left empty, and what is no argument', () => {
    const form = new URLSearchParams({ 'arg.it': '', 'arg.other': '1', csrf: 'x' })

    expect(readArguments(toolTaking({ type: 'string' }), form)).toEqual({ ok: true, args: {} })
  })

  it('says which argument is no JSON, and what to write', () => {
    const read = readArguments(
      toolTaking({ type: 'object' }),
      new URLSearchParams({ 'arg.it': '{' }),
    )

    expect(read).toMatchObject({ ok: false, problem: expect.stringContaining('is not JSON') })
  })

  it('makes a member of its own of any key', () => {
    const form = new URLSearchParams({ 'arg.__proto__': '1' })

    const read = readArguments(toolTaking({ type: 'integer' }, '__proto__'), form)

    expect(read).toEqual({ ok: true, args: Object.fromEntries([['__proto__', 1]]) })
  })
})

describe('the field of an argument', () => {
  it.each([
    ['choices for a list of names', { type: 'array', items: { enum: ['a'] } }, 'field-choices'],
    ['a select for a name', { enum: ['a'] }, 'field-select'],
    ['a select for a boolean', { type: 'boolean' }, 'field-select'],
    ['a line for a text', { type: 'string' }, 'field-input'],
    ['lines for a list of texts', { type: 'array', items: { type: 'string' } }, 'field-lines'],
    ['JSON for a list of objects', { type: 'array', items: { type: 'object' } }, 'field-json'],
  ] as const)('is %s', (_title, schema, want) => {
    const [argument] = listArguments(toolTaking(schema))

    const field =
      argument && toField(argument, { index: 0, limits: null, form: new URLSearchParams() })

    expect(field?.partial).toBe(want)
  })
})

describe('the answer of a tool', () => {
  it('is shown in part where it is long, and says how much is not', () => {
    const text = 'x'.repeat(50_000)
    const body = JSON.stringify({ result: { content: [{ type: 'text', text }] } })

    const view = toAnswerView({ status: 200, body })

    expect(view.blocks).toEqual([{ text: 'x'.repeat(20_000) }])
    expect(view.notes).toEqual(['30000 more characters are not shown here.'])
  })

  it('keeps every digit of a number', () => {
    const text = '{"id":12345678901234567890}'
    const body = JSON.stringify({ result: { content: [{ type: 'text', text }] } })

    expect(toAnswerView({ status: 200, body }).blocks[0]?.text).toContain('12345678901234567890')
  })

  it('does not show the bytes of a file', () => {
    const content = [{ type: 'image', data: 'AAAA', mimeType: 'image/png' }]

    const view = toAnswerView({ status: 200, body: JSON.stringify({ result: { content } }) })

    expect(view.blocks).toEqual([{ text: '[image]' }])
  })
})
