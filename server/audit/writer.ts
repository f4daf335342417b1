import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { AuditEventStore } from '../store/audit-events.ts'
import { chooseWaitMs, type Backoff } from './backoff.ts'
import { chainOf, countChains, extendChains, toSealedJson, type ChainSeal } from './chain.ts'
import type { AuditEvent } from './event.ts'
import { parseEvent } from './event-schema.ts'
import type { Spool } from './spool.ts'

/** Events of so long are written together; of longer after a batch that had many. */
const GATHER_MS = 50
const GATHER_MANY_MS = 100
const MANY = 10
/** Of events that are read back from the disk. */
const MAX_BATCH = 500
/** How long a store that is away is left alone. */
const BACKOFF: Backoff = { baseMs: 500, maxMs: 10_000 }

/** Moves events from the spool into the store. */
export interface Writer {
  /** There is something to move. */
  wake(): void
  /** Moves what is there, for at most so long. @returns whether all of it was moved */
  flush(limitMs: number): Promise<boolean>
  /** Waits for what runs, and ends. */
  close(): Promise<void>
  /**
   * Brings events into the store that no spool takes, after everything else; no sink gets them.
   *
   * @returns how many of them the store has now
   */
  storeLast(events: readonly AuditEvent[]): Promise<number>
}

/**
 * Moves events from a spool into the store, in batches: each event gets there exactly once, and
 * from there into the queue of every sink at least once. The store may be away for as long as the
 * spool has room.
 *
 * @param options.sinks their keys
 * @param options.onMoved is called after each batch
 */
export function createWriter(options: {
  readonly spool: Pick<
    Spool,
    'takeRecorded' | 'finishRecorded' | 'take' | 'finish' | 'countInbox' | 'shrink'
  >
  readonly store: Pick<AuditEventStore, 'append'>
  readonly seal: ChainSeal
  readonly sinks: readonly string[]
  readonly log: Logger
  readonly random: () => number
  readonly onMoved: () => void
}): Writer {
  const { spool, store, seal, sinks, log, random, onMoved } = options
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> | null = null
  let failures = 0
  let lastBatch = 0
  let isClosed = false

  /** @returns how many there were */
  async function moveBatch(): Promise<number> {
    const recorded = spool.takeRecorded()
    if (recorded !== null) {
      spool.finishRecorded(await append(recorded.events, recorded.isTried), sinks)
      return recorded.events.length
    }
    const entries = spool.take(MAX_BATCH)
    const lastPosition = entries.at(-1)?.position
    if (lastPosition === undefined) return 0
    const events = readEvents(entries.map(({ body }) => body))
    spool.finish(lastPosition, await append(events, true), sinks)
    return entries.length
  }

  function readEvents(bodies: readonly string[]): readonly AuditEvent[] {
    const events = new Map<string, AuditEvent>()
    for (const body of bodies) {
      const event = parseEvent(body)
      if (event === null) log.error({ event: 'audit_unreadable' })
      else events.set(event.id, event)
    }
    return [...events.values()]
  }

  /**
   * @param isTried where the store may have them already
   * @returns what sinks get
   */
  async function append(
    events: readonly AuditEvent[],
    isTried: boolean,
  ): Promise<readonly string[]> {
    if (events.length === 0) return []
    const onBroken = (organization: string) => log.error({ event: 'audit_altered', organization })
    const rows = await store.append(
      isTried ? events.map(({ id }) => id) : [],
      [...new Set(events.map(chainOf))],
      (before) => extendChains(before, { events, seal, onBroken }),
      (before, added) => countChains(before, added, seal),
    )
    if (sinks.length === 0) return []
    return rows.toSorted((one, other) => one.sequence - other.sequence).map(toSealedJson)
  }

  /**
   * Moves a batch, and as many more as are whole: what came meanwhile is gathered, for a batch costs
   * as much as a hundred events of it.
   *
   * @returns whether the store took them
   */
  async function move(): Promise<boolean> {
    try {
      do {
        lastBatch = await moveBatch()
        if (failures > 0) log.info({ event: 'audit_store_recovered' })
        failures = 0
        onMoved()
        await turn()
      } while (spool.countInbox() >= MAX_BATCH && !isClosed)
      spool.shrink()
      return true
    } catch (error) {
      if (failures === 0) log.warn({ event: 'audit_store_failed', err: error })
      failures += 1
      return false
    }
  }

  const gatherMs = () => (lastBatch > MANY ? GATHER_MANY_MS : GATHER_MS)
  const backoff = () => GATHER_MS + chooseWaitMs(BACKOFF, failures, random(), null)

  function schedule(delayMs: number): void {
    if (timer !== null || running !== null || isClosed) return
    timer = setTimeout(() => {
      timer = null
      void run()
    }, delayMs)
    timer.unref()
  }

  /** One at a time: a second one would move the same events. */
  async function run(): Promise<void> {
    running ??= move().then((isDone) => {
      running = null
      if (!isDone) schedule(backoff())
      else if (spool.countInbox() > 0) schedule(gatherMs())
    })
    await running
  }

  return {
    wake() {
      schedule(gatherMs())
    },
    async flush(limitMs) {
      const deadline = performance.now() + limitMs
      for (;;) {
        const left = deadline - performance.now()
        if (spool.countInbox() === 0 && running === null) return true
        if (left <= 0) return false
        await waitAtMost(run(), left)
        if (failures > 0)
          await sleep(Math.min(backoff(), Math.max(0, deadline - performance.now())))
      }
    },
    async close() {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      await running
    },
    async storeLast(events) {
      let stored = 0
      try {
        for (let from = 0; from < events.length; from += MAX_BATCH) {
          const batch = events.slice(from, from + MAX_BATCH)
          await append(batch, true)
          stored += batch.length
        }
      } catch (error) {
        log.warn({ event: 'audit_store_failed', err: error })
      }
      return stored
    },
  }
}

/** Its own clock ends with the work: it would keep a process alive. */
async function waitAtMost(work: Promise<void>, limitMs: number): Promise<void> {
  const over = new AbortController()
  const clock = sleep(limitMs, undefined, { signal: over.signal }).catch(() => undefined)
  await Promise.race([work, clock])
  over.abort()
}
