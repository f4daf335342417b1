import dns from 'node:dns'
import type { Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createTransport, type Transport } from '../../../server/upstream/transport.ts'
import { startRawUpstream, write, writeJson, type RawUpstream } from '../../support/raw-upstream.ts'
import { until } from '../../support/until.ts'
import { toCall } from './call.ts'

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

/** Sends a request, and lets its connection become free again. */
async function send(origin = new URL(upstream.url).origin) {
  const answer = await transport.exchange(toCall({ origin }))
  await nextTurn()
  return answer
}

/** Notes each connection that a request comes by. */
function noteConnections(): ReadonlySet<Socket> {
  const used = new Set<Socket>()
  upstream.answer = (socket) => {
    used.add(socket)
    writeJson(socket, {})
  }
  return used
}

describe('a connection', () => {
  it('carries a thousand requests, and makes room for another', async () => {
    const used = noteConnections()

    for (let count = 0; count < 1_000; count += 1) await send()
    expect(used.size).toBe(1)

    await send()
    expect(used.size).toBe(2)
    await until(() => upstream.open.size === 1)
  })

  it('that nobody uses ends before the upstream would end it', async () => {
    upstream.answer = (socket) => write(socket, '200 OK', { 'keep-alive': 'timeout=3' }, '{}')

    await send()

    expect(upstream.open.size).toBe(1)
    await until(() => upstream.open.size === 0)
  })

  it('that the upstream has ended is replaced', async () => {
    const used = noteConnections()
    await send()
    for (const socket of used) socket.end()
    await until(() => upstream.open.size === 0)

    expect(await send()).toMatchObject({ status: 200 })
    expect(used.size).toBe(2)
  })

  it('is made to the address that the name has then', async () => {
    const asked: string[] = []
    const { lookup } = dns
    const { hostname, port } = new URL(upstream.url)
    type Answer = (error: null, addresses: readonly object[]) => void
    Reflect.set(dns, 'lookup', (name: string, _options: unknown, answer: Answer) => {
      asked.push(name)
      answer(null, [{ address: hostname, family: 4 }])
    })
    try {
      const origin = `http://upstream.test:${port}`
      await send(origin)
      await send(origin)
      expect(asked).toEqual(['upstream.test'])

      for (const socket of upstream.open) socket.end()
      await until(() => upstream.open.size === 0)
      await send(origin)
      expect(asked).toEqual(['upstream.test', 'upstream.test'])
    } finally {
      Reflect.set(dns, 'lookup', lookup)
    }
  })

  it('to one origin leaves room for those to another', async () => {
    upstream.answer = () => undefined
    const stuck = Array.from({ length: 64 }, () => send().catch(() => null))
    await until(() => upstream.open.size === 64)
    const other = await startRawUpstream()

    expect(await send(new URL(other.url).origin)).toMatchObject({ status: 200 })

    await other.close()
    await transport.close()
    await Promise.all(stuck)
  })
})
