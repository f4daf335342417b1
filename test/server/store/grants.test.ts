import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Grant, NewGrant } from '../../../server/store/grants.ts'
import { openTestStores, storeKinds } from '../../support/stores.ts'
import type { TestStores } from '../../support/stores.ts'
import { keyOf, newApiKey, newClient, newGrant, newModel } from './rows.ts'

const LEASE_MS = 30_000

describe.each(storeKinds)('grants on $kind', (kind) => {
  let stores: TestStores
  beforeAll(async () => {
    stores = await openTestStores(kind)
    await stores.store.organizations.see('acme', 'Acme', 'active')
    await stores.store.organizations.see('globex', 'Globex', 'pending')
  })
  afterAll(() => stores.close())

  async function add(grant: Partial<NewGrant> = {}): Promise<NewGrant> {
    const whole = newGrant(grant)
    await stores.store.grants.add(whole)
    return whole
  }

  it('gives back a live grant with the state of its organization', async () => {
    const grant = await add({ scopes: ['b:read', 'a:read', 'b:read'], organizationId: 'globex' })

    expect(await stores.other.grants.findLive(grant.id)).toEqual({
      ...grant,
      scopes: ['a:read', 'b:read'],
      credentialVersion: 1,
      createdAt: stores.clock.now,
      lastUsedAt: null,
      endedAt: null,
      endReason: null,
      organizationStatus: 'pending',
    })
  })

  it('keeps a grant without client, redirect host and scopes', async () => {
    const grant = await add({ clientId: null, redirectHost: null, scopes: [] })

    expect(await stores.store.grants.findLive(grant.id)).toMatchObject({
      clientId: null,
      redirectHost: null,
      scopes: [],
    })
  })

  it('refuses a grant of an unknown organization', async () => {
    await expect(add({ organizationId: 'unknown' })).rejects.toThrow(/foreign key/i)
  })

  it('does not find a grant that is unknown', async () => {
    expect(await stores.store.grants.findLive('unknown')).toBeNull()
  })

  it('is left as it is by a second one of the same id', async () => {
    const grant = await add()
    await stores.store.grants.saveCredential(grant.id, 1, 'sealed-2')

    const late = { ...grant, scopes: ['other:read'], credential: 'sealed-late' }

    expect(await stores.other.grants.add(late)).toBe(false)
    expect(await stores.store.grants.findLive(grant.id)).toMatchObject({
      scopes: grant.scopes,
      credential: 'sealed-2',
    })
  })

  it('does not live while its client is switched off, and neither do its keys', async () => {
    const { clients, apiKeys } = stores.store
    const client = newClient()
    await clients.put(client)
    await clients.put({ ...client, realm: 'acme' })
    const grant = await add({ clientId: client.id })
    const key = newApiKey({ grantId: grant.id })
    await apiKeys.add(key)
    const isAlive = async () => [
      (await stores.other.grants.findLive(grant.id)) !== null,
      (await stores.other.apiKeys.findLive(key.hash)) !== null,
    ]

    await clients.setStatus('acme', client.id, 'inactive')
    expect(await isAlive()).toEqual([true, true])
    await clients.setStatus('', client.id, 'inactive')
    expect(await isAlive()).toEqual([false, false])
    await clients.setStatus('', client.id, 'active')

    expect(await isAlive()).toEqual([true, true])
  })

  it('lists live grants by organization and member, newest first', async () => {
    const older = await add({ organizationId: 'globex', memberId: 'm7' })
    stores.clock.now += 1
    const newer = await add({ organizationId: 'globex', memberId: 'm7' })
    const ended = await add({ organizationId: 'globex', memberId: 'm7' })
    await stores.store.grants.end(ended.id, 'revoked')
    await add({ organizationId: 'acme', memberId: 'm7' })
    await add({ organizationId: 'globex', memberId: 'm8' })
    const filter = { organizationId: 'globex', memberId: 'm7' }

    const live = await stores.store.grants.list(filter)
    const all = await stores.store.grants.list({ ...filter, ended: true })
    const ofMember = await stores.store.grants.list({ memberId: 'm7' })

    expect(live.map(({ id }) => id)).toEqual([newer.id, older.id])
    expect(all.map(({ id }) => id).sort()).toEqual([newer.id, older.id, ended.id].sort())
    expect(ofMember).toHaveLength(3)
  })

  it('lists page by page, each once, though several are of one moment', async () => {
    const { grants, organizations } = stores.store
    await organizations.see('paged', 'Paged', 'active')
    for (let number = 0; number < 11; number += 1) {
      if (number % 3 === 0) stores.clock.now += 1
      await add({ organizationId: 'paged', memberId: number % 2 === 0 ? 'even' : 'odd' })
    }
    const page = async (filter: { readonly memberId?: string }) => {
      const found: Grant[] = []
      for (;;) {
        const after = found.at(-1)
        const rows = await stores.other.grants.list({
          ...{ organizationId: 'paged', limit: 3, ...filter },
          ...(after !== undefined && { after }),
        })
        found.push(...rows)
        if (rows.length < 3) return found
      }
    }

    const all = await page({})
    const even = await page({ memberId: 'even' })

    expect(all).toEqual(await grants.list({ organizationId: 'paged' }))
    expect(new Set(all.map(({ id }) => id)).size).toBe(11)
    expect(all.map(({ createdAt }) => createdAt)).toEqual(
      all.map(({ createdAt }) => createdAt).toSorted((one, other) => other - one),
    )
    expect(even).toEqual(all.filter(({ memberId }) => memberId === 'even'))
  })

  it('is ended for its own organization, and for no other', async () => {
    const { grants } = stores.store
    const { id } = await add({ organizationId: 'globex' })
    const key = newApiKey({ grantId: id })
    await stores.store.apiKeys.add(key)

    const foreign = await grants.endOf('acme', id, 'revoked')
    const alive = await stores.other.grants.findLive(id)
    const own = await grants.endOf('globex', id, 'revoked')

    expect(foreign).toBeNull()
    expect(alive).not.toBeNull()
    expect(own).toMatchObject({ id, endReason: 'revoked', credential: null })
    expect(await grants.endOf('globex', id, 'revoked')).toBeNull()
    expect(await stores.other.apiKeys.findLive(key.hash)).toBeNull()
  })

  it('ends together with all of its member or organization, and with no other', async () => {
    const { grants, models, organizations } = stores.store
    for (const id of ['together', 'apart']) await organizations.see(id, id, 'active')
    const mine = [
      await add({ organizationId: 'together', memberId: 'x' }),
      await add({ organizationId: 'together', memberId: 'x' }),
    ]
    const other = await add({ organizationId: 'together', memberId: 'y' })
    const foreign = await add({ organizationId: 'apart', memberId: 'x' })
    const rows = [...mine, other].map(({ id }) => newModel({ grantId: id }))
    for (const row of rows) await models.put(row)
    const left = async () =>
      (await Promise.all(rows.map((row) => models.find(keyOf(row))))).map((row) => row !== null)

    const ofMember = await stores.other.grants.endAllOf(
      { organizationId: 'together', memberId: 'x' },
      'revoked',
    )
    const afterMember = await left()
    const ofAll = await grants.endAllOf({ organizationId: 'together' }, 'revoked')

    expect(ofMember.map(({ id }) => id).sort()).toEqual(mine.map(({ id }) => id).sort())
    expect(afterMember).toEqual([false, false, true])
    expect(ofAll).toMatchObject([{ id: other.id, endReason: 'revoked', credential: null }])
    expect(await left()).toEqual([false, false, false])
    expect(await grants.findLive(foreign.id)).not.toBeNull()
  })

  it('ends with all that hangs on it, at once for every instance', async () => {
    const { grants, models, apiKeys } = stores.store
    const grant = await add()
    const other = await add()
    const mine = [
      newModel({ grantId: grant.id }),
      newModel({ grantId: grant.id, realm: 'acme', model: 'AuthorizationCode' }),
      newModel({ id: grant.id, realm: 'acme', model: 'Grant' }),
    ]
    const others = [
      newModel({ grantId: other.id }),
      newModel({ id: other.id, model: 'Grant' }),
      newModel({ id: grant.id, model: 'Session' }),
    ]
    for (const row of [...mine, ...others]) await models.put(row)
    const myKey = newApiKey({ grantId: grant.id })
    const otherKey = newApiKey({ grantId: other.id })
    for (const key of [myKey, otherKey]) await apiKeys.add(key)

    const ended = await stores.other.grants.end(grant.id, 'reused')

    expect(ended).toEqual(await grants.find(grant.id))
    expect(await grants.findLive(grant.id)).toBeNull()
    const all = await grants.list({ ended: true })
    expect(all.find(({ id }) => id === grant.id)).toMatchObject({
      credential: null,
      endedAt: stores.clock.now,
      endReason: 'reused',
    })
    expect(await Promise.all(mine.map((row) => models.find(keyOf(row))))).toEqual(
      mine.map(() => null),
    )
    expect(await apiKeys.findLive(myKey.hash)).toBeNull()
    expect((await apiKeys.list({})).find(({ id }) => id === myKey.id)?.revokedAt).toBe(
      stores.clock.now,
    )
    expect(await grants.findLive(other.id)).not.toBeNull()
    expect(await Promise.all(others.map((row) => models.find(keyOf(row))))).not.toContain(null)
    expect(await apiKeys.findLive(otherKey.hash)).not.toBeNull()
  })

  it('ends once, with the first reason', async () => {
    const grant = await add()

    const answers = await Promise.all([
      stores.store.grants.end(grant.id, 'revoked'),
      stores.other.grants.end(grant.id, 'revoked'),
    ])

    expect(answers.map((each) => each?.id ?? null).sort()).toEqual([grant.id, null])
    expect(await stores.store.grants.end(grant.id, 'membership-lost')).toBeNull()
    const all = await stores.store.grants.list({ ended: true })
    expect(all.find(({ id }) => id === grant.id)?.endReason).toBe('revoked')
  })

  it('removes the records of a consent that never became a grant', async () => {
    const row = newModel({ grantId: 'never-added' })
    await stores.store.models.put(row)

    expect(await stores.store.grants.end('never-added', 'revoked')).toBeNull()
    expect(await stores.store.grants.find('never-added')).toBeNull()

    expect(await stores.store.models.find(keyOf(row))).toBeNull()
  })

  it('notes a use at most once a minute, and none after the end', async () => {
    const { grants } = stores.store
    const { id } = await add()
    const first = stores.clock.now
    const lastUse = async () =>
      (await grants.list({ ended: true })).find((grant) => grant.id === id)?.lastUsedAt
    await grants.touch({ id, lastUsedAt: null })

    stores.clock.now = first + 59_999
    await stores.other.grants.touch({ id, lastUsedAt: null })
    expect(await lastUse()).toBe(first)
    stores.clock.now = first + 60_000
    await stores.other.grants.touch({ id, lastUsedAt: null })
    expect(await lastUse()).toBe(first + 60_000)
    await grants.end(id, 'revoked')
    stores.clock.now = first + 600_000
    await grants.touch({ id, lastUsedAt: null })

    expect(await lastUse()).toBe(first + 60_000)
  })

  describe('the renewal of a credential', () => {
    it('is claimed by one caller over all instances', async () => {
      const { id } = await add()

      const answers = await Promise.all(
        [stores.store, stores.other, stores.store, stores.other].map(({ grants }) =>
          grants.claimRenewal(id, 1, LEASE_MS),
        ),
      )

      expect(answers.filter((isMine) => isMine)).toHaveLength(1)
    })

    it('can be claimed again when the claim was released, or is as old as the lease', async () => {
      const { grants } = stores.store
      const { id } = await add()
      await grants.claimRenewal(id, 1, LEASE_MS)

      await stores.other.grants.releaseRenewal(id, 1)
      expect(await grants.claimRenewal(id, 1, LEASE_MS)).toBe(true)
      stores.clock.now += LEASE_MS - 1
      expect(await grants.claimRenewal(id, 1, LEASE_MS)).toBe(false)
      stores.clock.now += 1

      expect(await grants.claimRenewal(id, 1, LEASE_MS)).toBe(true)
    })

    it('replaces the credential once for each version, and frees the next claim', async () => {
      const { grants } = stores.store
      const { id } = await add()
      await grants.claimRenewal(id, 1, LEASE_MS)

      expect(await grants.saveCredential(id, 1, 'sealed-2')).toBe(true)
      expect(await stores.other.grants.saveCredential(id, 1, 'sealed-late')).toBe(false)

      expect(await grants.findLive(id)).toMatchObject({
        credential: 'sealed-2',
        credentialVersion: 2,
      })
      expect(await grants.claimRenewal(id, 1, LEASE_MS)).toBe(false)
      expect(await grants.claimRenewal(id, 2, LEASE_MS)).toBe(true)
    })

    it('is not released by a caller that knows an older version', async () => {
      const { grants } = stores.store
      const { id } = await add()
      await grants.saveCredential(id, 1, 'sealed-2')
      await grants.claimRenewal(id, 2, LEASE_MS)

      await grants.releaseRenewal(id, 1)

      expect(await grants.claimRenewal(id, 2, LEASE_MS)).toBe(false)
    })

    it('does not bring an ended grant back', async () => {
      const { grants } = stores.store
      const { id } = await add()
      await grants.claimRenewal(id, 1, LEASE_MS)
      await grants.end(id, 'credential-refused')

      expect(await grants.saveCredential(id, 1, 'sealed-2')).toBe(false)
      expect(await grants.claimRenewal(id, 1, 0)).toBe(false)

      const all = await grants.list({ ended: true })
      expect(all.find((grant) => grant.id === id)?.credential).toBeNull()
    })
  })
})
