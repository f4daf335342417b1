import type { Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { credentials, startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import { startRawUpstream, write, writeJson, type RawUpstream } from '../../support/raw-upstream.ts'
import { callTool, MODERN_META, post } from '../../support/rpc.ts'
import { until } from '../../support/until.ts'

let upstream: RawUpstream
let connector: TestConnector
let heads: string[]

beforeAll(async () => {
  upstream = await startRawUpstream()
  connector = await startFlowtly(upstream.url, { RATE_LIMIT_PER_MINUTE: '10000' })
})

beforeEach(() => {
  heads = []
  upstream.requests.length = 0
  upstream.answer = (socket, head) => {
    heads.push(head)
    writeJson(socket, { data: [] })
  }
})

afterAll(async () => {
  await connector.close()
  await upstream.close()
})

/** Refuses the first so many requests with a status, then answers. */
function refuseFirst(count: number, status: string): void {
  upstream.answer = (socket) => {
    if (upstream.requests.length <= count) write(socket, status, {}, '')
    else writeJson(socket, { data: [] })
  }
}

describe('a call of a tool', () => {
  it.each(['502 Bad Gateway', '503 Unavailable', '504 Too Late'])(
    'succeeds after two answers of %s',
    async (status) => {
      refuseFirst(2, status)

      const answer = await callTool(connector.url, 'invoices.list')

      expect(answer.result?.content?.[0]?.text).toBe('{"data":[]}')
      expect(upstream.requests).toHaveLength(3)
    },
  )

  it('tells when to come back where the upstream asks for more time than there is', async () => {
    upstream.answer = (socket) => write(socket, '503 Unavailable', { 'retry-after': '600' }, '')

    const answer = await callTool(connector.url, 'invoices.list')

    expect(answer.error).toMatchObject({ code: -32_000, data: { status: 503, retryAfter: 600 } })
    expect(upstream.requests).toHaveLength(1)
  })

  it('has one deadline with all its tries', async () => {
    await using slow = await startRawUpstream()
    await using impatient = await startFlowtly(slow.url, { UPSTREAM_TIMEOUT_MS: '1500' })
    slow.answer = (socket) => {
      if (slow.requests.length === 1) setTimeout(() => write(socket, '503 Wait', {}, ''), 500)
    }
    const startedAt = performance.now()

    const answer = await callTool(impatient.url, 'invoices.list')

    expect(answer.error).toMatchObject({ code: -32_000, data: { status: 504 } })
    expect(slow.requests).toHaveLength(2)
    // The second try had the rest of the time, not all of it again.
    expect(performance.now() - startedAt).toBeGreaterThan(1_400)
    expect(impatient.log.filter((line) => line.includes('no answer in 1500 ms'))).toHaveLength(1)
  })

  it('shares the request with the same call at the same time, over eras and connections', async () => {
    const asked: Socket[] = []
    upstream.answer = (socket) => void asked.push(socket)
    const call = { name: 'invoices.list', arguments: { q: 'shared' } }
    const legacy = callTool(connector.url, call.name, call.arguments)
    await until(() => asked.length === 1)
    const others = [
      callTool(connector.url, call.name, call.arguments),
      post(
        `${connector.url}/mcp`,
        JSON.stringify({
          jsonrpc: '2.0',
          id: 2,
          method: 'tools/call',
          params: { ...call, _meta: MODERN_META },
        }),
        {
          ...credentials(),
          'mcp-protocol-version': '2026-07-28',
          'mcp-method': 'tools/call',
          'mcp-name': call.name,
        },
      ),
    ] as const
    const other = callTool(connector.url, call.name, { q: 'another' })
    await until(() => asked.length === 2)

    // Whatever would be sent a second time has had as long as the other question to get there.
    for (const socket of asked) writeJson(socket, { data: [{ id: 'i1' }] })
    const texts = [(await legacy).result, (await others[0]).result, (await other).result]

    expect(texts.map((result) => result?.content?.[0]?.text)).toEqual(
      Array.from({ length: 3 }, () => expect.stringContaining('i1')),
    )
    expect((await others[1]).text).toContain('i1')
    expect(upstream.requests).toHaveLength(2)
  })
})

describe('what goes upstream with a call', () => {
  const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const OTHER = '00-11111111111111111111111111111111-2222222222222222-01'

  async function callWith(
    headers: Readonly<Record<string, string>>,
    _meta: Readonly<Record<string, unknown>> = {},
  ): Promise<string> {
    const params = { name: 'invoices.list', arguments: {}, _meta }
    await post(
      `${connector.url}/mcp`,
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
      { ...credentials(), ...headers },
    )
    return heads.at(-1)?.toLowerCase() ?? ''
  }

  /** The trace that a request says it belongs to. */
  function traceOf(head: string): string | undefined {
    return /^traceparent: 00-([0-9a-f]{32})-/m.exec(head)?.[1]
  }

  it('is who we are, which client it is, and the id of the request', async () => {
    const head = await callWith({ 'x-request-id': 'req-1', 'user-agent': 'claude-code/2.1' })

    expect(head).toContain('\r\nuser-agent: sluice (flowtly)\r\n')
    expect(head).toContain('\r\nx-mcp-client: claude-code/2.1\r\n')
    expect(head).toContain('\r\nx-request-id: req-1\r\n')
  })

  it.each([
    ['the request', { traceparent: TRACEPARENT }, {}, TRACEPARENT],
    ['the message', {}, { traceparent: TRACEPARENT }, TRACEPARENT],
    [
      'the message before the request',
      { traceparent: OTHER },
      { traceparent: TRACEPARENT },
      TRACEPARENT,
    ],
    [
      'the request where the message has nonsense',
      { traceparent: OTHER },
      { traceparent: 'x' },
      OTHER,
    ],
  ])('is the trace of %s', async (_whose, headers, meta, traceparent) => {
    expect(traceOf(await callWith(headers, meta))).toBe(traceparent.slice(3, 35))
  })

  it.each([
    '00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01',
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
    'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331',
    `${TRACEPARENT}, ${TRACEPARENT}`,
  ])('is no trace that is malformed: %s', async (traceparent) => {
    const named = traceparent.toLowerCase().slice(3, 35)

    expect(traceOf(await callWith({ traceparent }))).not.toBe(named)
    expect(traceOf(await callWith({}, { traceparent }))).not.toBe(named)
  })

  it('is nothing that a client says beside its trace', async () => {
    const marked = { tracestate: 'a=marked', baggage: 'tenant=marked' }

    const head = await callWith({ ...marked, traceparent: TRACEPARENT }, marked)

    expect(head).not.toContain('marked')
  })
})

describe('an organization that floods the connector', () => {
  let demo: Demo
  let busy: TestConnector
  beforeAll(async () => {
    demo = await startDemo({ port: 0, rateLimitPerMinute: Infinity })
    busy = await startFlowtly(demo.url, { RATE_LIMIT_PER_MINUTE: '10000' })
  })
  afterAll(async () => {
    await busy.close()
    await demo.close()
  })

  it('waits for itself, and leaves the others room', async () => {
    const flooding = credentials('owner@acme.example', 'acme')
    const other = credentials('owner@globex.example', 'globex')
    for (const headers of [flooding, other]) await callTool(busy.url, 'invoices.list', {}, headers)
    // So slow that all of the flood is still under way when the other one has its answer.
    await fetch(new URL('/_faults', demo.url), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ kind: 'delay', path: '/invoices', delayMs: 600_000 }]),
    })
    const gone = new AbortController()
    const flood = Array.from({ length: 120 }, (_, index) =>
      fetch(`${busy.url}/mcp`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...flooding },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: index,
          method: 'tools/call',
          params: { name: 'invoices.list', arguments: { q: `q${index}` } },
        }),
        signal: gone.signal,
      }).then(
        (response) => response.text(),
        () => 'left',
      ),
    )
    const refused = await Promise.race(flood)

    const answer = await callTool(busy.url, 'projects.list', {}, other)
    gone.abort()
    const outcomes = await Promise.all(flood)

    expect(JSON.parse(refused)).toMatchObject({
      error: { code: -32_000, data: { status: 503, retryAfter: 1 } },
    })
    expect(answer.result?.isError ?? false).toBe(false)
    expect(answer.error).toBeUndefined()
    expect(outcomes.filter((text) => text !== 'left')).toHaveLength(120 - 16 - 64)
  })
})

describe('API credentials that the upstream no longer takes', () => {
  it('are asked about again by the next call', async () => {
    await using changing = await startRawUpstream()
    await using alone = await startFlowtly(changing.url)
    let questions = 0
    changing.beforeKnown = () => {
      questions += 1
      return Promise.resolve()
    }
    await callTool(alone.url, 'invoices.list')
    await callTool(alone.url, 'invoices.list')
    expect(questions).toBe(2)
    changing.answer = (socket) => write(socket, '401 Unauthorized', {}, '')

    const refused = await callTool(alone.url, 'invoices.list')
    await callTool(alone.url, 'invoices.list')

    expect(refused.error).toMatchObject({ code: -32_000, data: { status: 401 } })
    expect(questions).toBe(4)
  })
})
