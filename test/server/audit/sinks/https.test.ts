import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createHttpsSink } from '../../../../server/audit/sinks/https.ts'
import type { AuditFormat } from '../../../../server/config-sinks.ts'
import { Secret } from '../../../../server/secret.ts'
import {
  startHttpReceiver,
  type HttpReceiver,
  type ReceivedPost,
} from '../../../support/audit/http-receiver.ts'
import { idOf } from '../../../support/audit/id-of.ts'
import { numberedEvents, SEALED_CALL } from '../../../support/audit/sealed-events.ts'
import { startTestDelivery, type TestDelivery } from '../../../support/audit/test-delivery.ts'
import { until } from '../../../support/until.ts'

const KEY = 'signs-what-is-posted'
const NOW = 1_800_000_123_456

describe('the https sink', () => {
  let receiver: HttpReceiver
  let running: TestDelivery | null = null

  beforeEach(async () => {
    receiver = await startHttpReceiver({ tls: true })
  })

  afterEach(async () => {
    await running?.stop(0)
    running = null
    await receiver.close()
  })

  function start(path = '/in', format: AuditFormat = 'json'): TestDelivery {
    const sink = createHttpsSink({
      url: new URL(path, receiver.origin),
      format,
      key: new Secret(KEY),
      ca: receiver.ca,
      now: () => NOW,
    })
    running = startTestDelivery(sink)
    return running
  }

  it('posts lines that are signed with the time of the post', async () => {
    const { outbox, isDone } = start('/in?source=1')

    outbox.append(numberedEvents(1, 3))
    await until(isDone)

    const [post] = receiver.posts
    expect(post?.url).toBe('/in?source=1')
    expect(post?.method).toBe('POST')
    expect(post?.headers['content-type']).toBe('application/x-ndjson')
    expect(post?.headers['x-sluice-timestamp']).toBe('1800000123')
    expect(post?.headers['x-sluice-signature']).toBe(
      `sha256=${createHmac('sha256', KEY).update(`1800000123.${post?.body}`).digest('hex')}`,
    )
    expect(idsOf(receiver.posts)).toEqual(['event-1', 'event-2', 'event-3'])
  })

  it.each([
    ['cef', 'text/plain; charset=utf-8', /^CEF:0\|/],
    ['ocsf', 'application/x-ndjson', /^\{"activity_id":2/],
  ] as const)('posts %s, too', async (format, mediaType, line) => {
    const { outbox, isDone } = start('/in', format)

    outbox.append([SEALED_CALL])
    await until(isDone)

    expect(receiver.posts[0]?.headers['content-type']).toBe(mediaType)
    expect(receiver.posts[0]?.body).toMatch(line)
  })

  it.each([
    ['answers 500', { status: 500 }, 'status_500'],
    ['answers 429', { status: 429 }, 'status_429'],
    ['answers 403', { status: 403, body: 'token=hunter2' }, 'status_403'],
    ['answers with a redirect', { status: 307, headers: { location: '/other' } }, 'status_307'],
    ['hangs up', 'cut', 'UND_ERR_SOCKET'],
  ] as const)('repeats the same batch to a receiver that %s', async (_, reply, reason) => {
    receiver.reply(() => (receiver.posts.length <= 2 ? reply : { status: 204 }))
    const { outbox, isDone, linesOf, status } = start()

    outbox.append(numberedEvents(1, 2))
    await until(isDone)

    const [first, second, third] = receiver.posts
    expect(receiver.posts).toHaveLength(3)
    expect(new Set([first?.body, second?.body, third?.body]).size).toBe(1)
    expect(new Set(receiver.posts.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    expect(linesOf('audit_sink_down')).toEqual([expect.objectContaining({ reason })])
    expect(linesOf('audit_sink_back')).toHaveLength(1)
    expect(status()).toEqual({ name: 'test', isHealthy: true, pending: 0, dropped: 0 })
  })

  it('takes an answer for given however long it is', async () => {
    receiver.reply(() => ({ status: 200, body: 'x'.repeat(1_000_000) }))
    const { outbox, isDone } = start()

    outbox.append(numberedEvents(1, 1))
    await until(isDone)

    expect(receiver.posts).toHaveLength(1)
  })

  it('leaves a receiver alone for as long as it asks', async () => {
    receiver.reply(() =>
      receiver.posts.length === 1
        ? { status: 503, headers: { 'retry-after': '1' } }
        : { status: 200 },
    )
    const { outbox, isDone, status } = start()

    outbox.append(numberedEvents(1, 1))
    await until(() => !status().isHealthy)
    const downAt = performance.now()
    await until(isDone)

    expect(performance.now() - downAt).toBeGreaterThan(900)
  })

  it('makes a batch smaller that is too large', async () => {
    receiver.reply(({ body }) => ({ status: body.length > 20_000 ? 413 : 200 }))
    const { outbox, isDone } = start()

    outbox.append(numberedEvents(1, 300))
    await until(isDone)

    const taken = receiver.posts.filter(({ body }) => body.length <= 20_000)
    expect(idsOf(taken)).toEqual(numberedEvents(1, 300).map(({ id }) => id))
  })

  it('signs in with the user of its URL and shows none of it', async () => {
    receiver.reply(() => ({ status: receiver.posts.length === 1 ? 401 : 200 }))
    const url = receiver.origin.replace('://', '://siem:hunter%402@')
    const { outbox, isDone, text, status } = start(`${url}/in?token=hunter3`)

    outbox.append([SEALED_CALL])
    await until(isDone)

    expect(receiver.posts[0]?.headers.authorization).toBe(`Basic ${btoa('siem:hunter@2')}`)
    expect(text()).toContain('status_401')
    expect(text() + JSON.stringify(status())).not.toMatch(/hunter|siem/)
  })

  it('sends nothing to a server whose certificate nobody vouches for', async () => {
    const sink = createHttpsSink({
      url: new URL('/in', receiver.origin),
      format: 'json',
      key: new Secret(KEY),
      now: Date.now,
    })
    running = startTestDelivery(sink)

    running.outbox.append([SEALED_CALL])
    await until(() => running?.status().isHealthy === false)

    expect(receiver.posts).toEqual([])
    expect(running.linesOf('audit_sink_down')[0]).toMatchObject({
      reason: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    })
  })

  it('stops in bounded time when the receiver never answers, and keeps the batch', async () => {
    receiver.reply(() => 'hang')
    const { outbox, stop } = start()

    outbox.append(numberedEvents(1, 2))
    await until(() => receiver.posts.length === 1)
    await stop(50)

    expect(outbox.countPending('test')).toBe(2)
  })
})

function idsOf(posts: readonly ReceivedPost[]): readonly string[] {
  return posts.flatMap(({ body }) => body.trimEnd().split('\n').map(idOf))
}
