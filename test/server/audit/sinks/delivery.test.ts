import { describe, expect, it } from '@jest/globals'
import type { SealedEvent } from '../../../../server/audit/sealed-event.ts'
import { chooseWaitMs } from '../../../../server/audit/backoff.ts'
import { reasonOf, SinkFailure, type Sink } from '../../../../server/audit/sinks/sink.ts'
import { createMemoryOutbox } from '../../../support/audit/memory-outbox.ts'
import { numberedEvents } from '../../../support/audit/sealed-events.ts'
import { startTestDelivery } from '../../../support/audit/test-delivery.ts'
import { until } from '../../../support/until.ts'

/** A receiver that does what a test says. */
function createSink(answer: (batch: readonly SealedEvent[]) => Promise<void>) {
  const taken: string[] = []
  const state = { isClosed: false }
  const sink: Sink = {
    async deliver(batch) {
      await answer(batch)
      taken.push(...batch.map(({ id }) => id))
      return { refused: 0 }
    },
    close() {
      state.isClosed = true
      return Promise.resolve()
    },
  }
  return { sink, taken, state }
}

const never = () => new Promise<void>(() => undefined)

function ids(from: number, count: number): readonly string[] {
  return numberedEvents(from, count).map(({ id }) => id)
}

describe('a delivery', () => {
  it('tries again until it gets through, in order', async () => {
    let tries = 0
    const { sink, taken } = createSink(() => {
      tries += 1
      return tries % 3 === 0 ? Promise.resolve() : Promise.reject(new SinkFailure(`try_${tries}`))
    })
    const { outbox, isDone, stop } = startTestDelivery(sink)

    for (let from = 1; from < 40; from += 10) outbox.append(numberedEvents(from, 10))
    await until(isDone)
    outbox.append(numberedEvents(41, 1))
    await until(isDone)

    expect(taken).toEqual(ids(1, 41))
    await stop(0)
  })

  it('says each reason once, however often it fails', async () => {
    let tries = 0
    const { sink } = createSink(() => {
      tries += 1
      if (tries > 9) return Promise.resolve()
      return Promise.reject(new SinkFailure(tries > 5 ? 'later' : 'first'))
    })
    const { outbox, isDone, linesOf, stop } = startTestDelivery(sink)

    outbox.append(numberedEvents(1, 1))
    await until(isDone)

    expect(linesOf('audit_sink_down').map(({ reason }) => reason)).toEqual(['first', 'later'])
    expect(linesOf('audit_sink_back')).toHaveLength(1)
    await stop(0)
  })

  it('holds up no other while its receiver hangs', async () => {
    const stuck = startTestDelivery(createSink(never).sink)
    const { sink, taken } = createSink(() => Promise.resolve())
    const free = startTestDelivery(sink)

    stuck.outbox.append(numberedEvents(1, 5))
    free.outbox.append(numberedEvents(1, 1_000))
    await until(free.isDone)

    expect(taken).toEqual(ids(1, 1_000))
    expect(stuck.status().pending).toBe(5)
    await Promise.all([stuck.stop(10), free.stop(10)])
  })

  it('stops in bounded time, closes its sink, and leaves the rest to the next start', async () => {
    const outbox = createMemoryOutbox()
    const hanging = createSink(never)
    const first = startTestDelivery(hanging.sink, outbox)
    outbox.append(numberedEvents(1, 700))
    await first.stop(20)

    expect(hanging.state.isClosed).toBe(true)
    expect(outbox.countPending('test')).toBe(700)

    const { sink, taken } = createSink(() => Promise.resolve())
    const next = startTestDelivery(sink, outbox)
    await until(next.isDone)
    expect(taken).toEqual(ids(1, 700))
    await next.stop(0)
  })

  it('sends what waits when it is stopped', async () => {
    const { sink, taken } = createSink(() => Promise.resolve())
    const { outbox, stop } = startTestDelivery(sink)

    outbox.append(numberedEvents(1, 1_200))
    await stop(2_000)

    expect(taken).toEqual(ids(1, 1_200))
  })

  it('tries once more when it is stopped, however long it was to wait', async () => {
    let tries = 0
    const { sink } = createSink(() => {
      tries += 1
      return Promise.reject(new SinkFailure('down', { retryAfterMs: 60_000 }))
    })
    const { outbox, stop } = startTestDelivery(sink)

    outbox.append(numberedEvents(1, 1))
    await until(() => tries === 1)
    await stop(60_000)

    expect(tries).toBe(2)
  })

  it('outlives a queue that cannot be read', async () => {
    const { sink, taken } = createSink(() => Promise.resolve())
    const outbox = createMemoryOutbox()
    let reads = 0
    const broken = {
      ...outbox,
      read: (name: string, limit: number) => {
        reads += 1
        if (reads < 4) throw Object.assign(new Error('/var/spool'), { code: 'SQLITE_IOERR' })
        return outbox.read(name, limit)
      },
    }
    const { isDone, linesOf, stop } = startTestDelivery(sink, broken)

    outbox.append(numberedEvents(1, 1))
    await until(isDone)

    expect(taken).toEqual(ids(1, 1))
    expect(linesOf('audit_sink_down')[0]).toMatchObject({ reason: 'SQLITE_IOERR' })
    await stop(0)
  })
})

describe('chooseWaitMs', () => {
  const backoff = { baseMs: 100, maxMs: 1_000 }

  it.each([
    [1, 1, null, 100],
    [2, 1, null, 200],
    [3, 0.5, null, 200],
    [9, 1, null, 1_000],
    [100_000, 1, null, 1_000],
    [1, 0, null, 0],
    [1, 1, 5_000, 5_000],
    [9, 1, 500, 1_000],
    [1, 1, 86_400_000, 300_000],
  ])(
    'after %d failures, with %d and an asked %p, waits %d ms',
    (failures, random, asked, waitMs) => {
      expect(chooseWaitMs(backoff, failures, random, asked)).toBe(waitMs)
    },
  )
})

describe('reasonOf', () => {
  it.each([
    [new SinkFailure('status_500'), 'status_500'],
    [Object.assign(new Error('https://u:p@host'), { code: 'ECONNRESET' }), 'ECONNRESET'],
    [Object.assign(new Error('x'), { code: 'https://u:p@host' }), 'unknown'],
    [new DOMException('x', 'TimeoutError'), 'timeout'],
    [new Error('https://u:p@host'), 'unknown'],
    ['https://u:p@host', 'unknown'],
    [null, 'unknown'],
  ])('says no more of %p than %s', (error, reason) => {
    expect(reasonOf(error)).toBe(reason)
  })
})
