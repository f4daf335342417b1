import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startChanged, withTool } from '../../support/connectors.ts'
import { credentials, startWithDemo } from '../../support/flowtly.ts'
import { callTool, post, rpc } from '../../support/rpc.ts'
import { scrape } from '../../support/scrape.ts'

let server: Awaited<ReturnType<typeof startWithDemo>>
let url: string

beforeAll(async () => {
  server = await startWithDemo()
  url = server.connector.url
})
afterAll(() => server.close())

const RPC = 'sluice_rpc_requests_total'
const batch = (...names: readonly string[]) =>
  JSON.stringify(
    names.map((name, id) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name } })),
  )

type Outcome = {
  readonly title: string
  readonly send: () => Promise<unknown>
  readonly labels: Readonly<Record<string, string>>
  readonly times?: number
}

const OUTCOMES: readonly Outcome[] = [
  {
    title: 'a list of tools',
    send: () => rpc(url, 'tools/list'),
    labels: { method: 'tools/list', tool: 'none', code: 'ok', status: '200' },
  },
  {
    title: 'a call that is answered',
    send: () => callTool(url, 'invoices.list'),
    labels: { method: 'tools/call', tool: 'invoices.list', code: 'ok', status: '200' },
  },
  {
    title: 'a call by the other spelling of the name',
    send: () => callTool(url, 'invoices_list'),
    labels: { method: 'tools/call', tool: 'invoices.list', code: 'ok', status: '200' },
  },
  {
    title: 'refused arguments',
    send: () => callTool(url, 'invoices.list', { pageSize: 'many' }),
    labels: { method: 'tools/call', tool: 'invoices.list', code: 'tool_error', status: '200' },
  },
  {
    title: 'an upstream that says no',
    send: () => callTool(url, 'bankAccounts.list', {}, credentials('member@acme.example')),
    labels: { method: 'tools/call', tool: 'bankAccounts.list', code: '-32000', status: '200' },
  },
  {
    title: 'a tool that is not there',
    send: () => callTool(url, 'invoices.remove'),
    labels: { method: 'tools/call', tool: 'none', code: '-32602', status: '200' },
  },
  {
    title: 'a method that is not there',
    send: () => rpc(url, 'invoices/list'),
    labels: { method: 'other', tool: 'none', code: '-32601', status: '200' },
  },
  {
    title: 'each call of a batch',
    send: () => post(`${url}/mcp`, batch('projects.list', 'projects.list', 'projects.list')),
    labels: { method: 'tools/call', tool: 'projects.list', code: 'ok', status: '200' },
    times: 3,
  },
  {
    title: 'a caller without credentials',
    send: () => post(`${url}/mcp`, '{}', {}),
    labels: { method: 'none', tool: 'none', status: '401' },
  },
  {
    title: 'a body that is no JSON',
    send: () => post(`${url}/mcp`, '{'),
    labels: { method: 'none', tool: 'none', status: '400' },
  },
]

describe('the count of messages', () => {
  it.each(OUTCOMES)('has $title', async ({ send, labels, times = 1 }) => {
    const before = await scrape(url)

    await send()

    const after = await scrape(url)
    expect(after.sum(RPC, labels) - before.sum(RPC, labels)).toBe(times)
    expect(after.sum(RPC) - before.sum(RPC)).toBe(times)
  })
})

describe('the figures of the upstream', () => {
  it('have the time of every call, by tool, route and status', async () => {
    const labels = { tool: 'invoices.list', route: 'GET /invoices', status: '200' }
    const before = await scrape(url)

    await callTool(url, 'invoices.list')

    const after = await scrape(url)
    const grown = (name: string) => after.sum(name, labels) - before.sum(name, labels)
    expect(grown('sluice_upstream_duration_seconds_count')).toBe(1)
    expect(grown('sluice_upstream_duration_seconds_sum')).toBeGreaterThan(0)
  })

  it('have no call that was never sent', async () => {
    const count = async () => (await scrape(url)).sum('sluice_upstream_duration_seconds_count')
    const before = await count()

    await callTool(url, 'invoices.list', { pageSize: 'many' })
    await callTool(url, 'invoices.remove')

    expect(await count()).toBe(before)
  })
})

describe('the count of HTTP requests', () => {
  it.each([
    ['GET', '/health', { route: '/health', method: 'GET', status: '200' }],
    ['POST', '/health', { route: 'other', method: 'POST', status: '405' }],
    ['GET', '/mcp', { route: '/mcp', method: 'GET', status: '405' }],
    ['GET', '/MCP/', { route: '/mcp', method: 'GET', status: '405' }],
    ['GET', '/no/such/place', { route: 'other', method: 'GET', status: '404' }],
    ['PROPFIND', '/mcp', { route: '/mcp', method: 'other', status: '405' }],
  ])('has %s %s', async (method, path, labels) => {
    const before = await scrape(url)

    await fetch(`${url}${path}`, { method })

    const after = await scrape(url)
    const name = 'sluice_http_requests_total'
    expect(after.sum(name, labels) - before.sum(name, labels)).toBe(1)
  })

  it('knows how many are being answered now', async () => {
    expect((await scrape(url)).sum('sluice_http_requests_in_flight')).toBe(1)
  })
})

describe('the count of public messages', () => {
  it('is the same count', async () => {
    await using open = await startChanged(
      (shipped) => withTool(shipped, 'taxGroups.list', () => ({ public: true })),
      server.demo.url,
    )
    const list = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })

    await post(`${open.url}/public/mcp`, list, {})

    const labels = { method: 'tools/list', tool: 'none', code: 'ok', status: '200' }
    expect((await scrape(open.url)).sum(RPC, labels)).toBe(1)
  })
})

describe('the count of what a rate limit refuses', () => {
  it('has every message that it refused', async () => {
    await using limited = await startWithDemo({ RATE_LIMIT_PER_MINUTE: '2' })
    const { url } = limited.connector

    for (const page of [1, 2, 3]) await callTool(url, 'invoices.list', { page })
    await post(`${url}/mcp`, batch('invoices.list', 'invoices.list'))

    const labels = { method: 'tools/call', code: '-32000' }
    const figures = await scrape(url)
    expect(figures.sum('sluice_rate_limited_total', { route: '/mcp' })).toBe(3)
    expect(figures.sum(RPC, labels)).toBe(3)
    expect(figures.sum('sluice_upstream_duration_seconds_count')).toBe(2)
  })
})

describe('labels', () => {
  const HOSTILE = [
    'hostile-marker',
    'hostile-marker"} 1\nsluice_made_up 1',
    '__proto__',
    'a'.repeat(9_000),
  ]

  it('are never made of what a caller writes', async () => {
    await rpc(url, 'tools/list')
    const before = await scrape(url)

    for (const text of HOSTILE) {
      await rpc(url, text)
      await callTool(url, text)
      await callTool(url, 'invoices.list', { [text]: text })
      await fetch(`${url}/${encodeURIComponent(text.slice(0, 500))}`)
      await post(`${url}/mcp`, '{}', { ...credentials(), 'user-agent': 'hostile-marker' })
      await post(`${url}/mcp`, '{}', { authorization: `Bearer ${encodeURIComponent(text)}` })
    }

    const after = await scrape(url)
    const series = (text: typeof after) => text.samples.length - text.text.split('_bucket{').length
    expect(after.text).not.toMatch(/hostile-marker|made_up|__proto__|aaaa/)
    expect(series(after) - series(before)).toBeLessThan(20)
  })
})

describe('what runs', () => {
  it('is told by its version, its connector and its document', async () => {
    const { samples } = await scrape(url)
    const info = samples.find(({ name }) => name === 'sluice_build_info')

    expect(info).toEqual({
      name: 'sluice_build_info',
      labels: {
        version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        connector: 'flowtly',
        document_version: '2026.11.0',
        document_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        node: process.versions.node,
      },
      value: 1,
    })
  })

  it.each([
    'process_cpu_seconds_total',
    'process_resident_memory_bytes',
    'nodejs_heap_size_used_bytes',
    'nodejs_eventloop_lag_p99_seconds',
    'process_start_time_seconds',
  ])('shows %s', async (name) => {
    expect((await scrape(url)).sum(name)).toBeGreaterThan(0)
  })

  it('counts for each connector alone', async () => {
    await using other = await startWithDemo()
    await callTool(url, 'invoices.list')

    expect((await scrape(other.connector.url)).sum(RPC)).toBe(0)
  })
})
