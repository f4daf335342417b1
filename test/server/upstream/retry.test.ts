import type { Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { UpstreamCall } from '../../../server/upstream/carrier.ts'
import { withRetry, type Retry } from '../../../server/upstream/retry.ts'
import { createTransport, type Transport } from '../../../server/upstream/transport.ts'
import { startRawUpstream, write, writeJson, type RawUpstream } from '../../support/raw-upstream.ts'
import { until } from '../../support/until.ts'
import { errorOf, toCall } from './call.ts'
import { createTestClock, type TestClock } from './test-clock.ts'

type Answer = (socket: Socket) => void

let upstream: RawUpstream
let transport: Transport
let clock: TestClock
let retry: Retry

beforeEach(async () => {
  upstream = await startRawUpstream()
  transport = createTransport({ maxBodyBytes: () => 1_000 })
  clock = createTestClock()
  retry = withRetry(transport, clock)
})

afterEach(async () => {
  await transport.close()
  await upstream.close()
})

function send(changes: Partial<UpstreamCall> = {}) {
  return retry.exchange(toCall({ origin: new URL(upstream.url).origin, ...changes }))
}

/** Makes the upstream answer the first requests so, and the ones after them well. */
function answerFirst(...answers: readonly Answer[]): void {
  upstream.answer = (socket) => {
    const answer = answers[upstream.requests.length - 1]
    if (answer === undefined) writeJson(socket, { data: [] })
    else answer(socket)
  }
}

function status(line: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return (socket) => write(socket, line, headers, '')
}

const brokenBody: Answer = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"d')
  setTimeout(() => socket.resetAndDestroy(), 20)
}

const PASSING: readonly (readonly [string, Answer])[] = [
  ['a reset', (socket) => void socket.resetAndDestroy()],
  ['a close before the answer', (socket) => void socket.destroy()],
  ['a reset in the middle of the body', brokenBody],
  ['502', status('502 Bad Gateway')],
  ['503', status('503 Unavailable')],
  ['504', status('504 Too Late')],
]

const LASTING: readonly (readonly [string, Answer])[] = [
  ['200', status('200 OK')],
  ['302', status('302 Found', { location: '/' })],
  ['400', status('400 Bad Request')],
  ['401', status('401 Unauthorized')],
  ['404', status('404 Not Found')],
  ['429', status('429 Too Many Requests', { 'retry-after': '0' })],
  ['500', status('500 Oops')],
  ['501', status('501 Not Implemented')],
  ['what is no HTTP', (socket) => void socket.end('SSH-2.0-x\r\n')],
]

describe('a call that meets what passes', () => {
  it.each(PASSING)('is repeated after %s', async (_what, answer) => {
    answerFirst(answer)

    expect(await send()).toMatchObject({ status: 200 })
    expect(upstream.requests).toHaveLength(2)
  })

  it.each(PASSING)('is given up after the third %s', async (_what, answer) => {
    answerFirst(answer, answer, answer, answer)

    const outcome = await send().catch((error: unknown) => error)

    expect(outcome).not.toMatchObject({ status: 200 })
    expect(upstream.requests).toHaveLength(3)
  })

  it.each(PASSING)('is not repeated after %s if it is a sign-in', async (_what, answer) => {
    answerFirst(answer)

    await send({ isRepeatable: false }).catch(() => undefined)

    expect(upstream.requests).toHaveLength(1)
  })

  it('is repeated with the same method and body', async () => {
    const heads: string[] = []
    upstream.answer = (socket, head) => {
      heads.push(head)
      if (heads.length === 1) status('503 Unavailable')(socket)
      else writeJson(socket, {})
    }

    await send({ method: 'POST', body: '{"name":"x"}', headers: { 'x-request-id': 'r1' } })

    expect(heads).toHaveLength(2)
    expect(heads[1]).toBe(heads[0])
  })

  it('is repeated where nobody listens', async () => {
    await upstream.close()

    expect(await errorOf(send())).toMatchObject({ status: 502, connection: 'unreachable' })
    expect(clock.waits).toHaveLength(2)
  })
})

describe('a call that meets what lasts', () => {
  it.each(LASTING)('is sent once for %s', async (_what, answer) => {
    answerFirst(answer)

    await send().catch(() => undefined)

    expect(upstream.requests).toHaveLength(1)
  })
})

describe('the pause between tries', () => {
  it('is anywhere below 250 ms, then below 500 ms', async () => {
    answerFirst(status('503 Unavailable'), status('503 Unavailable'))

    await send()

    expect(clock.waits).toEqual([125, 250])
  })

  it.each([
    ['in seconds', '7', 7_000],
    ['as a date', 'Fri, 02 Jan 2026 12:00:03 GMT', 3_000],
    ['of nothing', '0', 125],
    ['of nonsense', 'soon', 125],
  ])('respects a Retry-After %s', async (_how, retryAfter, pauseMs) => {
    answerFirst(status('503 Unavailable', { 'retry-after': retryAfter }))

    expect(await send()).toMatchObject({ status: 200 })
    expect(clock.waits).toEqual([pauseMs])
  })

  it('is not begun where Retry-After is longer than what is left', async () => {
    answerFirst(status('503 Unavailable', { 'retry-after': '31' }))

    expect(await send()).toMatchObject({ status: 503, retryAfter: '31' })
    expect(upstream.requests).toHaveLength(1)
    expect(clock.waits).toEqual([])
  })

  it('is not begun where a try as long as the last would come too late', async () => {
    answerFirst((socket) => {
      clock.advance(16_000)
      status('504 Too Late')(socket)
    })

    expect(await send()).toMatchObject({ status: 504 })
    expect(upstream.requests).toHaveLength(1)
  })

  it('ends when the client leaves', async () => {
    const gone = new AbortController()
    const patient = withRetry(transport, {
      ...clock,
      wait: (_ms, signal) =>
        new Promise((_resolve, reject) => {
          const left = new Error('the client left')
          signal.addEventListener('abort', () => reject(left))
          gone.abort(left)
        }),
    })
    answerFirst(status('503 Unavailable'))

    const origin = new URL(upstream.url).origin
    const call = patient.exchange(toCall({ origin, signal: gone.signal }))

    await expect(call).rejects.toThrow('the client left')
    expect(upstream.requests).toHaveLength(1)
  })

  it('is not begun for a client who left before the answer', async () => {
    const gone = new AbortController()
    upstream.answer = () => undefined
    const call = send({ signal: gone.signal })
    await until(() => upstream.requests.length === 1)

    gone.abort(new Error('the client left'))

    await expect(call).rejects.toThrow('the client left')
    expect(clock.waits).toEqual([])
  })
})

describe('the budget of retries', () => {
  it('adds ten in ten seconds, and a fifth of the calls', async () => {
    upstream.answer = status('503 Unavailable')

    for (let count = 0; count < 50; count += 1) await send()

    expect(upstream.requests).toHaveLength(50 + 10 + 50 / 5)
    expect(retry.retries()).toBe(20)
  })

  it('is there again ten seconds later', async () => {
    upstream.answer = status('503 Unavailable')
    for (let count = 0; count < 50; count += 1) await send({ deadlineAt: 1_000_000 })
    clock.advance(10_000)
    upstream.requests.length = 0

    await send({ deadlineAt: 1_000_000 })

    expect(upstream.requests).toHaveLength(3)
  })
})
