import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openTestStores, storeKinds, type TestStores } from '../../support/stores.ts'
import { callOf, openTestAudit, readAll } from './fixture.ts'

describe.each(storeKinds)('the audit log on $kind', (kind) => {
  let stores: TestStores
  beforeEach(async () => {
    stores = await openTestStores(kind)
  })
  afterEach(() => stores.close())

  it('keeps one chain for each organization, and one for nobody', async () => {
    const audit = openTestAudit(stores.store.auditEvents)
    for (const organization of ['acme', 'globex', 'acme', null]) {
      audit.log.record(callOf(organization))
    }
    await audit.close()

    const chains = stores.store.auditEvents
    const [acme, globex, nobody] = await Promise.all(
      ['acme', 'globex', null].map((each) => readAll(chains, each)),
    )

    expect(await chains.listChains()).toEqual(['', 'acme', 'globex'])
    expect(acme?.map(({ sequence }) => sequence)).toEqual([1, 2])
    expect(acme?.[1]?.event).toMatchObject({ previousHash: acme?.[0]?.hash, organization: 'acme' })
    expect(globex?.map(({ sequence }) => sequence)).toEqual([1])
    expect(nobody?.map(({ event }) => event)).toMatchObject([
      { sequence: 1, organization: null, previousHash: '0'.repeat(64) },
    ])
  })

  it('goes on with a chain where another instance left it', async () => {
    const [one, other] = [stores.store, stores.other].map(({ auditEvents }) =>
      openTestAudit(auditEvents),
    )
    for (let round = 0; round < 3; round += 1) {
      one?.log.record(callOf('acme'))
      await one?.flush(10_000)
      other?.log.record(callOf('acme'))
      await other?.flush(10_000)
    }
    await one?.close()
    await other?.close()

    const events = await readAll(stores.store.auditEvents, 'acme')

    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6])
  })
})
