import type { Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { credentials, startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import { startRawUpstream, write, writeJson, type RawUpstream } from '../../support/raw-upstream.ts'
import { callTool, modernRpc, post, rpc } from '../../support/rpc.ts'
import { until } from '../../support/until.ts'

const PROBLEM = { 'content-type': 'application/problem+json' }
const SECRET_TEXT = 'at handler (/srv/app.js:1:2) db-1.internal:5432 <h1>Oops</h1>'

let upstream: RawUpstream
let connector: TestConnector

beforeAll(async () => {
  upstream = await startRawUpstream()
  connector = await startFlowtly(upstream.url, { UPSTREAM_TIMEOUT_MS: '800' })
})

beforeEach(() => {
  upstream.requests.length = 0
})

afterAll(async () => {
  await connector.close()
  await upstream.close()
})

function problem(status: string, extra: Readonly<Record<string, string>> = {}) {
  const body = JSON.stringify({
    title: 'Forbidden',
    detail: 'Members may not.',
    secret: SECRET_TEXT,
  })
  return (socket: Socket) => write(socket, status, { ...PROBLEM, ...extra }, body)
}

type Row = readonly [
  fault: string,
  answer: (socket: Socket) => void,
  data: Readonly<Record<string, unknown>>,
]

const FACTS = { title: 'Forbidden', detail: 'Members may not.' }

const FAULTS: readonly Row[] = [
  ['a reset before the answer', (socket) => socket.resetAndDestroy(), { status: 502 }],
  ['a close before the answer', (socket) => socket.destroy(), { status: 502 }],
  [
    'a reset in the middle of the body',
    (socket) => {
      socket.write(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"d',
      )
      setTimeout(() => socket.resetAndDestroy(), 20)
    },
    { status: 502 },
  ],
  ['no answer in time', () => undefined, { status: 504 }],
  [
    'a body that stands still',
    (socket) =>
      socket.write(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
      ),
    { status: 504 },
  ],
  ['no HTTP at all', (socket) => socket.end('SSH-2.0-x\r\n'), { status: 502 }],
  ['400', problem('400 Bad Request'), { status: 400, ...FACTS }],
  ['401', problem('401 Unauthorized'), { status: 401, ...FACTS }],
  ['403', problem('403 Forbidden'), { status: 403, ...FACTS }],
  ['404', problem('404 Not Found'), { status: 404, ...FACTS }],
  [
    '429 with Retry-After',
    problem('429 Too Many Requests', { 'retry-after': '7' }),
    { status: 429, ...FACTS, retryAfter: 7 },
  ],
  [
    '500 with HTML',
    (socket) => write(socket, '500 Oops', { 'content-type': 'text/html' }, SECRET_TEXT),
    { status: 500 },
  ],
  ['500 with a problem document', problem('500 Oops'), { status: 500 }],
  [
    '503 with Retry-After',
    problem('503 Unavailable', { 'retry-after': '30' }),
    { status: 503, retryAfter: 30 },
  ],
  [
    '200 with broken JSON',
    (socket) => write(socket, '200 OK', { 'content-type': 'application/json' }, '{"data": ['),
    { status: 502 },
  ],
  [
    '200 with HTML',
    (socket) => write(socket, '200 OK', { 'content-type': 'text/html' }, SECRET_TEXT),
    { status: 502 },
  ],
  [
    '200 with bytes that are not UTF-8',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 3\r\n\r\n')
      socket.write(Buffer.from([0x22, 0xff, 0x22]))
    },
    { status: 502 },
  ],
  [
    '200 with an encoding that nobody asked for',
    (socket) =>
      write(
        socket,
        '200 OK',
        { 'content-type': 'application/json', 'content-encoding': 'zstd' },
        'x',
      ),
    { status: 502 },
  ],
  [
    '200 with a body that is not in its encoding',
    (socket) =>
      write(
        socket,
        '200 OK',
        { 'content-type': 'application/json', 'content-encoding': 'br' },
        '{"data": []}',
      ),
    { status: 502 },
  ],
  [
    '200 with a list that nests too deeply',
    (socket) => {
      const deep = `{"data":[{"id":${'['.repeat(50_000)}${']'.repeat(50_000)}}]}`
      write(socket, '200 OK', { 'content-type': 'application/json' }, deep)
    },
    { status: 502 },
  ],
  [
    '200 with another shape than the document says',
    (socket) => writeJson(socket, [{ id: 1, secret: SECRET_TEXT }]),
    { status: 502 },
  ],
  [
    'a redirect to another host',
    (socket) => write(socket, '302 Found', { location: 'http://127.0.0.1:9/steal' }, ''),
    { status: 302 },
  ],
]

describe('an upstream that fails', () => {
  it.each(FAULTS)('with %s is told as -32000 in both eras', async (_fault, answer, data) => {
    upstream.answer = answer

    const legacy = await callTool(connector.url, 'invoices.list')
    const modern = await modernRpc(connector.url, 'tools/call', { name: 'invoices.list' })

    const error = {
      code: -32_000,
      message: 'Upstream Flowtly API failed',
      data: { ...data, requestId: expect.any(String) },
    }
    expect(legacy).toEqual({ status: 200, jsonrpc: '2.0', id: 'test', error })
    expect(modern).toEqual({ status: 200, jsonrpc: '2.0', id: 1, error })
    for (const leak of ['handler', 'db-1.internal', ':5432', 'Oops', '127.0.0.1', 'location']) {
      expect(JSON.stringify([legacy, modern])).not.toContain(leak)
    }
  })

  it('with an endless body is given up, and its connection closed', async () => {
    upstream.answer = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n["')
      const chunk = 'x'.repeat(256 * 1024)
      const more = () => {
        while (!socket.destroyed && socket.write(chunk));
      }
      socket.on('drain', more)
      more()
    }

    const answer = await callTool(connector.url, 'invoices.list')

    expect(answer.error?.data).toMatchObject({ status: 502 })
    const keptForTheCaller = 2
    await until(() => upstream.open.size <= keptForTheCaller)
  })

  it('gets no second request for a redirect', async () => {
    upstream.answer = (socket) => write(socket, '307 Temporary', { location: '/v1/elsewhere' }, '')

    await callTool(connector.url, 'invoices.list')

    expect(upstream.requests).toEqual([expect.stringMatching(/^GET \/v1\/invoices\?/)])
  })

  it('by refusing connections is told as 502', async () => {
    await using gone = await startRawUpstream()
    await using alone = await startFlowtly(gone.url)
    await callTool(alone.url, 'invoices.list')
    await gone.close()

    const answer = await callTool(alone.url, 'invoices.list')

    expect(answer.error).toMatchObject({ code: -32_000, data: { status: 502 } })
  })

  it('before it could check the credentials is told with the id that was asked', async () => {
    await using alone = await startFlowtly('http://127.0.0.1:1')

    const answer = await rpc(alone.url, 'initialize', { protocolVersion: '2024-11-05' })

    expect(answer).toMatchObject({
      status: 200,
      id: 'test',
      error: { code: -32_000, data: { status: 502 } },
    })
  })

  it('before it could check the credentials answers no more than was asked', async () => {
    await using alone = await startFlowtly('http://127.0.0.1:1')
    const send = (message: unknown) => post(`${alone.url}/mcp`, JSON.stringify(message))
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' }
    const notification = { jsonrpc: '2.0', method: 'notifications/initialized' }

    const batch = await send([ping, notification, { ...ping, id: 2 }])
    const long = await send(Array.from({ length: 1_000 }, () => ping))
    const silent = await send(notification)
    const broken = await post(`${alone.url}/mcp`, '{')

    expect(JSON.parse(batch.text)).toMatchObject([{ id: 1 }, { id: 2 }])
    expect(JSON.parse(long.text)).toMatchObject({ id: null, error: { code: -32_000 } })
    expect(silent).toMatchObject({ status: 202, text: '' })
    expect(JSON.parse(broken.text)).toMatchObject({ id: null, error: { code: -32_700 } })
  })

  it('once does not fail the next call', async () => {
    upstream.answer = (socket) => socket.resetAndDestroy()
    await callTool(connector.url, 'invoices.list')
    upstream.answer = (socket) => writeJson(socket, { data: [] })

    const answer = await callTool(connector.url, 'invoices.list')

    expect(answer.result?.content?.[0]?.text).toBe('{"data":[]}')
  })
})

describe('a client that disconnects', () => {
  it('ends the upstream call', async () => {
    const asked = Promise.withResolvers<Socket>()
    upstream.answer = (socket) => asked.resolve(socket)
    await using patient = await startFlowtly(upstream.url)
    const gone = new AbortController()
    const call = callToolUntil(patient.url, gone.signal)
    const socket = await asked.promise
    const closed = Promise.withResolvers<undefined>()
    socket.on('close', () => closed.resolve(undefined))

    gone.abort()

    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    await closed.promise
  })
})

describe('a client that disconnects while its credentials are checked', () => {
  it('sends nothing on', async () => {
    await using slow = await startRawUpstream()
    await using connector = await startFlowtly(slow.url)
    const waiting: (() => void)[] = []
    slow.beforeKnown = () => new Promise((resolve) => waiting.push(resolve))
    const gone = new AbortController()
    const call = callToolUntil(connector.url, gone.signal)
    await until(() => waiting.length === 2)

    gone.abort()
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    for (const goOn of waiting) goOn()
    await until(() => connector.log.some((line) => line.includes('"status":499')))

    expect(slow.requests).toEqual([])
  })
})

async function callToolUntil(url: string, signal: AbortSignal): Promise<Response> {
  return fetch(`${url}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...credentials() },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'invoices.list' },
    }),
    signal,
  })
}
