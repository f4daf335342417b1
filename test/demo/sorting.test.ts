import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { fold } from '../../demo/database/fold.ts'
import { startDemo } from '../../demo/server.ts'
import type { Demo } from '../../demo/server.ts'
import { createApiClient } from './support/client.ts'
import type { Client } from './support/client.ts'
import { readOperations } from './support/document.ts'
import { at, toList, toText } from './support/json.ts'

const sortable = (await readOperations()).flatMap(({ method, path, parameters }) => {
  const sort = parameters.find((parameter) => parameter.in === 'query' && parameter.name === 'sort')
  if (method !== 'GET' || sort === undefined) return []
  const orders = toList(sort.schema['enum']).map(toText)
  return orders.map((order) => ({ path, order, usual: toText(sort.schema['default']) }))
})

describe('sorting', () => {
  let demo: Demo
  let owner: Client

  beforeAll(async () => {
    demo = await startDemo({ rateLimitPerMinute: Infinity })
    owner = createApiClient(demo)
  })

  afterAll(() => demo.close())

  it('is documented for six lists', () => {
    expect(new Set(sortable.map(({ path }) => path)).size).toBe(6)
  })

  it.each(sortable)('$path sorts by $order over all pages', async ({ path, order }) => {
    const items = await owner.listAll(`${path}?sort=${order}`)

    expect(items.length).toBeGreaterThan(1)
    expect(items.map(toId)).toEqual(items.toSorted(compareBy(order)).map(toId))
  })

  it.each(sortable.filter(({ order, usual }) => order === usual))(
    '$path is sorted by $order when nobody asks',
    async ({ path, order }) => {
      const silent = await owner.get(path)
      const asked = await owner.get(`${path}?sort=${order}`)

      expect(silent.json).toEqual(asked.json)
    },
  )
})

function toId(item: unknown): unknown {
  return at(item, 'id')
}

/** The documented order, with the id for ties; nothing comes before something. */
function compareBy(order: string): (a: unknown, b: unknown) => number {
  const direction = order.startsWith('-') ? -1 : 1
  const field = order.replace('-', '')
  return (a, b) =>
    direction *
    (compare(toKey(at(a, field), field), toKey(at(b, field), field)) ||
      compare(toText(toId(a)), toText(toId(b))))
}

function toKey(value: unknown, field: string): string | number {
  if (value === null) return ''
  if (typeof value === 'number') return value
  return field === 'name' ? fold(toText(value)) : toText(value)
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
