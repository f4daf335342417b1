import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { NewModelRow } from '../../../server/store/models.ts'
import { openTestStores, storeKinds } from '../../support/stores.ts'
import type { TestStores } from '../../support/stores.ts'
import { keyOf, newModel } from './rows.ts'

const LEASE_MS = 10_000

describe.each(storeKinds)('records of the authorization server on $kind', (kind) => {
  let stores: TestStores
  beforeAll(async () => {
    stores = await openTestStores(kind)
  })
  afterAll(() => stores.close())

  async function put(row: Partial<NewModelRow> = {}): Promise<NewModelRow> {
    const whole = newModel(row)
    await stores.store.models.put(whole)
    return whole
  }

  /** A token that was spent for a successor, as after a refresh. */
  async function putSpent() {
    const spent = await put()
    const successor = newModel()
    await stores.store.models.rotate(keyOf(spent), successor, LEASE_MS)
    return { spent: keyOf(spent), successor: keyOf(successor) }
  }

  it('gives back what was put, to every instance', async () => {
    const row = await put({ grantId: 'g1', uid: 'u1', expiresAt: stores.clock.now + 1 })

    const found = await stores.other.models.find(keyOf(row))

    expect(found).toEqual({ ...row, consumedAt: null, answeredAt: null })
  })

  it('replaces a record, but not the marks of its use', async () => {
    const row = await put({ expiresAt: stores.clock.now + 1_000 })
    await stores.store.models.consume(keyOf(row))
    await stores.store.models.markAnswered(keyOf(row))

    await put({ ...row, payload: '{"new":true}', grantId: 'g2', uid: 'u2', expiresAt: null })

    expect(await stores.store.models.find(keyOf(row))).toMatchObject({
      payload: '{"new":true}',
      grantId: 'g2',
      uid: 'u2',
      expiresAt: null,
      consumedAt: stores.clock.now,
      answeredAt: stores.clock.now,
    })
  })

  it.each([
    ['realm', { realm: 'acme' }],
    ['model', { model: 'AuthorizationCode' }],
    ['id', { id: 'unknown' }],
  ])('does not find a record by another %s', async (_part, difference) => {
    const row = await put()

    expect(await stores.store.models.find({ ...keyOf(row), ...difference })).toBeNull()
  })

  it('forgets a record at the moment it expires', async () => {
    const { models } = stores.store
    const row = await put({ uid: 'short', expiresAt: stores.clock.now + 5 })
    stores.clock.now += 4
    expect(await models.find(keyOf(row))).not.toBeNull()
    expect(await models.findByUid('', row.model, 'short')).not.toBeNull()

    stores.clock.now += 1

    expect(await models.find(keyOf(row))).toBeNull()
    expect(await models.findByUid('', row.model, 'short')).toBeNull()
    expect(await models.consume(keyOf(row))).toBe(false)
    expect(await models.rotate(keyOf(row), newModel(), LEASE_MS)).toBe(false)
  })

  it('finds a record by its uid, within its realm and model', async () => {
    const row = await put({ realm: 'acme', model: 'Session', uid: 'uid-1' })

    const { models } = stores.store

    expect(await models.findByUid('acme', 'Session', 'uid-1')).toMatchObject({ id: row.id })
    expect(await models.findByUid('', 'Session', 'uid-1')).toBeNull()
    expect(await models.findByUid('acme', 'Interaction', 'uid-1')).toBeNull()
    expect(await models.findByUid('acme', 'Session', 'uid-2')).toBeNull()
  })

  it('removes a record', async () => {
    const row = await put()

    await stores.store.models.remove(keyOf(row))

    expect(await stores.store.models.find(keyOf(row))).toBeNull()
  })

  it('is consumed once over all instances', async () => {
    const row = await put()

    const answers = await Promise.all(
      [stores.store, stores.other, stores.store, stores.other].map(({ models }) =>
        models.consume(keyOf(row)),
      ),
    )

    expect(answers.filter((isMine) => isMine)).toHaveLength(1)
    expect(await stores.store.models.consume(keyOf(row))).toBe(false)
  })

  it('consumes nothing that is unknown', async () => {
    expect(await stores.store.models.consume(keyOf(newModel()))).toBe(false)
  })

  it('finds nothing by an id with U+0000 in it', async () => {
    expect(await stores.store.models.find({ realm: '', model: 'Client', id: 'a\0b' })).toBeNull()
  })

  describe('a rotation', () => {
    it('spends the token and inserts its successor', async () => {
      const spent = await put()
      const successor = newModel({ grantId: 'g1' })

      const isDone = await stores.store.models.rotate(keyOf(spent), successor, LEASE_MS)

      expect(isDone).toBe(true)
      expect(await stores.other.models.find(keyOf(spent))).toMatchObject({
        consumedAt: stores.clock.now,
        answeredAt: null,
      })
      expect(await stores.other.models.find(keyOf(successor))).toEqual({
        ...successor,
        consumedAt: null,
        answeredAt: null,
      })
    })

    it.each([
      ['unknown', async () => Promise.resolve(keyOf(newModel()))],
      ['spent a moment ago', async () => (await putSpent()).spent],
      [
        'consumed',
        async () => {
          const row = await put()
          await stores.store.models.consume(keyOf(row))
          return keyOf(row)
        },
      ],
    ])('of a token that is %s changes nothing', async (_state, arrange) => {
      const key = await arrange()
      const before = await stores.store.models.find(key)
      const successor = newModel()

      const isDone = await stores.other.models.rotate(key, successor, LEASE_MS)

      expect(isDone).toBe(false)
      expect(await stores.store.models.find(key)).toEqual(before)
      expect(await stores.store.models.find(keyOf(successor))).toBeNull()
    })

    it('leaves the token unspent where its successor cannot be inserted', async () => {
      const spent = await put()
      const taken = await put()

      await expect(stores.store.models.rotate(keyOf(spent), taken, LEASE_MS)).rejects.toThrow()

      expect(await stores.store.models.find(keyOf(spent))).toMatchObject({ consumedAt: null })
    })

    it('succeeds once over all instances', async () => {
      const spent = await put()

      const answers = await Promise.all(
        [stores.store, stores.other, stores.store, stores.other].map(({ models }) =>
          models.rotate(keyOf(spent), newModel(), LEASE_MS),
        ),
      )

      expect(answers.filter((isMine) => isMine)).toHaveLength(1)
    })

    it('can be repeated, after the lease, for an answer that was never written', async () => {
      const { models } = stores.store
      const { spent, successor } = await putSpent()
      const second = newModel()
      stores.clock.now += LEASE_MS - 1
      expect(await models.rotate(spent, second, LEASE_MS)).toBe(false)

      stores.clock.now += 1
      const isDone = await models.rotate(spent, second, LEASE_MS)

      expect(isDone).toBe(true)
      expect(await models.find(successor)).toMatchObject({
        consumedAt: stores.clock.now - LEASE_MS,
        answeredAt: stores.clock.now,
      })
      expect(await models.rotate(successor, newModel(), LEASE_MS)).toBe(false)
      expect(await models.find(keyOf(second))).toMatchObject({ consumedAt: null })
      expect(await models.find(spent)).toMatchObject({ consumedAt: stores.clock.now })
    })

    it('that is repeated begins a new lease, and is repeated once over all instances', async () => {
      const { spent } = await putSpent()
      stores.clock.now += LEASE_MS

      const answers = await Promise.all(
        [stores.store, stores.other, stores.store, stores.other].map(({ models }) =>
          models.rotate(spent, newModel(), LEASE_MS),
        ),
      )

      expect(answers.filter((isMine) => isMine)).toHaveLength(1)
    })

    it('is final once its answer was written', async () => {
      const { spent, successor } = await putSpent()
      await stores.other.models.markAnswered(spent)
      stores.clock.now += 100 * LEASE_MS

      const isDone = await stores.store.models.rotate(spent, newModel(), LEASE_MS)

      expect(isDone).toBe(false)
      expect(await stores.store.models.find(successor)).not.toBeNull()
    })

    it.each(['rotate', 'consume'] as const)(
      'is final once its successor was used by %s',
      async (use) => {
        const { models } = stores.store
        const { spent, successor } = await putSpent()
        if (use === 'rotate') await models.rotate(successor, newModel(), LEASE_MS)
        else await models.consume(successor)
        stores.clock.now += 100 * LEASE_MS

        const isDone = await models.rotate(spent, newModel(), LEASE_MS)

        expect(isDone).toBe(false)
        expect(await models.find(spent)).toMatchObject({
          answeredAt: stores.clock.now - 100 * LEASE_MS,
        })
      },
    )

    it('that is repeated while its successor is used has one winner', async () => {
      for (let round = 0; round < 20; round += 1) {
        const { spent, successor } = await putSpent()
        stores.clock.now += LEASE_MS

        const answers = await Promise.all([
          stores.store.models.rotate(spent, newModel(), LEASE_MS),
          stores.other.models.rotate(successor, newModel(), LEASE_MS),
        ])

        expect(answers.filter((isMine) => isMine)).toHaveLength(1)
      }
    })

    it('that is repeated spends the whole chain below, and no other', async () => {
      const { models } = stores.store
      const chain = [await put(), newModel(), newModel(), newModel()].map(keyOf)
      const [first, second, third, fourth] = chain
      if (!first || !second || !third || !fourth) throw new Error('the chain is too short')
      const bystander = await putSpent()
      await models.rotate(first, newModel(second), LEASE_MS)
      await models.rotate(second, newModel(third), LEASE_MS)
      await models.rotate(third, newModel(fourth), LEASE_MS)
      stores.clock.now += LEASE_MS

      expect(await models.rotate(first, newModel(), LEASE_MS)).toBe(false)
      expect(await models.rotate(third, newModel(), LEASE_MS)).toBe(true)

      const spent = { answeredAt: stores.clock.now }
      expect(await models.find(fourth)).toMatchObject(spent)
      expect(await models.find(second)).not.toMatchObject(spent)
      expect(await models.find(bystander.successor)).toMatchObject({ answeredAt: null })
    })
  })

  it('notes an answer once, and only for a record that was used', async () => {
    const { models } = stores.store
    const row = await put()
    await models.markAnswered(keyOf(row))
    expect(await models.find(keyOf(row))).toMatchObject({ answeredAt: null })
    await models.consume(keyOf(row))
    await models.markAnswered(keyOf(row))
    const answeredAt = stores.clock.now

    stores.clock.now += 1
    await models.markAnswered(keyOf(row))

    expect(await models.find(keyOf(row))).toMatchObject({ answeredAt })
  })
})
