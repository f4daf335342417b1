import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isRecord } from '../../../server/json.ts'
import { writeAnswer } from '../../../server/mcp/cut-answer.ts'
import { parseLossless } from '../../../server/mcp/lossless-json.ts'
import type { Paging } from '../../../server/mcp/tool.ts'
import { anyCharacter } from '../../support/any-character.ts'

const MAX_CHARS = 1_000

function toCall(options: {
  readonly items?: string | null
  readonly paging?: Paging | null
  readonly filters?: readonly string[]
  readonly args?: Readonly<Record<string, unknown>>
}) {
  const { items = null, paging = null, filters = [], args = {} } = options
  return {
    tool: { answer: { items, columns: null, paging, filters }, inputSchema: { type: 'object' } },
    args,
  }
}

function parse(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return value
}

const anything = fc.jsonValue({ maxDepth: 6 })
const long = fc.oneof(
  anything,
  fc.string({ minLength: 300, maxLength: 3_000, unit: anyCharacter }),
  fc.array(anything, { minLength: 30, maxLength: 200 }),
  fc.dictionary(fc.string(), anything, { minKeys: 20, maxKeys: 80 }),
)
const list = fc.array(fc.oneof(anything, long), { maxLength: 60 })

describe('writeAnswer', () => {
  it('writes what fits as JSON.stringify does', () => {
    fc.assert(
      fc.property(anything, (answer) => {
        const text = JSON.stringify(answer)
        fc.pre(text.length <= MAX_CHARS)

        expect(writeAnswer(answer, toCall({}), MAX_CHARS)).toBe(text)
      }),
    )
  })

  it.each([
    ['a bare list', '', (items: unknown) => items, '/items'],
    [
      'an envelope',
      '/data',
      (items: unknown) => ({ id: 1, data: items, page: { no: 1 } }),
      '/data',
    ],
    [
      'a nested one',
      '/a~1b/x',
      (items: unknown) => ({ 'a/b': { y: [], x: items, z: 2 } }),
      '/a~1b/x',
    ],
  ])('keeps the first items of %s, within the limit', (_what, items, wrap) => {
    fc.assert(
      fc.property(list, (values) => {
        const answer = wrap(values)
        const text = writeAnswer(answer, toCall({ items }), MAX_CHARS)

        expect(text.length).toBeLessThanOrEqual(MAX_CHARS)
        const shown = parse(text)
        if (JSON.stringify(answer).length <= MAX_CHARS) {
          expect(text).toBe(JSON.stringify(answer))
          return
        }
        const note = isRecord(shown) ? shown['_truncated'] : null
        if (!isRecord(note)) throw new Error('nothing says that it is cut')
        expect(note).toMatchObject({ total: values.length, next: expect.any(String) })
        const kept = listIn(shown, items)
        expect(kept).toHaveLength(Number(note['returned']))
        // An item that is cut itself is the first, and told.
        const isWhole = note['cut'] === undefined
        if (isWhole) expect(kept).toEqual(parse(JSON.stringify(values.slice(0, kept.length))))
        else expect(kept.length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 300 },
    )
  })

  it('stays valid JSON within the limit whatever comes', () => {
    fc.assert(
      fc.property(long, fc.constantFrom(null, '', '/data', '/0/x', '/data/0'), (answer, items) => {
        const text = writeAnswer(answer, toCall({ items }), MAX_CHARS)

        expect(text.length).toBeLessThanOrEqual(MAX_CHARS)
        const shown = parse(text)
        const isCut = JSON.stringify(answer).length > MAX_CHARS
        expect(isRecord(shown) && '_truncated' in shown && isCut).toBe(isCut)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps every number as it was written', () => {
    const numbers = ['12345678901234567890', '1e400', '0.10', '1.0']
    const text = `[${numbers.join()},${'1,'.repeat(600)}2]`

    expect(writeAnswer(parseLossless(text), toCall({ items: '' }), MAX_CHARS)).toMatch(
      /^\{"items":\[12345678901234567890,1e400,0\.10,1\.0,1,/,
    )
  })

  it('cuts the longest lists of a record, and no text while that is enough', () => {
    const record = {
      id: 'r1',
      note: 'n'.repeat(200),
      lines: Array.from({ length: 500 }, (_, i) => i),
      tags: ['a'],
    }

    expect(parse(writeAnswer(record, toCall({}), MAX_CHARS))).toEqual({
      ...record,
      lines: expect.arrayContaining([0, 1]),
      _truncated: { cut: ['/lines'], next: expect.any(String) },
    })
  })

  it('cuts the longest texts where lists are not enough', () => {
    const record = { id: 'r1', short: 's', lines: [1, 2], long: 'é\n😀'.repeat(2_000) }

    expect(parse(writeAnswer(record, toCall({}), MAX_CHARS))).toEqual({
      id: 'r1',
      short: 's',
      lines: [],
      long: expect.stringMatching(/^(?:é\n😀)+(?:é\n?)?…$/u),
      _truncated: { cut: ['/lines', '/long'], next: expect.any(String) },
    })
  })

  it('cuts the first item where not even that fits', () => {
    const answer = { data: [{ id: 1, text: 'x'.repeat(5_000) }, { id: 2 }], total: 7 }
    const paging = { kind: 'offset', argument: 'skip', size: null } as const

    expect(parse(writeAnswer(answer, toCall({ items: '/data', paging }), MAX_CHARS))).toEqual({
      data: [{ id: 1, text: expect.stringMatching(/^x+…$/) }],
      total: 7,
      _truncated: {
        returned: 1,
        total: 2,
        cut: ['/data/0/text'],
        next: 'Call again with the same arguments and "skip": 1.',
      },
    })
  })

  it('finds the list of an answer that nothing describes, if its tool pages', () => {
    const answer = { tags: [1], rows: Array.from({ length: 900 }, (_, i) => i) }
    const paging = { kind: 'offset', argument: 'skip', size: null } as const

    expect(parse(writeAnswer(answer, toCall({ paging }), MAX_CHARS))).toMatchObject({
      tags: [1],
      _truncated: { total: 900, next: expect.stringMatching(/"skip": \d{3}\.$/) },
    })
  })

  it('puts its note in the place of the upstream’s own', () => {
    const answer = { _truncated: false, data: 'x'.repeat(2_000) }

    expect(parse(writeAnswer(answer, toCall({}), MAX_CHARS))).toMatchObject({
      _truncated: { cut: ['/data'] },
    })
  })

  it.each([
    ['free filters', ['q', 'status'], { q: 'x' }, 'Call again and narrow it with "status".'],
    ['used filters', ['q'], { q: 'x' }, 'Call again and narrow it further with "q".'],
    ['no filter', [], {}, 'This tool has no argument that asks for less.'],
  ])('names %s where nothing pages', (_what, filters, args, next) => {
    const text = writeAnswer(
      Array.from({ length: 900 }, () => 1),
      toCall({ items: '', filters, args }),
      MAX_CHARS,
    )

    expect(parse(text)).toMatchObject({ _truncated: { total: 900, next } })
  })
})

function listIn(value: unknown, pointer: string): readonly unknown[] {
  const steps =
    pointer === ''
      ? ['items']
      : pointer
          .slice(1)
          .split('/')
          .map((step) => step.replaceAll('~1', '/'))
  const found = steps.reduce<unknown>((here, step) => (isRecord(here) ? here[step] : null), value)
  if (!Array.isArray(found)) throw new Error('no list')
  return found
}
