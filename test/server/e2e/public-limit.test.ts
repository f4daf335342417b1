import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { startChanged, withTool } from '../../support/connectors.ts'
import { credentials, type TestConnector } from '../../support/flowtly.ts'
import { parseRpc, post, type Answer } from '../../support/rpc.ts'

/** Messages of one address in a minute. */
const LIMIT = 60
const BATCH = 20
const PING = { jsonrpc: '2.0', id: 1, method: 'ping' }

let demo: Demo
let connector: TestConnector

beforeEach(async () => {
  demo = await startDemo({ port: 0 })
  connector = await startChanged(
    (shipped) => withTool(shipped, 'taxGroups.list', () => ({ public: true })),
    demo.url,
    { TRUST_PROXY: '1' },
  )
})

afterEach(async () => {
  await connector.close()
  await demo.close()
})

/** Sends a body from an address, as the proxy before the server would say it. */
function send(
  body: unknown,
  forwardedFor: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return post(`${connector.url}/public/mcp`, text, { ...headers, 'x-forwarded-for': forwardedFor })
}

/** Uses up what an address has but for one message. */
async function useUpAlmost(forwardedFor: string): Promise<void> {
  for (let left = LIMIT - 1; left > 0; left -= BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, left) }, (_, id) => ({ ...PING, id }))
    await send(batch, forwardedFor)
  }
}

function remainingOf({ headers }: Answer): string | null {
  return headers.get('x-ratelimit-remaining')
}

describe('an address without a token', () => {
  it('is refused after sixty messages, whatever it sends along, and others are not', async () => {
    await useUpAlmost('198.51.100.7, 203.0.113.1')
    const last = await send(PING, '203.0.113.1')

    const refused = await send(PING, '192.0.2.1, 203.0.113.1', credentials())
    const other = await send(PING, '203.0.113.1, 203.0.113.2')

    const retryAfter = Number(refused.headers.get('retry-after'))
    expect(parseRpc(last.text)).toHaveProperty('result')
    expect(parseRpc(refused.text).error).toMatchObject({
      code: -32000,
      message: 'Rate limit exceeded',
      data: { status: 429, retryAfter },
    })
    expect(retryAfter).toBeGreaterThan(0)
    expect(parseRpc(other.text)).toHaveProperty('result')
    expect([last, refused, other].map(remainingOf)).toEqual(['0', '0', String(LIMIT - 1)])
  })

  it('pays for what is no JSON, and leaves the members their own windows', async () => {
    const broken = await send('{"jsonrpc"', '203.0.113.1')
    const member = await post(`${connector.url}/mcp`, JSON.stringify(PING))

    expect([broken.status, remainingOf(broken)]).toEqual([400, String(LIMIT - 1)])
    expect(remainingOf(member)).not.toBe(String(LIMIT - 2))
    expect(member.headers.get('x-ratelimit-limit')).not.toBe(String(LIMIT))
  })

  it.each([
    ['GET', 405],
    ['OPTIONS', 204],
  ])('is told of the limit where nothing is taken: %s', async (method, status) => {
    const headers = { origin: 'https://any.example', 'access-control-request-method': 'POST' }

    const response = await fetch(`${connector.url}/public/mcp`, { method, headers })

    expect(response.status).toBe(status)
    expect(response.headers.get('x-ratelimit-limit')).toBe(String(LIMIT))
    expect(response.headers.get('x-ratelimit-remaining')).toBe(String(LIMIT))
    expect(response.headers.get('x-ratelimit-reset')).toBe('0')
  })
})
