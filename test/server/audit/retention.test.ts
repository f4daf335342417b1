import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { sql } from 'kysely'
import { openTestStores, storeKinds, type TestStores } from '../../support/stores.ts'
import { openRawDatabase } from '../store/raw-database.ts'
import { callOf, openTestAudit, readAll } from './fixture.ts'

const DAY_MS = 86_400_000

describe.each(storeKinds)('the retention on $kind', (kind) => {
  let stores: TestStores
  beforeEach(async () => {
    stores = await openTestStores(kind)
  })
  afterEach(() => stores.close())

  async function record(count: number, now: number): Promise<void> {
    const audit = openTestAudit(stores.store.auditEvents, { isServer: false, now: () => now })
    for (let number = 0; number < count; number += 1) audit.log.record(callOf('acme'))
    await audit.close()
  }

  /** What a server does every hour. */
  async function prune(now: number) {
    const audit = openTestAudit(stores.store.auditEvents, { isServer: false, now: () => now })
    await audit.prune(now)
    await audit.close()
    return audit
  }

  it('removes whole days from the start of a chain, which is a chain still, and tells how many', async () => {
    const start = Math.floor(stores.clock.now / DAY_MS) * DAY_MS + 1
    await record(700, start)
    await record(3, start + 2 * DAY_MS)

    const before = await prune(start + 365 * DAY_MS)
    const kept = await readAll(stores.store.auditEvents, 'acme')
    const after = await prune(start + 366 * DAY_MS)
    const events = await readAll(stores.store.auditEvents, 'acme')

    expect(kept).toHaveLength(703)
    expect(events.map(({ sequence }) => sequence)).toEqual([701, 702, 703, 704])
    expect(events.at(-1)?.event).toMatchObject({ type: 'audit.pruned', count: 700 })
    expect(before.lines.concat(after.lines).join()).not.toContain('audit_altered')
    expect(await after.verify('acme')).toMatchObject({ first: 701, events: 4, problems: [] })
  })

  it('lets events be found that come after all of their kind were removed', async () => {
    const start = stores.clock.now
    const year = 366 * DAY_MS
    let now = start
    const [one, other] = [stores.store, stores.other].map(({ auditEvents }) =>
      openTestAudit(auditEvents, { isServer: false, now: () => now }),
    )
    one?.log.record(callOf('acme'))
    await one?.flush(10_000)
    now += year
    await other?.prune(now)
    one?.log.record(callOf('acme'))
    await one?.close()
    await other?.close()

    const found = await stores.store.auditEvents.list(
      { organizationId: 'acme', tool: 'invoices.list' },
      10,
    )
    expect(found).toHaveLength(1)
    expect(await one?.verify('acme')).toMatchObject({ problems: [] })
  })

  it('leaves what was altered', async () => {
    const start = stores.clock.now
    await record(3, start)
    const raw = await openRawDatabase(stores.url)
    await sql`update audit_event set at = 1 where sequence = 2`.execute(raw)
    await raw.destroy()

    const audit = await prune(start + 400 * DAY_MS)

    expect(await readAll(stores.store.auditEvents, 'acme')).toHaveLength(3)
    expect(audit.lines.join()).toContain('audit_altered')
  })
})
