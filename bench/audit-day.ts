import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createChainSeal } from '../server/audit/chain.ts'
import { openAudit } from '../server/audit/open-audit.ts'
import { startSinks } from '../server/audit/sinks/assemble.ts'
import { verifyChain } from '../server/audit/verify.ts'
import { readConfig } from '../server/config.ts'
import { createLog } from '../server/log.ts'
import { Secret } from '../server/secret.ts'
import { openStore } from '../server/store/open-store.ts'
import { startHttpReceiver } from '../test/support/audit/http-receiver.ts'
import { idOf } from '../test/support/audit/id-of.ts'
import { startSyslogReceiver } from '../test/support/audit/syslog-receiver.ts'

const ORGANIZATIONS = 7
/** The web hook answers every so many requests with a 503. */
const FAILS_EVERY = 5

/** What became of a day of events. */
export type AuditDay = {
  readonly recorded: number
  /** Rows of the store, over all chains. */
  readonly stored: number
  /** Chains that do not verify. */
  readonly broken: number
  /** Different events that each receiver has, and how many it got in all. */
  readonly https: { readonly events: number; readonly lines: number }
  readonly syslog: { readonly events: number; readonly lines: number }
  readonly dropped: number
  /** Longest time that one `record` took. */
  readonly slowestRecordMs: number
  readonly seconds: number
}

/**
 * Sends a number of events, in bursts, of several organizations through spool, store and two sinks
 * whose receivers fail now and then, and counts what is where at the end.
 */
export async function runAuditDay(events: number, limitMs: number): Promise<AuditDay> {
  const startedAt = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'sluice-audit-day-'))
  const web = await startHttpReceiver({ tls: false })
  const syslog = await startSyslogReceiver({ tls: false })
  web.reply(() => ({ status: web.posts.length % FAILS_EVERY === 0 ? 503 : 200 }))
  const { audit: config } = readConfig({
    AUDIT_SINKS: `${web.origin}/in,syslog+tcp://localhost:${syslog.port}`,
    AUDIT_SINK_KEY: 'signs-what-is-posted',
    AUDIT_SPOOL: join(folder, 'spool'),
  })
  const store = await openStore({ url: `sqlite:${join(folder, 'day.db')}`, now: Date.now })
  const secretKey = new Secret(Buffer.alloc(32, 1).toString('base64'))
  const log = createLog({ level: 'silent' })
  const audit = openAudit({
    ...{ config, connector: 'flowtly', store: store.auditEvents, secretKey, isServer: true, log },
    now: Date.now,
    startSinks: (outbox) =>
      startSinks({
        ...{ config, otlp: null, connector: 'flowtly', hostname: 'soak', pid: process.pid },
        ...{ instanceId: randomUUID(), stdout: process.stdout, outbox, log },
        ...{ now: Date.now, random: Math.random, backoff: { baseMs: 20, maxMs: 200 } },
      }),
  })
  let slowestRecordMs = 0
  for (let index = 0; index < events; index += 1) {
    const before = performance.now()
    audit.log.record({
      ...{ type: 'mcp.request', outcome: 'success', method: 'tools/call', tool: 'invoices.list' },
      ...{ organization: `org-${index % ORGANIZATIONS}`, requestId: String(index) },
    })
    slowestRecordMs = Math.max(slowestRecordMs, performance.now() - before)
    if (index % 400 === 399) await wait(index % 4_000 === 3_999 ? 20 : 1)
    if (index % 20_000 === 19_999) syslog.reset()
  }
  const isDone = () => audit.status().sinks.every(({ pending }) => pending === 0)
  const deadline = performance.now() + limitMs
  await audit.flush(limitMs)
  while (!isDone() && performance.now() < deadline) await wait(20)
  const { sinks } = audit.status()
  await audit.close()
  const seal = createChainSeal(Buffer.from(secretKey.reveal(), 'base64'))
  let stored = 0
  let broken = 0
  for (const chain of await store.auditEvents.listChains()) {
    const report = await verifyChain(store.auditEvents, seal, chain)
    if (report.problems.length > 0) broken += 1
    stored += report.events
  }
  const posted = web.posts
    .filter((_, index) => (index + 1) % FAILS_EVERY !== 0)
    .flatMap(({ body }) => body.trimEnd().split('\n').map(idOf))
  const logged = syslog.messages.map(({ text }) => idOf(text))
  await store.close()
  await web.close()
  await syslog.away()
  await rm(folder, { recursive: true, force: true })
  return {
    ...{ recorded: events, stored, broken },
    https: { events: new Set(posted).size, lines: posted.length },
    syslog: { events: new Set(logged).size, lines: logged.length },
    dropped: sinks.reduce((sum, each) => sum + each.dropped, 0),
    slowestRecordMs: Math.round(slowestRecordMs),
    seconds: Math.round((performance.now() - startedAt) / 1000),
  }
}
