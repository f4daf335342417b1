import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { number } from '../../demo/database/row.ts'
import { startDemo } from '../../demo/server.ts'
import type { Demo } from '../../demo/server.ts'
import { createApiClient } from './support/client.ts'
import type { Client } from './support/client.ts'
import { at, toList, toText } from './support/json.ts'

const PAGED = [
  '/invoices',
  '/counterparties',
  '/suppliers',
  '/contracts',
  '/contracts/ctr_0002/payment-schedule-lines',
  '/attachments',
  '/cost-groups',
  '/projects',
]

describe('pages', () => {
  let demo: Demo
  let owner: Client

  beforeAll(async () => {
    demo = await startDemo({ rateLimitPerMinute: Infinity })
    owner = createApiClient(demo)
  })

  afterAll(() => demo.close())

  it.each(PAGED)('%s: the pages add up to the total, without a record twice', async (path) => {
    const first = await owner.get(`${path}?pageSize=7`)

    const items = await owner.listAll(`${path}?pageSize=7`)

    const total = at(first.json, 'pagination', 'total')
    expect(items).toHaveLength(Number(total))
    expect(new Set(items.map((item) => at(item, 'id'))).size).toBe(total)
    expect(at(first.json, 'pagination', 'pages')).toBe(Math.ceil(Number(total) / 7))
  })

  it.each(PAGED)('%s: a page has twenty records unless asked otherwise', async (path) => {
    const { json } = await owner.get(path)

    expect(at(json, 'pagination')).toMatchObject({ page: 1, pageSize: 20 })
    expect(toList(at(json, 'data'))).toHaveLength(
      Math.min(20, Number(at(json, 'pagination', 'total'))),
    )
  })

  it('a page after the last one is empty and keeps the totals', async () => {
    const { status, json } = await owner.get('/invoices?page=100000&pageSize=100')

    expect(status).toBe(200)
    expect(json).toEqual({
      data: [],
      pagination: { page: 100_000, pageSize: 100, total: 380, pages: 4 },
    })
  })

  it('a filter that finds nothing has no pages', async () => {
    const { json } = await owner.get('/invoices?q=nothing-is-called-this')

    expect(json).toEqual({ data: [], pagination: { page: 1, pageSize: 20, total: 0, pages: 0 } })
  })
})

describe('cursors', () => {
  let demo: Demo
  let owner: Client

  beforeAll(async () => {
    demo = await startDemo({ rateLimitPerMinute: Infinity })
    owner = createApiClient(demo)
  })

  afterAll(() => demo.close())

  it.each(['bookedOn', '-bookedOn', 'amount', '-amount'])(
    'visit every transaction exactly once, sorted by %s',
    async (sort) => {
      const counted = demo.database
        .prepare(`SELECT count(*) AS n FROM transactions WHERE organization_id = 'acme'`)
        .get()

      const items = await owner.listAll(`/transactions?limit=170&sort=${sort}`)

      expect(items).toHaveLength(number(counted ?? {}, 'n'))
      expect(new Set(items.map((item) => at(item, 'id'))).size).toBe(items.length)
    },
  )

  it('keep the filters that are sent along', async () => {
    const items = await owner.listAll('/transactions?limit=3&direction=in&bookedFrom=2026-11-10')

    expect(items.length).toBeGreaterThan(3)
    expect(new Set(items.map((item) => at(item, 'direction')))).toEqual(new Set(['in']))
  })

  it('end with null when the last slice is exactly full', async () => {
    const all = await owner.listAll('/transactions?bookedFrom=2026-11-19')

    const { json } = await owner.get(`/transactions?bookedFrom=2026-11-19&limit=${all.length}`)

    expect(at(json, 'nextCursor')).toBeNull()
  })

  it('a slice has fifty transactions unless asked otherwise', async () => {
    const { json } = await owner.get('/transactions')

    expect(toList(at(json, 'data'))).toHaveLength(50)
  })

  it('belong to the order they were made for', async () => {
    const { json } = await owner.get('/transactions?sort=amount')
    const cursor = toText(at(json, 'nextCursor'))

    const answer = await owner.get(`/transactions?sort=-amount&cursor=${cursor}`)

    expect(answer.status).toBe(400)
    expect(at(answer.json, 'errors', 0)).toEqual({
      in: 'query',
      name: 'cursor',
      message: 'belongs to another "sort"',
    })
  })

  it.each([
    ['text', 'nonsense'],
    ['other JSON', encode([1, 2])],
    ['a key of the wrong kind', encode({ sort: '-bookedOn', key: 1, id: 'tx_000001' })],
    ['more than a cursor', encode({ sort: '-bookedOn', key: '2026-01-01', id: 'x', extra: 1 })],
    ['SQL', encode({ sort: 'id; DROP TABLE invoices', key: '', id: '' })],
  ])('that are %s are refused', async (_name, cursor) => {
    const answer = await owner.get(`/transactions?cursor=${cursor}`)

    expect(answer.status).toBe(400)
    expect(at(answer.json, 'errors', 0, 'name')).toBe('cursor')
  })
})

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
