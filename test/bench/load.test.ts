import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { loadClosed } from '../../bench/load/closed-loop.ts'
import { readCpuSeconds } from '../../bench/load/cpu-time.ts'
import { loadOpen } from '../../bench/load/open-loop.ts'
import { toRequest, type Shot } from '../../bench/load/shot.ts'
import { portOf } from '../support/port.ts'

const LARGE = 'x'.repeat(300_000)

let server: Server
let port: number
let received: string[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      received.push(body)
      response.statusCode = body.includes('"bad"') ? 500 : 200
      // Without a length, for the head is gone before the body is known.
      if (body.includes('"chunked"')) response.flushHeaders()
      response.end(/"(?:large|chunked)"/.test(body) ? LARGE : body)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = portOf(server)
})

afterAll(() => void server.close())

function shot(name: string, length: number): Shot {
  const request = toRequest({ authorization: 'Bearer x' }, JSON.stringify({ name }))
  return { request, isRight: ({ status, body }) => status === 200 && body.length === length }
}

describe.each([
  ['closed loop', (next: () => Shot) => loadClosed({ port, connections: 3, requests: 50, next })],
  ['open loop', (next: () => Shot) => loadOpen({ port, ratePerSecond: 500, seconds: 0.1, next })],
])('%s', (_name, load) => {
  it('sends each request once and reads answers of any size', async () => {
    received = []

    const result = await load(() => shot('large', LARGE.length))

    expect(result).toMatchObject({ requests: 50, wrong: [] })
    expect(result.times).toHaveLength(50)
    expect(received).toEqual(Array.from({ length: 50 }, () => '{"name":"large"}'))
  })

  it('reads answers that come in chunks', async () => {
    const { wrong } = await load(() => shot('chunked', LARGE.length))

    expect(wrong).toEqual([])
  })

  it('shows answers that are wrong', async () => {
    const { wrong } = await load(() => shot('bad', 14))

    expect(wrong).toContain('500 {"name":"bad"}')
  })
})

const onLinux = process.platform === 'linux' ? it : it.skip

onLinux('reads the processor time of this process', () => {
  const before = readCpuSeconds([process.pid])
  const until = performance.now() + 100
  while (performance.now() < until);

  expect(readCpuSeconds([process.pid])).toBeGreaterThan(before)
})
