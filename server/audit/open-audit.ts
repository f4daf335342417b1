import type { Logger } from 'pino'
import type { AuditConfig } from '../config.ts'
import { repeat } from '../repeat.ts'
import type { Secret } from '../secret.ts'
import type { AuditEventStore } from '../store/audit-events.ts'
import type { AuditStatus, SinkStatus } from '../telemetry/status.ts'
import type { AuditLog } from './audit-log.ts'
import { createChainSeal } from './chain.ts'
import type { Outbox } from './outbox.ts'
import { createRecorder, type Unwritten } from './record.ts'
import { pruneChains } from './retention.ts'
import { toSinkKey } from './sink-key.ts'
import type { SpoolLimits } from './spool.ts'
import { openSpoolFolder } from './spool-folder.ts'
import { createSpoolOutbox } from './spool-outbox.ts'
import { createWriter } from './writer.ts'

/** How often what ended processes left is looked for. */
const ADOPT_INTERVAL_MS = 10_000
/** Of losses that go on, an event tells this often. */
const LOSS_INTERVAL_MS = 60_000
/** How often events are looked for that are older than the retention. */
const PRUNE_INTERVAL_MS = 3_600_000
/** How long a stop waits for the store; what is not moved by then is moved by the next process. */
const FLUSH_MS = 5_000

/** What carries events from the outbox to their sinks. */
export type SinksAtWork = {
  readonly status: () => readonly SinkStatus[]
  /** Sends what waits, as long as it wants to, and ends. */
  readonly close: () => Promise<void>
}

/** The audit log of a process, with what moves its events on. */
export type Audit = {
  readonly log: AuditLog
  readonly outbox: Outbox
  readonly status: () => AuditStatus
  /** Moves what was recorded into the store. @returns whether all of it was moved in that time */
  readonly flush: (limitMs: number) => Promise<boolean>
  /** Moves into the store what it takes within five seconds, lets the sinks end, and ends. */
  readonly close: () => Promise<void>
}

/**
 * Opens the audit log: from then on, events are on disk once they are recorded, and move from there
 * into the store and to the sinks.
 *
 * @param options.connector its name
 * @param options.startSinks begins to carry events to sinks; without it they wait for a process that does
 * @param options.isServer also takes over what other processes left, removes what is older than the
 *   retention, and keeps on doing both
 * @throws {ConfigError} where the spool cannot be written
 */
export function openAudit(options: {
  readonly config: AuditConfig
  readonly connector: string
  readonly store: Pick<AuditEventStore, 'append' | 'listChains' | 'prune'>
  readonly secretKey: Secret
  readonly isServer: boolean
  readonly startSinks?: (outbox: Outbox) => SinksAtWork
  readonly log: Logger
  readonly now: () => number
  readonly limits?: SpoolLimits
}): Audit {
  const { config, connector, store, secretKey, isServer, startSinks, log, now, limits } = options
  const { own: spool, adopt } = openSpoolFolder(config.spool, limits)
  const outbox = createSpoolOutbox({ spool, log })
  const sinks = config.sinks.map(toSinkKey)
  const seal = createChainSeal(Buffer.from(secretKey.reveal(), 'base64'))
  const told = new Map<string, number>()
  const writer = createWriter({
    ...{ spool, store, seal, sinks, log },
    random: Math.random,
    onMoved: () => {
      outbox.announce()
      tellLosses(LOSS_INTERVAL_MS)
    },
  })
  const recorder = createRecorder({
    ...{ spool, connector, log, now },
    onRecord: () => writer.wake(),
  })

  /** What the disk does not take now stays to be told, here or by the next process. */
  function tellLosses(intervalMs: number): void {
    try {
      tellEach(intervalMs)
    } catch (error) {
      log.warn({ event: 'audit_loss_untold', err: error })
    }
  }

  function tellEach(intervalMs: number): void {
    for (const loss of spool.readLosses()) {
      const last = told.get(loss.name) ?? 0
      if (now() - last < intervalMs) continue
      told.set(loss.name, now())
      log.error({ event: 'audit_dropped', name: loss.name, count: loss.count })
      recorder.recordLoss(loss)
    }
  }

  /** The store may have room where the disk of this instance has none. */
  async function storeUnwritten({ events, lost }: Unwritten): Promise<void> {
    const stored = await writer.storeLast(events)
    if (stored > 0) log.error({ event: 'audit_not_sent', count: stored })
    const count = events.length - stored + lost
    if (count > 0) log.fatal({ event: 'audit_lost', count })
  }

  /** Of a sink that is not set any more, nobody will ever ask for its events. */
  function dropStrangers(): void {
    for (const sink of spool.listSinks()) {
      if (sinks.includes(sink)) continue
      const count = spool.removeSink(sink)
      recorder.record({
        type: 'audit.dropped',
        outcome: 'failure',
        reason: 'sink_removed',
        subject: `sink:${sink}`,
        count,
      })
    }
  }

  async function lookAfter(): Promise<void> {
    try {
      const adopted = await adopt()
      if (adopted > 0) log.info({ event: 'audit_adopted', count: adopted })
      dropStrangers()
      tellLosses(LOSS_INTERVAL_MS)
      writer.wake()
      outbox.announce()
    } catch (error) {
      log.warn({ event: 'audit_adoption_failed', err: error })
    }
  }

  async function prune(): Promise<void> {
    try {
      await pruneChains({
        ...{ store, seal, audit: recorder, retentionDays: config.retentionDays, log },
        now: now(),
        isStopping: () => isStopping,
      })
    } catch (error) {
      log.warn({ event: 'audit_retention_failed', err: error })
    }
  }

  let isStopping = false
  const stops = isServer
    ? [repeat(prune, PRUNE_INTERVAL_MS), repeat(lookAfter, ADOPT_INTERVAL_MS)]
    : []
  writer.wake()
  const atWork = startSinks?.(outbox) ?? null

  return {
    log: recorder,
    outbox,
    status: () => ({
      pending: spool.countInbox() + recorder.countHeld(),
      isSpoolWritable: recorder.isSpoolWritable(),
      lost: spool.countLost() + recorder.countLost(),
      sinks: atWork?.status() ?? [],
    }),
    flush: (limitMs) => writer.flush(limitMs),
    async close() {
      isStopping = true
      await Promise.all(stops.map((stop) => stop()))
      const unwritten = recorder.close()
      tellLosses(0)
      const isDone = await writer.flush(FLUSH_MS)
      if (!isDone) log.warn({ event: 'audit_left', count: spool.countInbox() })
      await writer.close()
      await storeUnwritten(unwritten)
      await atWork?.close()
      spool.close()
    },
  }
}
