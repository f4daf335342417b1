import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { NewApiKey } from '../../../server/store/api-keys.ts'
import { openTestStores, storeKinds } from '../../support/stores.ts'
import type { TestStores } from '../../support/stores.ts'
import { newApiKey, newGrant } from './rows.ts'

describe.each(storeKinds)('API keys on $kind', (kind) => {
  let stores: TestStores
  beforeAll(async () => {
    stores = await openTestStores(kind)
    await stores.store.organizations.see('acme', 'Acme', 'active')
    await stores.store.organizations.see('globex', 'Globex', 'disabled')
  })
  afterAll(() => stores.close())

  async function addKey(
    key: Partial<NewApiKey> = {},
    grant: Parameters<typeof newGrant>[0] = {},
  ): Promise<NewApiKey> {
    const whole = newGrant({ clientId: null, ...grant })
    await stores.store.grants.add(whole)
    const apiKey = newApiKey({ grantId: whole.id, ...key })
    await stores.store.apiKeys.add(apiKey)
    return apiKey
  }

  it('is found by its hash, with its grant', async () => {
    const { hash, ...key } = await addKey(
      { scopes: ['b:read', 'a:read'] },
      { organizationId: 'globex', scopes: ['a:read', 'b:read', 'c:read'] },
    )

    const found = await stores.other.apiKeys.findLive(hash)

    expect(found).toEqual({
      key: {
        ...key,
        scopes: ['a:read', 'b:read'],
        createdAt: stores.clock.now,
        lastUsedAt: null,
        revokedAt: null,
      },
      grant: await stores.store.grants.findLive(key.grantId),
    })
    expect(found?.grant.organizationStatus).toBe('disabled')
  })

  it('is not found by an unknown hash', async () => {
    expect(await stores.store.apiKeys.findLive('unknown')).toBeNull()
  })

  it('belongs to one hash, and to a grant that exists', async () => {
    const key = await addKey()

    await expect(addKey({ hash: key.hash })).rejects.toThrow(/unique/i)
    await expect(stores.store.apiKeys.add(newApiKey({ grantId: 'unknown' }))).rejects.toThrow(
      /foreign key/i,
    )
  })

  it('dies at the moment it expires', async () => {
    const { hash } = await addKey({ expiresAt: stores.clock.now + 2 })
    stores.clock.now += 1
    expect(await stores.store.apiKeys.findLive(hash)).not.toBeNull()

    stores.clock.now += 1

    expect(await stores.store.apiKeys.findLive(hash)).toBeNull()
  })

  it('is revoked once', async () => {
    const { id, hash } = await addKey()

    expect(await stores.other.apiKeys.revoke(id)).toBe(true)

    expect(await stores.store.apiKeys.findLive(hash)).toBeNull()
    expect(await stores.store.apiKeys.revoke(id)).toBe(false)
    expect(await stores.store.apiKeys.revoke('unknown')).toBe(false)
  })

  it('is known after its end, with why and whose it was', async () => {
    const { grants, apiKeys } = stores.store
    const [revoked, expired, ended] = [
      await addKey(),
      await addKey({ expiresAt: stores.clock.now + 1 }),
      await addKey(),
    ]
    await apiKeys.revoke(revoked.id)
    await grants.end(ended.grantId, 'revoked')
    const late = newApiKey({ grantId: ended.grantId })
    await apiKeys.add(late)
    stores.clock.now += 1

    const found = await Promise.all(
      [revoked, expired, late].map(({ hash }) => stores.other.apiKeys.findDead(hash)),
    )

    expect(found.map((each) => each?.end)).toEqual(['revoked', 'expired', 'grant-ended'])
    const grant = await grants.find(revoked.grantId)
    expect(found[0]).toMatchObject({
      id: revoked.id,
      organizationId: grant?.organizationId,
      memberId: grant?.memberId,
      clientId: grant?.clientId,
    })
    expect(await apiKeys.findDead('of no key')).toBeNull()
  })

  it('ends with its grant', async () => {
    const { hash, grantId } = await addKey()

    await stores.store.grants.end(grantId, 'revoked')

    expect(await stores.store.apiKeys.findLive(hash)).toBeNull()
  })

  it('never lives through a grant that had ended before', async () => {
    const { grantId } = await addKey()
    await stores.store.grants.end(grantId, 'revoked')
    const late = newApiKey({ grantId })
    await stores.store.apiKeys.add(late)

    expect(await stores.store.apiKeys.findLive(late.hash)).toBeNull()
  })

  it('is listed newest first, with organization and member', async () => {
    const older = await addKey({ name: 'older' }, { memberEmail: 'one@acme.example' })
    stores.clock.now += 1
    const newer = await addKey({ name: 'newer' }, { memberEmail: 'two@acme.example' })
    const foreign = await addKey({ name: 'foreign' }, { organizationId: 'globex' })
    const ids = [older.id, newer.id, foreign.id]
    await stores.store.apiKeys.revoke(older.id)

    const ofAcme = await stores.store.apiKeys.list({ organizationId: 'acme' })
    const all = await stores.store.apiKeys.list({})

    expect(ofAcme.filter(({ id }) => ids.includes(id))).toMatchObject([
      { name: 'newer', organizationId: 'acme', memberEmail: 'two@acme.example', revokedAt: null },
      { name: 'older', memberEmail: 'one@acme.example', revokedAt: stores.clock.now },
    ])
    expect(all.filter(({ id }) => ids.includes(id))).toHaveLength(3)
    expect(JSON.stringify(all)).not.toContain(newer.hash)
  })

  it('is found and revoked for its own organization, and for no other', async () => {
    const { apiKeys } = stores.store
    const { id, hash } = await addKey({}, { organizationId: 'globex', memberId: 'm9' })

    const foreign = await apiKeys.revokeOf('acme', id)
    const alive = await stores.other.apiKeys.findLive(hash)
    const own = await apiKeys.revokeOf('globex', id)

    expect(await apiKeys.find('acme', id)).toBeNull()
    expect(await apiKeys.find('globex', id)).toMatchObject({
      ...{ id, organizationId: 'globex', memberId: 'm9', memberName: 'Olga' },
      ...{ memberEmail: 'owner@acme.example', revokedAt: stores.clock.now },
    })
    expect(foreign).toBe(false)
    expect(alive).not.toBeNull()
    expect(own).toBe(true)
    expect(await apiKeys.revokeOf('globex', id)).toBe(false)
    expect(await stores.other.apiKeys.findLive(hash)).toBeNull()
  })

  it('notes a use at most once a minute', async () => {
    const { apiKeys } = stores.store
    const { id, hash } = await addKey()
    const first = stores.clock.now
    const lastUse = async () => (await apiKeys.findLive(hash))?.key.lastUsedAt
    await apiKeys.touch({ id, lastUsedAt: null })
    stores.clock.now = first + 59_999
    await apiKeys.touch({ id, lastUsedAt: null })
    expect(await lastUse()).toBe(first)

    stores.clock.now = first + 60_000
    await apiKeys.touch({ id, lastUsedAt: null })

    expect(await lastUse()).toBe(first + 60_000)
  })
})
