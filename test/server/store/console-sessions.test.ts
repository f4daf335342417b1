import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import {
  SESSION_IDLE_MS,
  SESSION_MAX_AGE_MS,
  type NewConsoleSession,
} from '../../../server/store/console-sessions.ts'
import { openTestStores, storeKinds, type TestStores } from '../../support/stores.ts'

const SESSION: NewConsoleSession = {
  ...{ id: 's1', realm: '', memberId: 'm1', memberEmail: 'm@acme.example', memberName: 'M' },
  ...{ organizations: '[]', organizationId: null, credential: 'sealed-1' },
}

describe.each(storeKinds)('the console’s sessions on $kind', (kind) => {
  let stores: TestStores

  beforeEach(async () => {
    stores = await openTestStores(kind)
    await stores.store.consoleSessions.add(SESSION)
  })
  afterEach(() => stores.close())

  const find = () => stores.other.consoleSessions.findLive('s1')

  it('are there for every instance', async () => {
    const at = stores.clock.now

    expect(await find()).toEqual({
      ...SESSION,
      ...{ credentialVersion: 1, nextPage: null, pending: null },
      ...{ createdAt: at, checkedAt: at, lastUsedAt: at },
    })
    expect(await stores.other.consoleSessions.findLive('other')).toBeNull()
  })

  it('end when they are not used', async () => {
    stores.clock.now += SESSION_IDLE_MS - 1
    const before = await find()
    stores.clock.now += 1

    expect(before).not.toBeNull()
    expect(await find()).toBeNull()
  })

  it('go on while they are used, and end after half a day however that is', async () => {
    const { clock, store } = stores
    const beganAt = clock.now
    for (let row = await find(); row !== null; row = await find()) {
      await store.consoleSessions.touch(row)
      clock.now += SESSION_IDLE_MS - 60_000
    }

    expect(clock.now - beganAt).toBeGreaterThanOrEqual(SESSION_MAX_AGE_MS)
    expect(clock.now - beganAt).toBeLessThan(SESSION_MAX_AGE_MS + SESSION_IDLE_MS)
  })

  it('keep what the upstream says of the member, and when it did', async () => {
    const said = { memberEmail: 'new@acme.example', memberName: 'N', organizations: '[{}]' }
    stores.clock.now += 1_000

    await stores.store.consoleSessions.noteMember('s1', said)

    expect(await find()).toMatchObject({ ...said, checkedAt: stores.clock.now })
  })

  it('remember the organization that is looked at, and what waits', async () => {
    await stores.store.consoleSessions.chooseOrganization('s1', 'acme')
    await stores.store.consoleSessions.setPending('s1', 'sealed')

    expect(await find()).toMatchObject({ organizationId: 'acme', pending: 'sealed' })
  })

  it('give what was left for the next page to one page', async () => {
    await stores.store.consoleSessions.leaveForNextPage('s1', 'sealed')
    const row = await find()
    if (row === null) throw new Error('the session is not there')

    const taken = await Promise.all([
      stores.store.consoleSessions.takeForThisPage(row),
      stores.other.consoleSessions.takeForThisPage(row),
    ])

    expect(taken.toSorted()).toEqual([null, 'sealed'])
    expect((await find())?.nextPage).toBeNull()
  })

  it('are gone with their credential once they have ended', async () => {
    expect(await stores.store.consoleSessions.end('s1')).toBe(true)
    expect(await stores.other.consoleSessions.end('s1')).toBe(false)
    expect(await find()).toBeNull()
    expect(await stores.store.consoleSessions.saveCredential('s1', 1, 'sealed-2')).toBe(false)
  })

  it('let one process renew the credential', async () => {
    const claims = await Promise.all([
      stores.store.consoleSessions.claimRenewal('s1', 1, 1_000),
      stores.other.consoleSessions.claimRenewal('s1', 1, 1_000),
    ])
    const isSaved = await stores.store.consoleSessions.saveCredential('s1', 1, 'sealed-2')

    expect(claims.toSorted()).toEqual([false, true])
    expect(isSaved).toBe(true)
    expect(await find()).toMatchObject({ credential: 'sealed-2', credentialVersion: 2 })
    expect(await stores.other.consoleSessions.claimRenewal('s1', 1, 1_000)).toBe(false)
  })

  it('let another process renew it where the first gave up or stood still', async () => {
    const { store, other, clock } = stores
    await store.consoleSessions.claimRenewal('s1', 1, 1_000)
    await store.consoleSessions.releaseRenewal('s1', 1)
    const afterRelease = await other.consoleSessions.claimRenewal('s1', 1, 1_000)
    clock.now += 1_000

    expect(afterRelease).toBe(true)
    expect(await store.consoleSessions.claimRenewal('s1', 1, 1_000)).toBe(true)
  })

  it('are swept away once nobody can use them', async () => {
    stores.clock.now += SESSION_IDLE_MS
    await stores.store.sweep()
    stores.clock.now -= SESSION_IDLE_MS

    expect(await find()).toBeNull()
  })
})
