import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { describeRest } from '../../../server/mcp/next-step.ts'
import type { Json, JsonObject, Paging } from '../../../server/mcp/tool.ts'

type Args = Readonly<Record<string, number>>

function rest(
  paging: Paging | null,
  properties: JsonObject,
  args: Readonly<Record<string, Json>>,
  cut: { readonly returned: number; readonly total: number },
) {
  const answer = { items: '', columns: null, paging, filters: ['q'] }
  return describeRest({ tool: { answer, inputSchema: { type: 'object', properties } }, args }, cut)
}

const PAGE = { kind: 'page', argument: 'page', size: 'size' } as const
const CURSOR = { kind: 'cursor', argument: 'cursor', size: 'limit' } as const
const OFFSET = { kind: 'offset', argument: 'skip', size: 'top' } as const
const FROM_ONE = { page: { default: 1 }, size: { maximum: 100 } }

describe('describeRest', () => {
  it.each<[string, string, string]>([
    [
      'an offset that was silent',
      rest(OFFSET, {}, {}, { returned: 40, total: 100 }),
      'Call again with the same arguments and "skip": 40.',
    ],
    [
      'an offset that was given',
      rest(OFFSET, {}, { skip: 100 }, { returned: 40, total: 100 }),
      'Call again with the same arguments and "skip": 140.',
    ],
    [
      'an offset that begins at 1',
      rest(OFFSET, { skip: { minimum: 1 } }, {}, { returned: 40, total: 100 }),
      'Call again with the same arguments and "skip": 41.',
    ],
    [
      'the first page',
      rest(PAGE, FROM_ONE, { size: 100 }, { returned: 40, total: 100 }),
      'Call again with the same arguments but "size": 40 and "page": 2, then count "page" up.',
    ],
    [
      'the third page',
      rest(PAGE, FROM_ONE, { page: 3, size: 100 }, { returned: 40, total: 100 }),
      'Call again with the same arguments but "size": 40 and "page": 7, then count "page" up.',
    ],
    [
      'pages from 0',
      rest(PAGE, { page: { minimum: 0 } }, { size: 100 }, { returned: 40, total: 100 }),
      'Call again with the same arguments but "size": 40 and "page": 1, then count "page" up.',
    ],
    [
      'pages whose first number nothing says',
      rest(PAGE, {}, { size: 100 }, { returned: 40, total: 100 }),
      'Call again with the same arguments but "size": 40 and "page": 1, then count "page" up.',
    ],
    [
      'pages of a few sizes',
      rest(
        PAGE,
        { ...FROM_ONE, size: { enum: [10, 25, 50] } },
        { size: 50 },
        { returned: 40, total: 50 },
      ),
      'Call again with the same arguments but "size": 25 and "page": 2, then count "page" up.',
    ],
    [
      'a cursor that was silent',
      rest(CURSOR, {}, {}, { returned: 40, total: 100 }),
      'Call again with "limit": 40, then read on with the "cursor" of that answer.',
    ],
    [
      'a cursor that was given',
      rest(CURSOR, {}, { cursor: 'abc' }, { returned: 40, total: 100 }),
      'Call again with "limit": 40 and the same "cursor", then read on with the "cursor" of that answer.',
    ],
    [
      'no paging',
      rest(null, {}, {}, { returned: 40, total: 100 }),
      'Call again and narrow it with "q".',
    ],
    [
      'pages of a size that cannot be chosen',
      rest({ ...PAGE, size: null }, {}, {}, { returned: 40, total: 100 }),
      'Call again and narrow it with "q".',
    ],
    [
      'pages whose smallest size did not fit',
      rest(PAGE, { size: { enum: [50, 100] } }, {}, { returned: 40, total: 100 }),
      'Call again and narrow it with "q".',
    ],
  ])('leads on from %s', (_what, sentence, expected) => {
    expect(sentence).toBe(expected)
  })

  const upstream = fc.record({
    count: fc.integer({ min: 1, max: 300 }),
    size: fc.integer({ min: 1, max: 120 }),
    fits: fc.integer({ min: 1, max: 60 }),
    start: fc.nat(5),
    cap: fc.integer({ min: 1, max: 150 }),
  })

  it.each([
    ['from 1, as documented', 1, { page: { default: 1 } }],
    ['from 0, as documented', 0, { page: { minimum: 0 } }],
    ['from 1, undocumented', 1, {}],
    ['from 0, undocumented', 0, {}],
  ])('never skips an item of pages %s', (_what, first, properties) => {
    fc.assert(
      fc.property(upstream, fc.boolean(), ({ count, size, fits, start, cap }, isGiven) => {
        const pageOf = ({ page = first, size: asked = size }: Args) => {
          const real = Math.min(asked, cap)
          return { from: (page - first) * real, to: Math.min((page - first + 1) * real, count) }
        }
        const args: Args = isGiven ? { page: first + start, size } : { size }
        const shown = pageOf(args)
        const total = shown.to - shown.from
        fc.pre(total > fits)

        const sentence = rest(PAGE, properties, args, { returned: fits, total })

        const [next] = [/"size": (\d+) and "page": (\d+)/.exec(sentence)]
        const after = pageOf({ size: Number(next?.[1]), page: Number(next?.[2]) })
        expect(after.from).toBeLessThanOrEqual(shown.from + fits)
        expect(after.to - after.from).toBeLessThanOrEqual(fits)
      }),
    )
  })
})
