import { randomUUID } from 'node:crypto'
import { assembleAudit } from '../audit/assemble.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { AuditFact } from '../audit/event.ts'
import { recordGrantEnds } from '../audit/record-grant-ends.ts'
import { openSpoolFolder } from '../audit/spool-folder.ts'
import type { Config } from '../config.ts'
import { loadConnector } from '../connector.ts'
import { chooseUpstreamUrl, DEMO_PORT, isDemoMode } from '../demo-mode.ts'
import { createLog } from '../log.ts'
import type { Connector } from '../mcp/tool.ts'
import type { Secret } from '../secret.ts'
import { readSecretKey } from '../secret-key.ts'
import { checkConnector, createServices, openCookieKey, type Services } from '../services.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { fitUpstreamCredential } from '../upstream-credential.ts'
import { openUpstreamNetwork } from '../upstream-network.ts'
import { assembleUpstream } from '../upstream/assemble.ts'
import { announce } from './announce.ts'
import type { AskSecrets } from './ask-secrets.ts'
import { UsageError } from './failures.ts'

/** The deployment that a command works on; its parts are opened as they are needed. */
export type Deployment = {
  readonly config: Config
  readonly askSecrets: AskSecrets
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly loadConnector: () => Promise<Connector>
  /**
   * Opens the server's database. For a command that is recorded, the audit log is opened with it,
   * so that nothing is changed that cannot be put on record; each grant that ends is recorded then.
   *
   * @param options.create makes it where there is none; without it, a wrong `DATABASE_URL` is told
   * @throws {StoreError} `absent` and whatever else keeps it closed
   * @throws {ConfigError} where it has to be recorded, and the spool cannot be written or the secret
   *   key is missing or not the server's
   */
  readonly openStore: (options?: { readonly create: boolean }) => Promise<Store>
  /** Puts what was changed on record, as the operator's; it is in the store before the command ends. */
  readonly record: (facts: readonly AuditFact[]) => void
  /** The server's own key. @throws {ConfigError} */
  readonly readSecretKey: () => Promise<Secret>
  /** What needs the secret key, and may ask the upstream. @throws {ConfigError} */
  readonly openServices: (store: Store) => Promise<Services>
  /**
   * Tells running servers of what was changed, where `REDIS_URL` says by which way.
   *
   * @returns what there is to say about it
   */
  readonly announce: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

/**
 * Opens nothing yet.
 *
 * @param options.isRecorded whether the command makes changes that are put on record
 */
export function createDeployment(options: {
  readonly config: Config
  readonly askSecrets: AskSecrets
  readonly now: () => number
  readonly isRecorded: boolean
}): Deployment {
  const { config, now, isRecorded } = options
  let audit: AuditLog | null = null
  const opened: { readonly close: () => Promise<void> }[] = []
  const changing: { readonly store: Store; readonly before: number }[] = []
  const load = async () => (await loadConnector(config.connector)).connector

  /** The whole of what recording needs, tried before a database is opened or made. */
  async function checkRecordable(): Promise<void> {
    await readSecretKey(config)
    openSpoolFolder(config.audit.spool).own.close()
  }

  async function openOwnAudit(store: Store): Promise<AuditLog> {
    const secretKey = await readSecretKey(config)
    // Under another key the ends of all chains would look forged, and be sealed no more.
    await openCookieKey(store, secretKey)
    const connector = await load()
    const own = await assembleAudit({
      ...{ config, connector: connector.name, store, secretKey, now },
      isServer: false,
      instanceId: randomUUID(),
      log: createLog({ level: 'warn' }),
    })
    opened.push(own)
    return { record: (fact) => own.log.record({ ...fact, credential: 'operator' }) }
  }

  return {
    ...options,
    loadConnector: load,
    async openStore({ create } = { create: false }) {
      if (config.databaseUrl === 'sqlite::memory:') throw new UsageError(IN_MEMORY)
      if (isRecorded && create) await checkRecordable()
      const store = await openStore({ url: config.databaseUrl, now, create })
      opened.push(store)
      await checkConnector(store, (await load()).name)
      changing.push({ store, before: await store.switches.revision() })
      if (!isRecorded) return store
      audit ??= await openOwnAudit(store)
      return { ...store, grants: recordGrantEnds(store.grants, audit) }
    },
    readSecretKey: () => readSecretKey(config),
    record(facts) {
      if (audit === null && facts.length > 0)
        throw new Error('a change of a command that makes none')
      for (const fact of facts) audit?.record(fact)
    },
    async openServices(store) {
      const connector = await load()
      const secretKey = await readSecretKey(config)
      const baseUrl = isDemoMode(config)
        ? new URL(`http://127.0.0.1:${DEMO_PORT}/v1`)
        : chooseUpstreamUrl(config, connector.upstream.serverUrl)
      const { upstream, close } = assembleUpstream({
        connector,
        baseUrl,
        credential: fitUpstreamCredential(config, connector),
        timeoutMs: config.upstreamTimeoutMs,
        network: openUpstreamNetwork(config.upstreamNetwork),
      })
      opened.push({ close })
      const publicUrl = config.publicUrl ?? new URL(`http://localhost:${config.port}`)
      return createServices({ config, connector, upstream, store, secretKey, publicUrl, now })
    },
    async announce() {
      const { redisUrl } = config
      if (redisUrl === null || !(await isAnyChanged(changing))) return []
      const isTold = await announce({ redisUrl, connectorName: (await load()).name })
      return isTold ? [] : [NOT_TOLD]
    },
    async close() {
      for (const each of opened.reverse()) await each.close()
    },
  }
}

/** What another operator changes at the same time is announced twice, which costs a look. */
async function isAnyChanged(
  opened: readonly { readonly store: Store; readonly before: number }[],
): Promise<boolean> {
  for (const { store, before } of opened) {
    if ((await store.switches.revision()) !== before) return true
  }
  return false
}

const NOT_TOLD = 'REDIS_URL does not answer: running servers notice by themselves, in two seconds.'
const IN_MEMORY =
  'DATABASE_URL=sqlite::memory: is seen by the server itself only: use a file or PostgreSQL'
