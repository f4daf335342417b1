import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { AuditSink } from '../../../server/config-sinks.ts'
import type { AuditEventStore } from '../../../server/store/audit-events.ts'
import { openTestStores, storeKinds, type TestStores } from '../../support/stores.ts'
import { openTcpLink } from '../../support/tcp-link.ts'
import { openStore } from '../../../server/store/open-store.ts'
import { callOf, createSpoolFolder, openTestAudit, readAll } from './fixture.ts'

const STDOUT: AuditSink = { kind: 'stdout', format: 'json' }
const AWAY = new Error('the store is away')

describe.each(storeKinds)('the spool before $kind', (kind) => {
  let stores: TestStores
  let folder: ReturnType<typeof createSpoolFolder>
  beforeEach(async () => {
    stores = await openTestStores(kind)
    folder = createSpoolFolder()
  })
  afterEach(async () => {
    await stores.close()
    folder.remove()
  })

  const away = () => ({ ...stores.store.auditEvents, append: () => Promise.reject(AWAY) })
  const spool = () => folder.path

  it('gives every process a file of its own, which only its user can read', async () => {
    const one = openTestAudit(stores.store.auditEvents, { spool: spool() })
    const other = openTestAudit(stores.other.auditEvents, { spool: spool() })

    expect(readdirSync(spool()).filter((name) => name.endsWith('.db'))).toEqual([
      'spool-0.db',
      'spool-1.db',
    ])
    for (const name of readdirSync(spool())) {
      expect(statSync(join(spool(), name)).mode & 0o077).toBe(0)
    }
    await one.close()
    await other.close()
  })

  it('keeps what the store did not take, for the next process and its sinks', async () => {
    const first = openTestAudit(away(), { spool: spool(), isServer: false })
    for (let count = 0; count < 30; count += 1) first.log.record(callOf('acme', `r${count}`))
    await first.flush(50)
    const waiting = first.status().pending
    await first.close()

    const next = openTestAudit(stores.store.auditEvents, { spool: spool(), sinks: [STDOUT] })
    await next.flush(30_000)
    const entries = next.outbox.read('stdout', 100)
    next.outbox.advance('stdout', entries[9]?.position ?? 0)
    const rest = next.outbox.countPending('stdout')
    await next.close()

    expect(waiting).toBe(30)
    expect(entries.map(({ event }) => event.requestId)).toEqual(
      (await readAll(stores.store.auditEvents, 'acme')).map(({ event }) => event.requestId),
    )
    expect(rest).toBe(20)
  })

  it('keeps more than the journal has room for, in its order', async () => {
    const names = Array.from({ length: 2_500 }, (_, number) => `r${number}`)
    const first = openTestAudit(away(), { spool: spool(), isServer: false })
    for (const name of names.slice(0, 10)) first.log.record(callOf('acme', name))
    await first.flush(50)
    for (const name of names.slice(10)) first.log.record(callOf('acme', name))
    await first.close()

    const next = openTestAudit(stores.store.auditEvents, { spool: spool() })
    await next.flush(30_000)
    await next.close()

    const events = await readAll(stores.store.auditEvents, 'acme')
    expect(events.map(({ event }) => event.requestId)).toEqual(names)
  })

  it.each(['the same process', 'the next one'])(
    'lets %s give each event once to a store that did not answer',
    async (who) => {
      let isSilent = true
      const { auditEvents } = stores.store
      const silent: AuditEventStore = {
        ...auditEvents,
        append: async (...batch) => {
          const rows = await auditEvents.append(...batch)
          if (isSilent) throw AWAY
          return rows
        },
      }
      const first = openTestAudit(silent, { spool: spool(), sinks: [STDOUT], isServer: false })
      first.log.record(callOf('acme', 'r1'))
      await first.flush(50)
      first.log.record(callOf('acme', 'r2'))
      if (who === 'the next one') await first.close()
      isSilent = false
      const next =
        who === 'the same process'
          ? first
          : openTestAudit(auditEvents, { spool: spool(), sinks: [STDOUT] })
      next.log.record(callOf('acme', 'r3'))
      await next.flush(30_000)
      await next.close()

      const events = await readAll(auditEvents, 'acme')
      expect(events.map(({ event }) => event.requestId)).toEqual(['r1', 'r2', 'r3'])
      expect(await next.verify('acme')).toMatchObject({ events: 3, problems: [] })
    },
  )

  it('counts what a full queue cannot take, and has that on record', async () => {
    const limits = { maxEvents: 5, maxChars: 1_000_000 }
    const audit = openTestAudit(stores.store.auditEvents, { sinks: [STDOUT], limits })
    for (let round = 0; round < 2; round += 1) {
      for (let count = 0; count < 8; count += 1) audit.log.record(callOf('acme'))
      await audit.flush(30_000)
    }
    await audit.close()

    const events = await readAll(stores.store.auditEvents, null)
    const dropped = events.map(({ event }) => ({ ...event }))
    expect(await readAll(stores.store.auditEvents, 'acme')).toHaveLength(10)
    expect(dropped).toContainEqual(
      expect.objectContaining({ type: 'audit.dropped', subject: 'store', count: 3 }),
    )
    expect(dropped).toContainEqual(
      expect.objectContaining({ type: 'audit.dropped', subject: 'sink:stdout' }),
    )
  })

  it.each([
    ['a file', () => writeFileSync(join(folder.path, 'x'), '')],
    [
      'no database',
      () => {
        mkdirSync(join(folder.path, 'x'))
        writeFileSync(join(folder.path, 'x/spool-0.db'), 'no database at all'.repeat(99))
        chmodSync(join(folder.path, 'x/spool-0.db'), 0o600)
      },
    ],
  ])('stops the start where its place is %s', (_name, prepare) => {
    prepare()

    let problem: unknown = null
    try {
      openTestAudit(stores.store.auditEvents, { spool: join(folder.path, 'x') })
    } catch (error) {
      problem = error
    }

    expect(problem).toMatchObject({
      name: 'ConfigError',
      problems: [expect.stringMatching(/^AUDIT_SPOOL .* cannot be used \(.*\): name a folder/)],
    })
  })

  if (kind.kind === 'postgres') {
    it('waits for a database that is away, and moves on when it is back', async () => {
      await using link = await openTcpLink(stores.url)
      const store = await openStore({ url: link.through(stores.url), now: Date.now })
      const audit = openTestAudit(store.auditEvents)
      audit.log.record(callOf('acme', 'before'))
      await audit.flush(30_000)
      await link.cut()
      for (let count = 0; count < 20; count += 1) audit.log.record(callOf('acme', `away ${count}`))
      const isDone = await audit.flush(300)
      await link.mend()
      await audit.flush(60_000)
      await audit.close()
      await store.close()

      const events = await readAll(stores.store.auditEvents, 'acme')
      expect(isDone).toBe(false)
      expect(events).toHaveLength(21)
      expect(audit.lines.filter((line) => line.includes('audit_store_failed'))).toHaveLength(1)
      expect(audit.lines.join()).toContain('audit_store_recovered')
    })
  }
})
