import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { AuditFact } from '../../../server/audit/event.ts'
import { toGrantEnded } from '../../../server/audit/record-grant-ends.ts'
import { createLog } from '../../../server/log.ts'
import { startSweeping } from '../../../server/store/sweep-job.ts'
import { openTestStores, storeKinds } from '../../support/stores.ts'
import type { TestStores } from '../../support/stores.ts'
import { keyOf, newApiKey, newClient, newGrant, newModel } from './rows.ts'

const DAY_MS = 86_400_000

describe.each(storeKinds)('the sweep on $kind', (kind) => {
  let stores: TestStores
  beforeEach(async () => {
    stores = await openTestStores(kind)
    await stores.store.organizations.see('acme', 'Acme', 'active')
  })
  afterEach(() => stores.close())

  /** Sweeps a moment before rows are due, and when they are. */
  async function sweepAround(dueAt: number): Promise<readonly [before: number, due: number]> {
    stores.clock.now = dueAt - 1
    const { removed: before } = await stores.store.sweep()
    stores.clock.now = dueAt
    return [before, (await stores.store.sweep()).removed]
  }

  it('finds nothing in a database that is in use', async () => {
    const { models, grants, clients, apiKeys, attempts, signingKeys } = stores.store
    const grant = newGrant()
    await grants.add(grant)
    await clients.put(newClient())
    await apiKeys.add(newApiKey({ grantId: grant.id }))
    await models.put(newModel({ grantId: grant.id, expiresAt: stores.clock.now + 1 }))
    await models.put(newModel({ grantId: 'of a consent under way', model: 'Interaction' }))
    await attempts.count('key', 1)
    await signingKeys.add({ generation: 1, sealed: 's', signsFrom: 0 }, 0)
    await stores.store.clientDocuments.put('https://client.example', '{}')
    await stores.store.settings.settle('name', () => 'value')

    expect(await stores.store.sweep()).toEqual({ removed: 0, ended: [] })
  })

  it('removes records when they expire, spent or not', async () => {
    const dueAt = stores.clock.now + 1_000
    const spent = newModel({ expiresAt: dueAt })
    await stores.store.models.put(spent)
    await stores.store.models.rotate(keyOf(spent), newModel({ expiresAt: dueAt }), 1)

    expect(await sweepAround(dueAt)).toEqual([0, 2])
  })

  it('ends a grant that no token and no key can use, and erases its credential', async () => {
    const { grants, models, apiKeys } = stores.store
    const start = stores.clock.now
    const [unused, refreshed, keyed] = [newGrant(), newGrant(), newGrant()]
    for (const grant of [unused, refreshed, keyed]) await grants.add(grant)
    await models.put(newModel({ model: 'Grant', id: unused.id }))
    const token = newModel({ grantId: refreshed.id, expiresAt: start + 30 * DAY_MS })
    await models.put(token)
    await apiKeys.add(newApiKey({ grantId: keyed.id, expiresAt: start + 60 * DAY_MS }))
    const live = async () => (await grants.list({})).map(({ id }) => id).sort()

    stores.clock.now = start + DAY_MS - 1
    await stores.store.sweep()
    const afterHours = await live()
    stores.clock.now = start + DAY_MS
    const { ended } = await stores.store.sweep()
    const afterDay = await live()
    stores.clock.now = start + 30 * DAY_MS
    await stores.store.sweep()
    const afterMonth = await live()
    stores.clock.now = start + 60 * DAY_MS
    await stores.store.sweep()

    expect(afterHours).toEqual([unused.id, refreshed.id, keyed.id].sort())
    expect(ended).toEqual([await grants.find(unused.id)])
    expect(afterDay).toEqual([refreshed.id, keyed.id].sort())
    expect(afterMonth).toEqual([keyed.id])
    expect(await live()).toEqual([])
    for (const grant of await grants.list({ ended: true })) {
      expect(grant).toMatchObject({ endReason: 'expired', credential: null })
    }
    expect(await models.find({ realm: '', model: 'Grant', id: unused.id })).toBeNull()
  })

  it('tells of a grant that a sweep of the running server ends, for the record', async () => {
    const unused = newGrant()
    await stores.store.grants.add(unused)
    stores.clock.now += DAY_MS
    const facts: AuditFact[] = []

    const stop = startSweeping(stores.store, createLog({ level: 'silent' }), (grant) =>
      facts.push(toGrantEnded(grant)),
    )
    await stop()

    expect(facts).toEqual([
      expect.objectContaining({
        ...{ type: 'grant.ended', reason: 'expired', subject: `grant:${unused.id}` },
        organization: unused.organizationId,
      }),
    ])
  })

  it('removes records that were written while their grant ended', async () => {
    const ended = newGrant()
    await stores.store.grants.add(ended)
    await stores.store.grants.end(ended.id, 'revoked')
    const late = newModel({ grantId: ended.id })
    await stores.store.models.put(late)

    expect((await stores.store.sweep()).removed).toBe(1)

    expect(await stores.store.models.find(keyOf(late))).toBeNull()
  })

  it('removes attempts when their window closes', async () => {
    const { endsAt } = await stores.store.attempts.count('key', 1_000)

    expect(await sweepAround(endsAt)).toEqual([0, 1])
  })

  it('removes a client that registered itself and got no grant for thirty days', async () => {
    const client = newClient({ kind: 'dynamic' })
    await stores.store.clients.put(client)
    await stores.store.clients.put(newClient({ kind: 'registered' }))

    expect(await sweepAround(stores.clock.now + 30 * DAY_MS)).toEqual([0, 1])

    expect(await stores.store.clients.find('', client.id)).toBeNull()
  })

  it('keeps such a client for thirty days after its last use', async () => {
    const client = newClient({ kind: 'dynamic' })
    await stores.store.clients.put(client)
    stores.clock.now += 29 * DAY_MS
    await stores.store.clients.touch('', client.id)

    expect(await sweepAround(stores.clock.now + 30 * DAY_MS)).toEqual([0, 1])
  })

  it('keeps a client that ever had a grant, even when that is gone', async () => {
    const client = newClient({ kind: 'dynamic' })
    const sameId = { ...client, realm: 'acme' }
    await stores.store.clients.put(client)
    await stores.store.clients.put(sameId)
    const grant = newGrant({ clientId: client.id })
    await stores.store.grants.add(grant)
    await stores.store.grants.end(grant.id, 'revoked')
    stores.clock.now += 200 * DAY_MS

    await stores.store.sweep()

    expect(await stores.store.grants.list({ ended: true })).toEqual([])
    expect(await stores.store.clients.find('', client.id)).not.toBeNull()
    expect(await stores.store.clients.find('acme', client.id)).toBeNull()
  })

  it('removes a grant and its keys ninety days after its end', async () => {
    const grant = newGrant()
    await stores.store.grants.add(grant)
    await stores.store.grants.add(newGrant())
    await stores.store.apiKeys.add(newApiKey({ grantId: grant.id }))
    await stores.store.grants.end(grant.id, 'revoked')

    expect(await sweepAround(stores.clock.now + 90 * DAY_MS)).toEqual([0, 2])

    expect(await stores.store.grants.list({ ended: true })).toHaveLength(1)
    expect(await stores.store.apiKeys.list({})).toEqual([])
  })

  it.each(['revoked', 'expired'])('removes a key ninety days after it was %s', async (way) => {
    const { grants, apiKeys } = stores.store
    const grant = newGrant()
    const key = newApiKey({
      grantId: grant.id,
      expiresAt: way === 'expired' ? stores.clock.now : null,
    })
    await grants.add(grant)
    await apiKeys.add(key)
    await apiKeys.add(newApiKey({ grantId: grant.id }))
    if (way === 'revoked') await apiKeys.revoke(key.id)

    expect(await sweepAround(stores.clock.now + 90 * DAY_MS)).toEqual([0, 1])

    expect(await apiKeys.list({})).toHaveLength(1)
  })

  it('removes a signing key when no token of it can be alive', async () => {
    const { signingKeys } = stores.store
    const until = stores.clock.now + 1_000
    await signingKeys.add({ generation: 1, sealed: 's', signsFrom: 0 }, until)
    await signingKeys.add({ generation: 2, sealed: 's', signsFrom: 0 }, until)

    expect(await sweepAround(until)).toEqual([0, 1])

    expect(await signingKeys.list()).toMatchObject([{ generation: 2 }])
  })

  it('removes a client document that was not fetched for ninety days', async () => {
    await stores.store.clientDocuments.put('https://client.example', '{}')

    expect(await sweepAround(stores.clock.now + 90 * DAY_MS)).toEqual([0, 1])
  })

  it('runs on several instances at once, and each row is counted once', async () => {
    for (let index = 0; index < 200; index += 1) {
      await stores.store.models.put(newModel({ expiresAt: stores.clock.now }))
    }

    const sweeps = await Promise.all([
      stores.store.sweep(),
      stores.other.sweep(),
      stores.store.sweep(),
    ])

    expect(sweeps.reduce((sum, { removed }) => sum + removed, 0)).toBe(200)
  })
})
