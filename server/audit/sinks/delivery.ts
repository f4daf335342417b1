import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { SinkStatus } from '../../telemetry/status.ts'
import { untilAborted } from '../../until-aborted.ts'
import { chooseWaitMs, type Backoff } from '../backoff.ts'
import type { Outbox } from '../outbox.ts'
import { reasonOf, SinkFailure, type Sink } from './sink.ts'

/** Events in one batch. */
const MAX_BATCH = 500
/** Events that come within this go together. */
const LINGER_MS = 100
/** A sink that failed is left alone for half a second at first, half a minute at last. */
const BACKOFF: Backoff = { baseMs: 500, maxMs: 30_000 }

/** A sink's events on their way, until it is stopped. */
export type Delivery = {
  readonly status: () => SinkStatus
  /**
   * Sends what waits, for at most `graceMs` and until something fails; then the sink is closed. What
   * was not delivered is sent after the next start.
   */
  readonly stop: (graceMs: number) => Promise<void>
}

/**
 * Carries events from a sink's queue to the sink, in order, for as long as it takes: a batch leaves
 * the queue once it is delivered. Each sink has a delivery of its own, so none waits for another.
 *
 * @param options.name the sink's queue, and what log and figures call it
 * @param options.random 0 to 1; spreads tries
 */
export function startDelivery(options: {
  readonly name: string
  readonly sink: Sink
  readonly outbox: Outbox
  readonly log: Logger
  readonly random: () => number
  readonly backoff?: Backoff
}): Delivery {
  const { name, sink, outbox, log, random, backoff = BACKOFF } = options
  const draining = new AbortController()
  const ending = new AbortController()
  const health = watchHealth(name, log)
  let appended = Promise.withResolvers<undefined>()
  const unlisten = outbox.onAppend(() => appended.resolve(undefined))
  let limit = MAX_BATCH
  let refused = 0

  /** @returns whether there was something to deliver */
  async function deliverNext(): Promise<boolean> {
    const entries = outbox.read(name, limit)
    const last = entries.at(-1)
    if (last === undefined) return false
    const batch = entries.map(({ event }) => event)
    const delivered = await untilAborted(sink.deliver(batch, ending.signal), ending.signal)
    outbox.advance(name, last.position)
    limit = Math.min(MAX_BATCH, limit * 2)
    if (delivered.refused > 0) {
      refused += delivered.refused
      log.error({ event: 'audit_sink_refused', sink: name, refused: delivered.refused })
    }
    health.noteSuccess()
    return true
  }

  const isDraining = () => draining.signal.aborted
  const isEnding = () => ending.signal.aborted

  async function run(): Promise<void> {
    let failures = 0
    while (!isEnding()) {
      appended = Promise.withResolvers()
      try {
        // Asked first: what is appended before a stop is read after it.
        const isLast = isDraining()
        const wasBusy = await deliverNext()
        failures = 0
        if (wasBusy) continue
        if (isLast) return
        await untilAborted(appended.promise, draining.signal).catch(ignore)
        await pause(LINGER_MS, draining.signal)
      } catch (error) {
        if (isEnding()) return
        health.noteFailure(reasonOf(error), outbox.countPending(name))
        if (isDraining()) return
        failures += 1
        const failure = error instanceof SinkFailure ? error : null
        if (failure?.isTooLarge === true) limit = Math.max(1, Math.floor(limit / 2))
        const waitMs = chooseWaitMs(backoff, failures, random(), failure?.retryAfterMs ?? null)
        await pause(waitMs, draining.signal)
      }
    }
  }

  const running = run()
  return {
    status: () => ({
      name,
      isHealthy: health.isHealthy(),
      pending: outbox.countPending(name),
      dropped: outbox.countDropped(name) + refused,
    }),
    async stop(graceMs) {
      draining.abort()
      const timer = setTimeout(() => ending.abort(new SinkFailure('stopped')), graceMs)
      await running
      clearTimeout(timer)
      unlisten()
      await sink.close()
    },
  }
}

/** Says once when a sink goes and once when it is back; another reason is said, too. */
function watchHealth(sink: string, log: Logger) {
  let downFor: string | null = null
  return {
    isHealthy: () => downFor === null,
    noteSuccess() {
      if (downFor !== null) log.info({ event: 'audit_sink_back', sink })
      downFor = null
    },
    noteFailure(reason: string, pending: number) {
      if (downFor !== reason) log.warn({ event: 'audit_sink_down', sink, reason, pending })
      downFor = reason
    },
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(ignore)
}

function ignore(): void {
  // An abort is the answer itself.
}
