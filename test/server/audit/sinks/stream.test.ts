import { PassThrough, Writable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { createStreamSink } from '../../../../server/audit/sinks/stream.ts'
import { numberedEvents } from '../../../support/audit/sealed-events.ts'
import { startTestDelivery } from '../../../support/audit/test-delivery.ts'
import { until } from '../../../support/until.ts'

describe('the stdout sink', () => {
  it('writes a line for each event and leaves the stream open', async () => {
    const stream = new PassThrough()
    const { outbox, isDone, stop } = startTestDelivery(createStreamSink({ stream, format: 'cef' }))

    outbox.append(numberedEvents(1, 3))
    await until(isDone)
    await stop(1_000)

    expect(String(stream.read()).match(/^CEF:0\|.*\n/gm)).toHaveLength(3)
    expect(stream.writable).toBe(true)
  })

  it('takes an event for delivered once the reader has taken it, and stops without it', async () => {
    const stream = new PassThrough({ highWaterMark: 10 })
    const sink = createStreamSink({ stream, format: 'json' })
    const { outbox, stop, status } = startTestDelivery(sink)

    outbox.append(numberedEvents(1, 2_000))
    await until(() => stream.readableLength > 0)
    await stop(50)

    expect(status().pending).toBeGreaterThanOrEqual(1_000)
  })

  it('goes down with a reader that is gone, and takes nothing with it', async () => {
    const stream = new Writable({
      write: (_, __, done) => done(Object.assign(new Error('write'), { code: 'EPIPE' })),
    })
    const sink = createStreamSink({ stream, format: 'json' })
    const { outbox, stop, status, linesOf } = startTestDelivery(sink)

    outbox.append(numberedEvents(1, 1))
    await until(() => !status().isHealthy)

    expect(status().pending).toBe(1)
    expect(linesOf('audit_sink_down')[0]).toMatchObject({ reason: 'EPIPE' })
    await stop(0)
  })
})
