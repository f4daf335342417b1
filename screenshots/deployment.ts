import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDemo } from '../demo/server.ts'
import { assembleAudit } from '../server/audit/assemble.ts'
import { readConfig } from '../server/config.ts'
import { loadConnector, loadPublished } from '../server/connector.ts'
import { createLog } from '../server/log.ts'
import { Secret } from '../server/secret.ts'
import { startConnector } from '../server/start.ts'
import { openStore } from '../server/store/open-store.ts'
import type { Store } from '../server/store/store.ts'
import { recordDay } from './record-day.ts'

const KEY_BYTES = 32

/** A connector before the demo, with a day behind it. */
export type Deployment = {
  readonly origin: string
  readonly store: Store
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** As long as a machine that does something else may take for a day of events. */
const FLUSH_MS = 120_000

/**
 * Starts it, in a temporary folder that goes with it.
 *
 * @param times how busy the day was; a usual one by default
 */
export async function startDeployment(times = 1): Promise<Deployment> {
  const opened = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'sluice-screenshots-'))
  opened.defer(() => rm(folder, { recursive: true }))
  const config = readConfig({
    ...{ PORT: '0', DATABASE_URL: `sqlite:${join(folder, 'sluice.db')}` },
    ...{ AUDIT_SPOOL: join(folder, 'spool'), RATE_LIMIT_PER_MINUTE: '1000' },
  })
  const secretKey = new Secret(randomBytes(KEY_BYTES).toString('base64'))
  const log = createLog({ level: 'warn' })
  const store = await openStore({ url: config.databaseUrl, now: Date.now })
  opened.defer(() => store.close())
  const clock = { now: Date.now() }
  const audit = await assembleAudit({
    ...{ config, connector: config.connector, store, secretKey, log },
    ...{ isServer: false, instanceId: 'yesterday', now: () => clock.now },
  })
  recordDay(audit.log, clock, times)
  await audit.flush(FLUSH_MS)
  await audit.close()

  const demo = await startDemo({ rateLimitPerMinute: Infinity })
  opened.defer(() => demo.close())
  // The consultant decides in both, so that there is something to switch.
  demo.database.exec("UPDATE memberships SET role = 'admin' WHERE member_id = 'mem_06'")
  const { connector, document } = await loadConnector(config.connector)
  const running = await startConnector({
    ...{ config, secretKey, connector, document, log },
    published: await loadPublished(config.connector),
    upstreamUrl: new URL(demo.url),
  })
  opened.defer(running.close)
  return {
    origin: running.publicUrl.origin,
    store,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
