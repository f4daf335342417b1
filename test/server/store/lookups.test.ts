import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { NewGrant } from '../../../server/store/grants.ts'
import { openTestStores, storeKinds } from '../../support/stores.ts'
import type { TestStores } from '../../support/stores.ts'
import { openRawDatabase } from './raw-database.ts'
import { newApiKey, newClient, newGrant } from './rows.ts'

const ROUNDS = 20

describe.each(storeKinds)('what every call looks up on $kind', (kind) => {
  let stores: TestStores
  beforeAll(async () => {
    stores = await openTestStores(kind)
    await stores.store.organizations.see('acme', 'Acme', 'active')
  })
  afterAll(() => stores.close())

  async function add(grant: Partial<NewGrant> = {}): Promise<NewGrant> {
    const whole = newGrant(grant)
    await stores.store.grants.add(whole)
    return whole
  }

  it.each([
    ['this instance', () => stores.store],
    ['another instance', () => stores.other],
  ])('is known to have ended once %s has ended it', async (_by, ending) => {
    const { grants, apiKeys } = stores.store
    for (let round = 0; round < ROUNDS; round += 1) {
      const grant = await add()
      const key = newApiKey({ grantId: grant.id })
      await apiKeys.add(key)
      const before = [await grants.findLive(grant.id), await apiKeys.findLive(key.hash)]

      await ending().grants.end(grant.id, 'revoked')

      const after = [await grants.findLive(grant.id), await apiKeys.findLive(key.hash)]
      expect(before).toMatchObject([{ id: grant.id }, { key: { id: key.id }, grant }])
      expect(after).toEqual([null, null])
    }
  })

  it('is as it is now: renewed, used, switched off and on, by whichever instance', async () => {
    const { store, other } = stores
    const client = newClient()
    await store.clients.put(client)
    const grant = await add({ clientId: client.id })
    const key = newApiKey({ grantId: grant.id })
    await store.apiKeys.add(key)
    const look = async () => {
      const found = await store.grants.findLive(grant.id)
      expect((await store.apiKeys.findLive(key.hash))?.grant ?? null).toEqual(found)
      return found
    }
    expect(await look()).toMatchObject({ credential: 'sealed-1', organizationStatus: 'active' })

    await other.grants.saveCredential(grant.id, 1, 'sealed-2')
    expect(await look()).toMatchObject({ credential: 'sealed-2', credentialVersion: 2 })
    await store.grants.touch({ id: grant.id, lastUsedAt: null })
    expect(await look()).toMatchObject({ lastUsedAt: stores.clock.now })
    await other.organizations.setStatus('acme', 'disabled', 'operator')
    expect(await look()).toMatchObject({ organizationStatus: 'disabled' })
    await store.organizations.setStatus('acme', 'active', 'operator')
    expect(await look()).toMatchObject({ organizationStatus: 'active' })
    await other.clients.setStatus('', client.id, 'inactive')
    expect(await look()).toBeNull()
    await other.clients.setStatus('', client.id, 'active')
    expect(await look()).toMatchObject({ id: grant.id })
  })

  it('is found dead from the moment on that a key expires, though nothing is written', async () => {
    const { id: grantId } = await add()
    const key = newApiKey({ grantId, expiresAt: stores.clock.now + 1 })
    await stores.store.apiKeys.add(key)
    const before = await stores.store.apiKeys.findLive(key.hash)

    stores.clock.now += 1

    expect(before).toMatchObject({ key: { id: key.id } })
    expect(await stores.store.apiKeys.findLive(key.hash)).toBeNull()
  })

  it('waits for no transaction, and sees nothing of it before it is committed', async () => {
    const grant = await add()
    const raw = await openRawDatabase(stores.url)
    const transaction = await raw.startTransaction().execute()
    await transaction
      .updateTable('memberGrant')
      .set({ endedAt: 1, endReason: 'revoked', credential: null })
      .where('id', '=', grant.id)
      .execute()

    const meanwhile = await stores.store.grants.findLive(grant.id)
    await transaction.commit().execute()
    const after = await stores.store.grants.findLive(grant.id)

    await raw.destroy()
    expect(meanwhile).toMatchObject({ id: grant.id })
    expect(after).toBeNull()
  })

  it('gives each of many callers at once their own', async () => {
    const added = await Promise.all(Array.from({ length: 30 }, () => add()))
    const keys = added.map(({ id }) => newApiKey({ grantId: id }))
    for (const key of keys) await stores.store.apiKeys.add(key)
    const ids = [...added, ...added].map(({ id }) => id)

    const [found, unknown, foundKeys] = await Promise.all([
      Promise.all(ids.map((id) => stores.store.grants.findLive(id))),
      stores.store.grants.findLive('nobody\0s'),
      Promise.all(keys.map(({ hash }) => stores.store.apiKeys.findLive(hash))),
    ])

    expect(found.map((grant) => grant?.id)).toEqual(ids)
    expect(unknown).toBeNull()
    expect(foundKeys.map((one) => [one?.key.id, one?.grant.id])).toEqual(
      keys.map(({ id, grantId }) => [id, grantId]),
    )
  })
})
