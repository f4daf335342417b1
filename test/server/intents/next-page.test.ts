import { describe, expect, it } from '@jest/globals'
import { lookBehind, type Behind, type Page } from '../../../server/intents/next-page.ts'
import type { JsonObject, Paging } from '../../../server/mcp/tool.ts'

type Case = {
  readonly paging: Paging | null
  /** Of the arguments, by their keys. */
  readonly schema?: JsonObject
  readonly args?: Readonly<Record<string, unknown>>
  /** Where the list is `data`. */
  readonly answer: Readonly<Record<string, unknown>>
  readonly read?: Partial<Page['read']>
}

function look({ paging, schema = {}, args = {}, answer, read }: Case): Behind {
  const items: unknown = answer['data']
  if (!Array.isArray(items)) throw new Error('the list is called data')
  const operation = {
    ...({ id: 'list', method: 'GET', path: '/', template: '/', query: '', server: null } as const),
    ...{ accept: 'application/json', body: null },
    parameters: [wire('page'), wire('starting-after')],
  }
  return lookBehind({
    tool: {
      answer: { items: '/data', columns: null, paging, filters: [] },
      inputSchema: { type: 'object', properties: schema },
      operation,
    },
    ...{ args, answer, items },
    read: { count: 1, items: items.length, first: items.length, ...read },
  })
}

function wire(name: string) {
  const how = { style: 'form', explode: true, allowReserved: false, content: null } as const
  return { name, in: 'query' as const, ...how }
}

const PAGE: Paging = { kind: 'page', argument: 'page', size: 'size' }
const OFFSET: Paging = { kind: 'offset', argument: 'offset', size: 'limit' }
const CURSOR: Paging = { kind: 'cursor', argument: 'cursor', size: null }
const LIMITED = { page: { minimum: 1, default: 1 }, size: { maximum: 100, default: 20 } }
const list = (length: number) => Array.from({ length }, (_, id) => ({ id: `x${id}`, next: 'mine' }))

const END = { next: null, isMore: false }

describe('behind a page', () => {
  it.each<[string, Case, Partial<Behind>]>([
    ['is nothing, where nothing pages the list', { paging: null, answer: { data: list(50) } }, END],
    ['is nothing, where it is empty', { paging: PAGE, answer: { data: [] } }, END],
    [
      'is the next page, where it is full',
      { paging: PAGE, schema: LIMITED, args: { size: 50, q: 'x' }, answer: { data: list(50) } },
      { next: { size: 50, q: 'x', page: 2 }, isMore: true },
    ],
    [
      'is the next page of the default size',
      { paging: PAGE, schema: LIMITED, args: { page: 3 }, answer: { data: list(20) } },
      { next: { page: 4 }, isMore: true },
    ],
    [
      'is the second page after a first one that is counted from zero',
      { paging: PAGE, schema: { page: { minimum: 0 } }, answer: { data: list(7) } },
      { next: { page: 1 }, isMore: true },
    ],
    [
      'is nothing, where it is shorter than asked for',
      { paging: PAGE, schema: LIMITED, args: { size: 50 }, answer: { data: list(49) } },
      END,
    ],
    [
      'is another page, where it is shorter than asked for and nobody says what is allowed',
      { paging: PAGE, args: { size: 500 }, answer: { data: list(100) } },
      { next: { size: 500, page: 2 }, isMore: true },
    ],
    [
      'is nothing, where it is short and of no round number',
      { paging: PAGE, args: { size: 500 }, answer: { data: list(101) } },
      END,
    ],
    [
      'is nothing, where it is shorter than the first',
      { paging: PAGE, answer: { data: list(6) }, read: { count: 3, items: 26, first: 10 } },
      END,
    ],
    [
      'is nothing, where as many were read as there are',
      {
        paging: PAGE,
        answer: { data: list(10), meta: { total: 30 } },
        read: { count: 3, items: 30, first: 10 },
      },
      { ...END, total: 30 },
    ],
    [
      'is looked at, where a first full page says that it is all',
      { paging: PAGE, schema: LIMITED, answer: { data: list(20), total: 20 } },
      { next: { page: 2 }, isMore: false, total: 20 },
    ],
    [
      'are as many as the envelope says',
      {
        paging: PAGE,
        schema: LIMITED,
        answer: { data: list(20), pagination: { total_count: 61 } },
      },
      { next: { page: 2 }, isMore: true, total: 61 },
    ],
    [
      'is not what a total says that is less than what was read',
      { paging: PAGE, schema: LIMITED, answer: { data: list(20), total: 3 } },
      { next: { page: 2 }, total: null },
    ],
    [
      'is nothing, where the envelope says so',
      { paging: PAGE, schema: LIMITED, answer: { data: list(20), meta: { has_more: false } } },
      END,
    ],
    [
      'is nothing, where its link leads nowhere',
      { paging: PAGE, schema: LIMITED, answer: { data: list(20), links: { next: null } } },
      END,
    ],
    [
      'is what follows by its offset',
      { paging: OFFSET, args: { limit: 10, offset: 30 }, answer: { data: list(10) } },
      { next: { limit: 10, offset: 40 }, isMore: true },
    ],
    [
      'is what follows the first by its offset',
      { paging: OFFSET, args: { limit: 10 }, answer: { data: list(10) } },
      { next: { limit: 10, offset: 10 }, isMore: true },
    ],
    [
      'is what its cursor leads to',
      { paging: CURSOR, args: { q: 'x' }, answer: { data: list(1), nextCursor: 'c2' } },
      { next: { q: 'x', cursor: 'c2' }, isMore: true },
    ],
    [
      'is what a cursor deeper in the envelope leads to',
      { paging: CURSOR, answer: { data: list(1), paging: { cursors: { after: 'c2' } } } },
      { next: { cursor: 'c2' }, isMore: true },
    ],
    [
      'is what the cursor in a link leads to',
      { paging: CURSOR, answer: { data: list(1), next: 'https://api.example/x?a=1&cursor=c%202' } },
      { next: { cursor: 'c 2' }, isMore: true },
    ],
    [
      'is what the cursor in a link leads to, by the name on the wire',
      {
        paging: { ...CURSOR, argument: 'starting_after' },
        answer: { data: list(1), links: { next: '/x?starting-after=c2' } },
      },
      { next: { starting_after: 'c2' }, isMore: true },
    ],
    [
      'is what a number as the cursor leads to',
      {
        paging: CURSOR,
        schema: { cursor: { type: 'integer' } },
        answer: { data: list(1), next_cursor: 7 },
      },
      { next: { cursor: 7 }, isMore: true },
    ],
    [
      'is what follows the last item, where the cursor is its id',
      {
        paging: { ...CURSOR, argument: 'starting_after' },
        answer: { data: list(3), has_more: true },
      },
      { next: { starting_after: 'x2' }, isMore: true },
    ],
    [
      'is something, to which no cursor leads',
      { paging: CURSOR, answer: { data: list(3), has_more: true } },
      { next: null, isMore: true },
    ],
    [
      'is nothing, where there is no cursor',
      { paging: CURSOR, answer: { data: list(3), nextCursor: null } },
      END,
    ],
    [
      'is nothing, where the cursor is said to be of no use',
      { paging: CURSOR, answer: { data: list(3), nextCursor: 'c2', hasMore: false } },
      END,
    ],
    [
      'is nothing, where the cursor is the same as before',
      { paging: CURSOR, args: { cursor: 'c2' }, answer: { data: list(3), cursor: 'c2' } },
      END,
    ],
    [
      'is nothing, where a link has no cursor in it',
      { paging: CURSOR, answer: { data: list(3), next: 'https://api.example/x' } },
      END,
    ],
  ])('%s', (_rule, page, expected) => {
    expect(look(page)).toMatchObject(expected)
  })
})
