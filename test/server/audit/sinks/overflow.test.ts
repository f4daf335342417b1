import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { AuditEvent } from '../../../../server/audit/event.ts'
import { openAudit, type Audit } from '../../../../server/audit/open-audit.ts'
import { startSinks } from '../../../../server/audit/sinks/assemble.ts'
import { readConfig } from '../../../../server/config.ts'
import { startHttpReceiver, type HttpReceiver } from '../../../support/audit/http-receiver.ts'
import { createRecordedLog } from '../../../support/audit/recorded-log.ts'
import { TEST_SECRET_KEY } from '../../../support/flowtly.ts'
import { openTestStores, storeKinds, type TestStores } from '../../../support/stores.ts'
import { until } from '../../../support/until.ts'
import { callOf, readAll } from '../fixture.ts'

/** What a queue holds here, and how many events come at once. */
const ROOM = 20
const AT_ONCE = 5
/** Of losses that go on, an event tells each minute. */
const MINUTE_MS = 60_000

type Seen = Partial<AuditEvent>

function parseSeen(line: string): Seen {
  const event: unknown = JSON.parse(line)
  if (typeof event !== 'object' || event === null) throw new Error(`no event: ${line}`)
  return event
}

describe.each(storeKinds)('a sink that is down, with $kind', (kind) => {
  let stores: TestStores
  let hook: HttpReceiver
  let folder: string
  let path: string
  let audit: Audit
  let now: number
  const { log, text: logged } = createRecordedLog()
  beforeEach(async () => {
    stores = await openTestStores(kind)
    hook = await startHttpReceiver({ tls: true })
    hook.reply(() => ({ status: 503 }))
    folder = await mkdtemp(join(tmpdir(), 'sluice-overflow-'))
    path = join(folder, 'audit.jsonl')
    now = Date.now()
    const { audit: config } = readConfig({
      AUDIT_SINKS: `${hook.origin}/events,file:${path}`,
      AUDIT_SINK_KEY: 'signs-what-is-posted',
      AUDIT_SPOOL: join(folder, 'spool'),
    })
    audit = openAudit({
      ...{ config, connector: 'flowtly', store: stores.store.auditEvents, log, now: () => now },
      ...{ secretKey: TEST_SECRET_KEY, isServer: true },
      limits: { maxEvents: ROOM, maxChars: 1_000_000 },
      startSinks: (outbox) =>
        startSinks({
          ...{ config, otlp: null, connector: 'flowtly', outbox, log, now: Date.now, ca: hook.ca },
          ...{ hostname: 'host-1', pid: 7, instanceId: 'instance-1', stdout: new PassThrough() },
          ...{ random: Math.random, backoff: { baseMs: 5, maxMs: 20 } },
        }),
    })
  })
  afterEach(async () => {
    await hook.close()
    await stores.close()
    await rm(folder, { recursive: true })
  })

  const statusOf = (name: string) =>
    audit.status().sinks.find((sink) => sink.name.startsWith(name)) ?? { pending: -1, dropped: -1 }

  /** As many as come at once; waits until the file has them, and they are told of. */
  async function record(): Promise<void> {
    for (let count = 0; count < AT_ONCE; count += 1) audit.log.record(callOf('acme'))
    await settle()
  }

  async function settle(): Promise<void> {
    await audit.flush(30_000)
    await until(() => audit.status().pending === 0 && statusOf('file:').pending === 0)
  }

  const readLines = (text: string): readonly Seen[] =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map(parseSeen)
  const isDropped = ({ type, subject }: Seen) =>
    type === 'audit.dropped' && subject?.startsWith(`sink:${hook.origin}`) === true
  const countAll = (events: readonly Seen[]) =>
    events.reduce((sum, { count }) => sum + Number(count), 0)

  it('gets what its queue has room for; of the rest there is an event, in the store and in a sink that works', async () => {
    for (let round = 0; round < 8; round += 1) await record()
    const down = [statusOf('https:'), statusOf('file:')]
    const taken = new Set<string>()
    hook.reply(({ body }) => {
      for (const { id } of readLines(body)) taken.add(String(id))
      return { status: 200 }
    })
    await until(() => statusOf('https:').pending === 0)
    now += MINUTE_MS
    await record()
    await settle()
    await until(() => statusOf('https:').pending === 0)
    const { dropped } = statusOf('https:')
    await audit.close()

    const stored = (
      await Promise.all(['acme', null].map((each) => readAll(stores.store.auditEvents, each)))
    )
      .flat()
      .map(({ body }) => parseSeen(body))
    const written = readLines(await readFile(path, 'utf8'))
    const told = stored.filter(isDropped)
    expect(down).toMatchObject([
      { isHealthy: false, pending: ROOM },
      { isHealthy: true, pending: 0, dropped: 0 },
    ])
    expect(told[0]).toMatchObject({ outcome: 'failure', reason: 'spool_full' })
    expect(written.filter(isDropped).map(({ id }) => id)).toEqual(told.map(({ id }) => id))
    expect(countAll(told)).toBe(dropped)
    expect(stored.filter(({ id }) => !taken.has(String(id)))).toHaveLength(dropped)
    expect(written.map(({ id }) => id).toSorted()).toEqual(stored.map(({ id }) => id).toSorted())
    expect(logged()).toContain('"audit_dropped"')
  }, 60_000)
})
