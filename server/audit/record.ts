import type { Logger } from 'pino'
import type { AuditLog } from './audit-log.ts'
import { completeEvent } from './complete-event.ts'
import type { AuditEvent, AuditFact } from './event.ts'
import { createEventId } from './event-id.ts'
import type { Loss, Spool } from './spool.ts'

/** How many events wait in memory while the spool cannot be written. */
const MAX_HELD = 10_000
/** How often it is tried again. */
const RETRY_MS = 1_000

/** What ends with the process unless somebody else takes it. */
export type Unwritten = {
  readonly events: readonly AuditEvent[]
  /** How many more there was no room for in memory. */
  readonly lost: number
}

/** The beginning of every event's way. */
export interface Recorder extends AuditLog {
  /** Records that events were lost, and how many. */
  recordLoss(loss: Loss): void
  /** How many are held in memory, because the spool cannot be written. */
  countHeld(): number
  /** Whether the spool took what was recorded last. */
  isSpoolWritable(): boolean
  /** How many there was no room for in memory, since the start. */
  countLost(): number
  /** Tries once more to write what is held, and ends. @returns what the spool still does not take */
  close(): Unwritten
}

/**
 * Writes every event into the spool before `record` returns. A spool that cannot be written, on a
 * full disk for example, is tried again; so long, events are held in memory.
 *
 * @param options.onRecord is called after each event
 */
export function createRecorder(options: {
  readonly spool: Pick<Spool, 'record' | 'addLoss' | 'tellLoss'>
  readonly connector: string
  readonly log: Logger
  readonly now: () => number
  readonly onRecord: () => void
}): Recorder {
  const { spool, connector, log, now, onRecord } = options
  const held: AuditEvent[] = []
  let lost = 0
  let lostInAll = 0
  let retry: NodeJS.Timeout | null = null

  /** @returns whether nothing is held any more */
  function writeHeld(): boolean {
    if (held.length === 0 && lost === 0) return true
    try {
      let event = held[0]
      while (event !== undefined) {
        spool.record(event)
        held.shift()
        event = held[0]
      }
      if (lost > 0) spool.addLoss('', lost)
      lost = 0
    } catch {
      return false
    }
    log.info({ event: 'audit_spool_recovered' })
    if (retry !== null) clearInterval(retry)
    retry = null
    onRecord()
    return true
  }

  function hold(event: AuditEvent, error: unknown): void {
    if (held.length < MAX_HELD) held.push(event)
    else {
      lost += 1
      lostInAll += 1
    }
    if (retry !== null) return
    log.error({ event: 'audit_spool_failed', err: error })
    retry = setInterval(writeHeld, RETRY_MS)
    retry.unref()
  }

  function toEvent(fact: AuditFact): AuditEvent {
    const time = now()
    return completeEvent(fact, { id: createEventId(time), time, connector })
  }

  return {
    record(fact) {
      const event = toEvent(fact)
      if (held.length > 0) {
        hold(event, null)
        return
      }
      try {
        spool.record(event)
      } catch (error) {
        hold(event, error)
        return
      }
      onRecord()
    },
    recordLoss(loss) {
      const subject = loss.name === '' ? 'store' : `sink:${loss.name}`
      const fact = { type: 'audit.dropped', outcome: 'failure', reason: 'spool_full' } as const
      spool.tellLoss(loss, JSON.stringify(toEvent({ ...fact, subject, count: loss.count })))
      onRecord()
    },
    countHeld: () => held.length,
    isSpoolWritable: () => held.length === 0 && lost === 0,
    countLost: () => lostInAll,
    close() {
      if (retry !== null) clearInterval(retry)
      writeHeld()
      return { events: held, lost }
    },
  }
}
