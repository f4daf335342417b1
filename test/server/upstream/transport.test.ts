import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { UpstreamFailure } from '../../../server/upstream/failure.ts'
import { createTransport, type Transport } from '../../../server/upstream/transport.ts'
import { startRawUpstream, write, type RawUpstream } from '../../support/raw-upstream.ts'
import { until } from '../../support/until.ts'

let upstream: RawUpstream
let transport: Transport

beforeEach(async () => {
  upstream = await startRawUpstream()
  transport = createTransport({ maxBodyBytes: () => 1_000 })
})

afterEach(async () => {
  await transport.close()
  await upstream.close()
})

function send(target = '/x', signal = new AbortController().signal) {
  const { origin } = new URL(upstream.url)
  return transport.exchange({ origin, method: 'GET', target, headers: {}, body: null, signal })
}

describe('createTransport', () => {
  it('sends the target byte for byte', async () => {
    await send('/v1/a%2Fb/%2e?q=%20+,&r=[]')

    expect(upstream.requests).toEqual(['GET /v1/a%2Fb/%2e?q=%20+,&r=[] HTTP/1.1'])
  })

  it('gives status, type and body as they came', async () => {
    upstream.answer = (socket) =>
      write(socket, '418 Teapot', { 'content-type': 'text/x', 'retry-after': '3' }, 'short')

    expect(await send()).toEqual({
      status: 418,
      contentType: 'text/x',
      contentEncoding: 'identity',
      contentDisposition: null,
      contentLength: 5,
      retryAfter: '3',
      body: Buffer.from('short'),
    })
  })

  it.each([
    ['that says its length', (body: string) => `content-length: ${body.length}\r\n\r\n${body}`],
    [
      'in chunks',
      (body: string) =>
        `transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    ],
  ])('reads a body %s up to its limit, and gives a larger one up', async (_how, write) => {
    const answerWith = (bytes: number) => {
      upstream.answer = (socket) =>
        void socket.write(`HTTP/1.1 200 OK\r\n${write('x'.repeat(bytes))}`)
    }

    answerWith(1_000)
    expect((await send()).body).toHaveLength(1_000)

    answerWith(1_001)
    expect((await send()).body).toBeNull()
    await until(() => upstream.open.size === 0)
  })

  it('waits for no byte of a body that says it is too large', async () => {
    upstream.answer = (socket) =>
      void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n')

    expect(await send()).toMatchObject({ contentLength: 1_001, body: null })
    await until(() => upstream.open.size === 0)
  })

  it('takes the length of an answer to HEAD for no body', async () => {
    upstream.answer = (socket) =>
      void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n')

    const answer = await transport.exchange({
      origin: new URL(upstream.url).origin,
      method: 'HEAD',
      target: '/x',
      headers: {},
      body: null,
      signal: new AbortController().signal,
    })

    expect(answer.body).toHaveLength(0)
  })

  it('keeps connections for the next requests', async () => {
    for (let count = 0; count < 20; count += 1) await send()

    expect(upstream.open.size).toBeLessThanOrEqual(2)
  })

  it('holds 64 connections and a bounded queue, and refuses the rest at once', async () => {
    upstream.answer = () => undefined
    const calls = Array.from({ length: 64 + 256 + 10 }, () => send())
    const outcomes = calls.map((call) =>
      call.then(
        () => 'answered',
        (error: unknown) => error,
      ),
    )
    await until(() => upstream.open.size === 64)

    const refused = await Promise.race(outcomes)

    expect(refused).toMatchObject({ name: 'UpstreamFailure', status: 503 })
    await transport.close()
    const settled = await Promise.all(outcomes)
    expect(settled.filter(isBusy)).toHaveLength(10)
    expect(upstream.requests).toHaveLength(64)
  })

  it('rejects with the reason of the signal', async () => {
    upstream.answer = () => undefined
    const gone = new AbortController()
    const call = send('/x', gone.signal)
    await until(() => upstream.requests.length === 1)

    gone.abort(new Error('the client left'))

    await expect(call).rejects.toThrow('the client left')
    await until(() => upstream.open.size === 0)
  })
})

function isBusy(outcome: unknown): boolean {
  return outcome instanceof UpstreamFailure && outcome.status === 503
}
