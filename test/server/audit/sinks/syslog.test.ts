import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createSyslogSink } from '../../../../server/audit/sinks/syslog.ts'
import type { Sink } from '../../../../server/audit/sinks/sink.ts'
import { idOf } from '../../../support/audit/id-of.ts'
import { createMemoryOutbox } from '../../../support/audit/memory-outbox.ts'
import { numberedEvents, SEALED_CALL } from '../../../support/audit/sealed-events.ts'
import { startSyslogReceiver, type SyslogReceiver } from '../../../support/audit/syslog-receiver.ts'
import { startTestDelivery, type TestDelivery } from '../../../support/audit/test-delivery.ts'
import { until } from '../../../support/until.ts'

describe.each([
  ['syslog+tls', true],
  ['syslog+tcp', false],
])('%s', (_, tls) => {
  let receiver: SyslogReceiver
  let running: TestDelivery | null = null

  beforeEach(async () => {
    receiver = await startSyslogReceiver({ tls })
  })

  afterEach(async () => {
    await running?.stop(0)
    running = null
    await receiver.away()
    expect(receiver.problems).toEqual([])
  })

  function createSink(ca = receiver.ca): Sink {
    return createSyslogSink({
      target: { host: 'localhost', port: receiver.port, tls, ca },
      format: 'json',
      origin: { hostname: 'host-1', pid: 7 },
      now: Date.now,
    })
  }

  function start(outbox = createMemoryOutbox()): TestDelivery {
    running = startTestDelivery(createSink(), outbox)
    return running
  }

  function received(): readonly string[] {
    return receiver.messages.map(({ text }) => idOf(text))
  }

  function ids(from: number, count: number): readonly string[] {
    return numberedEvents(from, count).map(({ id }) => id)
  }

  it('delivers in order, over one connection', async () => {
    const { outbox, isDone } = start()

    outbox.append(numberedEvents(1, 1200))
    await until(isDone)
    outbox.append(numberedEvents(1201, 3))
    await until(() => receiver.messages.length === 1203)

    expect(received()).toEqual(ids(1, 1203))
    expect(receiver.countConnections()).toBe(1)
    expect(receiver.messages[0]).toMatchObject({ facility: 13, msgId: 'mcp.request' })
  })

  it('waits for a receiver that is away, says so once, and loses nothing', async () => {
    await receiver.away()
    const { outbox, status, linesOf } = start()

    outbox.append(numberedEvents(1, 50))
    await until(() => !status().isHealthy)
    expect(status()).toMatchObject({ isHealthy: false, pending: 50 })
    await receiver.listen()
    await until(() => receiver.messages.length === 50)
    await until(() => status().isHealthy)

    expect(received()).toEqual(ids(1, 50))
    expect(linesOf('audit_sink_down')).toEqual([
      expect.objectContaining({ sink: 'test', reason: 'ECONNREFUSED', pending: 50 }),
    ])
    expect(linesOf('audit_sink_back')).toHaveLength(1)
  })

  it.each(['reset', 'hangUp'] as const)(
    'loses nothing to a connection that ends by %s',
    async (how) => {
      const { outbox, isDone } = start()

      for (let from = 1; from <= 400; from += 20) {
        outbox.append(numberedEvents(from, 20))
        await until(isDone)
        if (from % 100 === 1) receiver[how]()
      }
      await until(() => new Set(received()).size === 400)

      expect(inOrder(received())).toEqual(ids(1, 400))
      expect(receiver.countConnections()).toBeGreaterThan(1)
    },
  )

  it('sends what a connection had taken just before it died, at the latest when it stops', async () => {
    const { outbox, isDone, stop } = start()

    outbox.append(numberedEvents(1, 5))
    await until(isDone)
    receiver.reset()
    await until(() => receiver.messages.length === 5)
    await new Promise((resolve) => setTimeout(resolve, 50))
    await stop(1_000)
    await until(() => receiver.messages.length === 10)

    expect(received()).toEqual([...ids(1, 5), ...ids(1, 5)])
  })

  it('stops in bounded time when the receiver does not read, and the next start delivers', async () => {
    const { outbox, stop, status } = start()
    receiver.pause()

    // More than the buffers between two sockets of one machine hold.
    const wide = numberedEvents(1, 3_000).map((event) => ({ ...event, route: 'x'.repeat(5_000) }))
    outbox.append(wide)
    await until(() => receiver.countConnections() > 0)
    const startedAt = performance.now()
    await stop(200)

    expect(performance.now() - startedAt).toBeLessThan(5_000)
    expect(status().pending).toBeGreaterThan(0)

    receiver.resume()
    const next = start(outbox)
    await until(next.isDone)
    await until(() => new Set(received()).size === 3_000)
  })
})

it('sends nothing to a server whose certificate nobody vouches for', async () => {
  const receiver = await startSyslogReceiver({ tls: true })
  const { outbox, status, stop, linesOf } = startTestDelivery(
    createSyslogSink({
      target: { host: 'localhost', port: receiver.port, tls: true },
      format: 'json',
      origin: { hostname: 'host-1', pid: 7 },
      now: Date.now,
    }),
  )

  outbox.append([SEALED_CALL])
  await until(() => !status().isHealthy)

  expect(receiver.messages).toEqual([])
  expect(linesOf('audit_sink_down')[0]).toMatchObject({ reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  await stop(0)
  await receiver.away()
})

/** Each id where it came first. */
function inOrder(received: readonly string[]): readonly string[] {
  return [...new Set(received)]
}
