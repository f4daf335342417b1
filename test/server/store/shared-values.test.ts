import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openTestStores, storeKinds } from '../../support/stores.ts'
import type { TestStores } from '../../support/stores.ts'
import { openRawDatabase } from './raw-database.ts'

describe.each(storeKinds)('what all instances share on $kind', (kind) => {
  let stores: TestStores
  beforeAll(async () => {
    stores = await openTestStores(kind)
  })
  afterAll(() => stores.close())

  describe('settings', () => {
    it('settles on the value that was made first', async () => {
      const first = await stores.store.settings.settle('cookie-key', () => 'first')
      const second = await stores.other.settings.settle('cookie-key', () => 'second')

      expect([first, second]).toEqual(['first', 'first'])
    })

    it('makes no value where one is stored', async () => {
      await stores.store.settings.settle('made', () => 'value')
      let made = 0

      await stores.other.settings.settle('made', () => String((made += 1)))

      expect(made).toBe(0)
    })
  })

  describe('signing keys', () => {
    it('publishes a key until the next generation lets it end', async () => {
      const { signingKeys } = stores.store
      const start = stores.clock.now
      const key = (generation: number) => ({
        generation,
        sealed: `sealed-${generation}`,
        signsFrom: start + generation,
      })

      expect(await signingKeys.add(key(1), start + 1)).toBe(true)
      expect(await stores.other.signingKeys.add(key(1), start + 2)).toBe(false)
      expect(await signingKeys.list()).toEqual([
        { ...key(1), createdAt: start, verifiesUntil: null },
      ])
      expect(await stores.other.signingKeys.add(key(2), start + 100)).toBe(true)
      expect(await signingKeys.add(key(3), start + 200)).toBe(true)
      expect(await signingKeys.list()).toMatchObject([
        { generation: 1, verifiesUntil: start + 100 },
        { generation: 2, verifiesUntil: start + 200 },
        { generation: 3, verifiesUntil: null },
      ])
      stores.clock.now = start + 100
      expect(await signingKeys.list()).toMatchObject([{ generation: 2 }, { generation: 3 }])
    })

    it('adds no generation below one that exists', async () => {
      const { signingKeys } = stores.store
      await signingKeys.add({ generation: 10, sealed: 'ten', signsFrom: 0 }, stores.clock.now + 1)

      const isAdded = await signingKeys.add(
        { generation: 9, sealed: 'nine', signsFrom: 0 },
        stores.clock.now + 1,
      )

      expect(isAdded).toBe(false)
    })
  })

  describe('attempts', () => {
    it('counts over all instances, in a window that opens with the first', async () => {
      const endsAt = stores.clock.now + 1_000

      const first = await stores.store.attempts.count('sign-in:a', 1_000)
      stores.clock.now += 999
      const second = await stores.other.attempts.count('sign-in:a', 1_000)
      const other = await stores.store.attempts.count('sign-in:b', 1_000)
      stores.clock.now += 1
      const next = await stores.store.attempts.count('sign-in:a', 1_000)

      expect([first, second]).toEqual([
        { count: 1, endsAt },
        { count: 2, endsAt },
      ])
      expect(other.count).toBe(1)
      expect(next).toEqual({ count: 1, endsAt: endsAt + 1_000 })
    })

    it('loses none of many at once', async () => {
      const counts = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 === 0 ? stores.store : stores.other).attempts.count('many', 1_000),
        ),
      )

      const numbers = counts.map(({ count }) => count).sort((a, b) => a - b)
      expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    })

    it('starts anew after it was cleared', async () => {
      await stores.store.attempts.count('cleared', 1_000)

      await stores.other.attempts.clear('cleared')

      expect(await stores.store.attempts.count('cleared', 1_000)).toMatchObject({ count: 1 })
    })

    it('stores no key as it is', async () => {
      await stores.store.attempts.count('owner@acme.example', 1_000)
      const database = await openRawDatabase(stores.url)

      const rows = await database.selectFrom('attempt').selectAll().execute()
      await database.destroy()

      expect(rows.length).toBeGreaterThan(0)
      expect(JSON.stringify(rows)).not.toContain('acme')
    })
  })

  describe('client documents', () => {
    it('keeps the last one that was put, and when', async () => {
      const { clientDocuments } = stores.store
      const url = 'https://client.example/id.json'
      const first = await clientDocuments.put(url, '{"first":true}')
      stores.clock.now += 1

      const second = await stores.other.clientDocuments.put(url, '{"second":true}')

      expect([first, second]).toEqual([true, false])
      expect(await stores.other.clientDocuments.find(url)).toEqual({
        body: '{"second":true}',
        fetchedAt: stores.clock.now,
      })
      expect(await clientDocuments.find('https://other.example/id.json')).toBeNull()
    })
  })
})
