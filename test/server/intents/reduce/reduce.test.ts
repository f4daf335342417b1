import { describe, expect, it } from '@jest/globals'
import { intentSchema, type ReduceOperation } from '../../../../server/intents/contract.ts'
import { reduceRows } from '../../../../server/intents/reduce/reduce.ts'
import { toRows } from '../../../../server/intents/reduce/row.ts'
import { parseLossless } from '../../../../server/mcp/lossless-json.ts'

/** Reduces as the allow-list would say it, with every default of the contract. */
function reduce(rows: unknown, operations: readonly object[], maxRows?: number): string {
  const { result } = intentSchema.parse({
    title: 'Any',
    description: 'Any.',
    utterances: ['any'],
    steps: [{ name: 'any', tool: 'any.list' }],
    result: { rows: '/steps/any', reduce: operations },
  })
  const reduced = reduceRows(toRows(rows), result.reduce satisfies readonly ReduceOperation[], {
    scope: {
      arguments: { count: 1, state: 'open', days: 30 },
      context: { today: '2026-11-20' },
      steps: {
        people: [
          { id: 1, name: 'Ada', home: { city: 'Turin' } },
          { id: 1, name: 'second of the same key' },
          { id: '2', name: 'a text is no number' },
          { id: null, name: 'nobody' },
        ],
      },
    },
    ...(maxRows !== undefined && { maxRows }),
  })
  return JSON.stringify(reduced)
}

const LEDGER = [
  { id: 1, state: 'open', amount: 0.1, due: '2026-11-01', who: 'b', currency: 'EUR' },
  { id: 2, state: 'open', amount: 0.2, due: '2026-12-01', who: 'a', currency: 'EUR' },
  { id: 3, state: 'shut', amount: 10, due: null, who: 'a', currency: 'USD' },
]

describe('a reduction', () => {
  it.each<[string, unknown, readonly object[], unknown]>([
    ['makes rows of a list', [{ a: 1 }], [], [{ a: 1 }]],
    ['makes a row of one record', { a: 1 }, [], [{ a: 1 }]],
    [
      'makes a field of what is no object',
      ['a', [1], null],
      [],
      [{ value: 'a' }, { value: [1] }, { value: null }],
    ],
    ['makes no row of nothing', null, [], []],
    [
      'picks what pointers lead to, and null where they lead nowhere',
      [{ a: { 'b/c': [1, 2] } }],
      [{ pick: { deep: '/a/b~1c/1', none: '/a/x/y', whole: '' } }],
      [{ deep: 2, none: null, whole: { a: { 'b/c': [1, 2] } } }],
    ],
    [
      'finds no field in what every object inherits',
      [{ a: 1 }],
      [{ pick: { constructor: '/constructor' } }, { where: { field: 'toString', present: true } }],
      [],
    ],
    [
      'expands a list inside, with what is kept of the row around it',
      [
        { id: 1, lines: [{ n: 1 }, { n: 2 }] },
        { id: 2, lines: [] },
        { id: 3 },
        { id: 4, lines: 'x' },
      ],
      [{ expand: { in: '/lines', keep: { invoice: '/id' }, pick: { line: '/n' } } }],
      [
        { invoice: 1, line: 1 },
        { invoice: 1, line: 2 },
      ],
    ],
    [
      'keeps what is the same',
      LEDGER,
      [{ where: { field: 'state', is: 'shut' } }, { pick: { id: '/id' } }],
      [{ id: 3 }],
    ],
    [
      'keeps what is one of several',
      LEDGER,
      [{ where: { field: 'id', is: [1, 3] } }, { pick: { id: '/id' } }],
      [{ id: 1 }, { id: 3 }],
    ],
    [
      'keeps what is none of several',
      LEDGER,
      [{ where: { field: 'id', not: [1, 3] } }, { pick: { id: '/id' } }],
      [{ id: 2 }],
    ],
    ['does not take a text for a number', [{ a: '1' }], [{ where: { field: 'a', is: 1 } }], []],
    [
      'compares with what a pointer leads to',
      LEDGER,
      [{ where: { field: 'state', is: { pointer: '/arguments/state' } } }, { pick: { id: '/id' } }],
      [{ id: 1 }, { id: 2 }],
    ],
    [
      'asks nothing where a pointer leads nowhere',
      LEDGER,
      [{ where: { field: 'state', is: { pointer: '/arguments/none' } } }, { pick: { id: '/id' } }],
      [{ id: 1 }, { id: 2 }, { id: 3 }],
    ],
    [
      'keeps what is between two bounds, and those',
      [{ a: 1 }, { a: 2 }, { a: 10 }, { a: null }, { a: 'x' }],
      [{ where: { field: 'a', from: 2, to: 10 } }],
      [{ a: 2 }, { a: 10 }],
    ],
    [
      'keeps the whole of the last day',
      [{ at: '2026-11-20T23:59:59Z' }, { at: '2026-11-21T00:00:00Z' }, { at: '2026-11-19' }],
      [{ where: { field: 'at', to: { pointer: '/context/today' } } }],
      [{ at: '2026-11-20T23:59:59Z' }, { at: '2026-11-19' }],
    ],
    [
      'compares moments with a moment to the second',
      [{ at: '2026-11-20T23:59:59Z' }, { at: '2026-11-20T00:00:00Z' }],
      [{ where: { field: 'at', from: '2026-11-20T12:00:00Z' } }],
      [{ at: '2026-11-20T23:59:59Z' }],
    ],
    [
      'keeps what is there',
      LEDGER,
      [{ where: { field: 'due', present: true } }, { pick: { id: '/id' } }],
      [{ id: 1 }, { id: 2 }],
    ],
    [
      'keeps what is not there',
      LEDGER,
      [{ where: { field: 'due', present: false } }, { pick: { id: '/id' } }],
      [{ id: 3 }],
    ],
    [
      'joins the first of the same key, and keeps the others',
      [{ who: 1 }, { who: 2 }, { who: null }],
      [
        {
          join: {
            rows: '/steps/people',
            on: { field: 'who', pointer: '/id' },
            pick: { name: '/name', city: '/home/city' },
          },
        },
      ],
      [
        { who: 1, name: 'Ada', city: 'Turin' },
        { who: 2, name: null, city: null },
        { who: null, name: null, city: null },
      ],
    ],
    [
      'joins and leaves out who has no partner',
      [{ who: 2 }, { who: 1 }],
      [
        {
          join: {
            rows: '/steps/people',
            on: { field: 'who', pointer: '/id' },
            pick: { name: '/name' },
            keep: 'matched',
          },
        },
      ],
      [{ who: 1, name: 'Ada' }],
    ],
    [
      'counts whole days, also of moments',
      [
        { due: '2026-11-01' },
        { due: '2026-11-21T01:00:00+09:00' },
        { due: null },
        { due: 'soon' },
        { due: '2026-13-01' },
      ],
      [
        { days: { from: 'due', to: { pointer: '/context/today' }, as: 'late' } },
        { pick: { late: '/late' } },
      ],
      [{ late: 19 }, { late: -1 }, { late: null }, { late: null }, { late: null }],
    ],
    [
      'puts a number into the first band that it is not above',
      [{ n: 30 }, { n: 30.01 }, { n: '61' }, { n: null }],
      [
        {
          band: {
            of: 'n',
            as: 'band',
            bands: [{ upTo: 30, label: 'to 30' }, { upTo: 60, label: 'to 60' }, { label: 'more' }],
          },
        },
        { pick: { band: '/band' } },
      ],
      [{ band: 'to 30' }, { band: 'to 60' }, { band: 'more' }, { band: null }],
    ],
    [
      'lets the last band take the rest, whatever it says',
      [{ n: 99 }],
      [
        {
          band: {
            of: 'n',
            as: 'n',
            bands: [
              { upTo: 1, label: 'a' },
              { upTo: 2, label: 'b' },
            ],
          },
        },
      ],
      [{ n: 'b' }],
    ],
    [
      'adds up exactly, counts and finds the outermost in each group',
      LEDGER,
      [
        {
          group: {
            by: ['currency'],
            sum: { total: 'amount' },
            min: { first: 'due' },
            max: { last: 'due' },
            count: 'invoices',
          },
        },
      ],
      [
        { currency: 'EUR', total: 0.3, first: '2026-11-01', last: '2026-12-01', invoices: 2 },
        { currency: 'USD', total: 10, first: null, last: null, invoices: 1 },
      ],
    ],
    [
      'makes one group without fields, also of nothing',
      [],
      [{ group: { by: [], sum: { total: 'amount' }, max: { last: 'due' }, count: 'count' } }],
      [{ total: 0, last: null, count: 0 }],
    ],
    [
      'adds up money that is written as text, and leaves out what is not there',
      [{ a: '19.90' }, { a: '0.10' }, { a: null }, { b: 1 }],
      [{ group: { by: [], sum: { a: 'a' } } }],
      [{ a: 20 }],
    ],
    [
      'makes no 0 of amounts that nobody knows',
      [{ a: null }, { b: 1 }],
      [{ group: { by: [], sum: { a: 'a', b: 'b' } } }],
      [{ a: null, b: 1 }],
    ],
    [
      'tells groups of a number from those of its text',
      [{ a: 1 }, { a: '1' }, { a: 1 }],
      [{ group: { by: ['a'], count: 'n' } }],
      [
        { a: 1, n: 2 },
        { a: '1', n: 1 },
      ],
    ],
    [
      'sorts by one field after the other, equal rows as they stood',
      LEDGER,
      [{ sort: [{ by: 'who' }, { by: 'id', order: 'descending' }] }, { pick: { id: '/id' } }],
      [{ id: 3 }, { id: 2 }, { id: 1 }],
    ],
    [
      'sorts numbers by size, then texts, then the rest, and null last either way',
      [{ a: null }, { a: true }, { a: 'b' }, { a: 10 }, { a: 'B' }, { a: 9 }, { a: '9.5' }],
      [{ sort: [{ by: 'a' }] }],
      [{ a: 9 }, { a: '9.5' }, { a: 10 }, { a: 'B' }, { a: 'b' }, { a: true }, { a: null }],
    ],
    [
      'sorts null last also downwards',
      [{ a: null }, { a: 1 }, { a: 2 }],
      [{ sort: [{ by: 'a', order: 'descending' }] }],
      [{ a: 2 }, { a: 1 }, { a: null }],
    ],
    [
      'keeps the first rows',
      LEDGER,
      [{ top: { count: 2 } }, { pick: { id: '/id' } }],
      [{ id: 1 }, { id: 2 }],
    ],
    [
      'keeps the first rows of each group, as many as an argument says',
      LEDGER,
      [
        { top: { count: { pointer: '/arguments/count' }, per: ['currency'] } },
        { pick: { id: '/id' } },
      ],
      [{ id: 1 }, { id: 3 }],
    ],
    [
      'keeps all where no number is given',
      LEDGER,
      [{ top: { count: { pointer: '/arguments/none' } } }, { pick: { id: '/id' } }],
      [{ id: 1 }, { id: 2 }, { id: 3 }],
    ],
  ])('%s', (_rule, rows, operations, expected) => {
    expect(JSON.parse(reduce(rows, operations))).toEqual(expected)
  })

  it('keeps numbers that a double cannot hold, and adds them up', () => {
    const rows = parseLossless(
      '[{"n":9007199254740993,"t":"a"},{"n":0.10000000000000000001,"t":"a"}]',
    )

    expect(reduce(rows, [{ group: { by: ['t'], sum: { n: 'n' }, min: { least: 'n' } } }])).toBe(
      '[{"t":"a","n":9007199254740993.10000000000000000001,"least":0.10000000000000000001}]',
    )
  })

  it('takes a list of such numbers for a list of values', () => {
    expect(reduce(parseLossless('[9007199254740993]'), [])).toBe('[{"value":9007199254740993}]')
  })

  it.each<[string, unknown, readonly object[], object]>([
    [
      'to add up what is no number',
      [{ a: 'much' }],
      [{ group: { by: [], sum: { total: 'a' } } }],
      { reason: 'no_number', message: 'the field "a" has a value that is no number' },
    ],
    [
      'to add up what would take thousands of digits',
      [{ a: 1e200 }],
      [{ group: { by: [], sum: { total: 'a' } } }],
      { reason: 'no_number' },
    ],
    [
      'to put into a band what is no number',
      [{ a: true }],
      [{ band: { of: 'a', as: 'b', bands: [{ label: 'all' }] } }],
      { reason: 'no_number' },
    ],
    ['to keep half a row', [{ a: 1 }], [{ top: { count: 0.5 } }], { reason: 'no_count' }],
    ['to keep less than none', [{ a: 1 }], [{ top: { count: -1 } }], { reason: 'no_count' }],
  ])('refuses %s', (_rule, rows, operations, expected) => {
    expect(() => reduce(rows, operations)).toThrow(expect.objectContaining(expected))
  })

  it('refuses more rows than its bound, before and after an operation', () => {
    const rows = [{ lines: [1, 2] }, { lines: [3] }]
    const expand = { expand: { in: '/lines', pick: { line: '' } } }

    expect(reduce(rows, [expand], 3)).toBe('[{"line":1},{"line":2},{"line":3}]')
    expect(() => reduce(rows, [expand], 2)).toThrow(
      expect.objectContaining({
        reason: 'too_many_rows',
        message: '3 rows are more than the 2 that can be worked with at once',
      }),
    )
    expect(() => reduce(rows, [], 1)).toThrow(expect.objectContaining({ reason: 'too_many_rows' }))
  })
})
