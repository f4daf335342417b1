import { hostname } from 'node:os'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Secret } from '../secret.ts'
import type { Store } from '../store/store.ts'
import { openAudit, type Audit, type SinksAtWork } from './open-audit.ts'
import type { Outbox } from './outbox.ts'

type AuditOptions = {
  readonly config: Pick<Config, 'audit' | 'otlp'>
  readonly connector: string
  readonly store: Pick<Store, 'auditEvents'>
  readonly secretKey: Secret
  readonly isServer: boolean
  readonly instanceId: string
  readonly log: Logger
  readonly now: () => number
}

/**
 * Opens the audit log of a process, with the sinks of its deployment. Standard output is a sink of a
 * server's only: a command's own output is there, and its events wait until a server takes them over.
 *
 * @param options.connector its name
 * @param options.isServer also takes over what other processes left, and removes what is old
 * @param options.instanceId tells the instances of one deployment apart
 * @throws {ConfigError} where the spool cannot be written
 */
export async function assembleAudit(options: AuditOptions): Promise<Audit> {
  const { config, connector, store, secretKey, isServer, log, now } = options
  const startSinks = await loadSinks(options)
  return openAudit({
    ...{ config: config.audit, connector, secretKey, isServer, log, now },
    store: store.auditEvents,
    ...(startSinks !== null && { startSinks }),
  })
}

/** They are loaded only where there are some. */
async function loadSinks({
  config: { audit, otlp },
  connector,
  isServer,
  instanceId,
  log,
  now,
}: AuditOptions): Promise<((outbox: Outbox) => SinksAtWork) | null> {
  const sinks = audit.sinks.filter(({ kind }) => isServer || kind !== 'stdout')
  if (sinks.length === 0) return null
  const { startSinks } = await import('./sinks/assemble.ts')
  return (outbox) =>
    startSinks({
      ...{ config: { ...audit, sinks }, otlp, connector, instanceId, outbox, log, now },
      ...{ hostname: hostname(), pid: process.pid, stdout: process.stdout },
      random: Math.random,
    })
}
