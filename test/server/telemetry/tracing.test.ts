import { describe, expect, it } from '@jest/globals'
import { isRecord } from '../../../server/json.ts'
import { credentials, startFlowtly } from '../../support/flowtly.ts'
import {
  startCollector,
  type ReceivedSpan,
  type TestCollector,
} from '../../support/otlp-collector.ts'
import { startRawUpstream, write, writeJson } from '../../support/raw-upstream.ts'
import { callTool, post, rpc } from '../../support/rpc.ts'
import { until } from '../../support/until.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const OTHER_TRACE = '0af7651916cd43dd8448eb211c80319c'
const SPAN = '00f067aa0ba902b7'
const SAMPLED = `00-${TRACE}-${SPAN}-01`
const UNSAMPLED = `00-${TRACE}-${SPAN}-00`

/** A connector whose spans are looked at when it has stopped. */
async function startTraced(env: Readonly<Record<string, string>> = {}) {
  const collector = await startCollector()
  const upstream = await startRawUpstream()
  /** The `traceparent` of each request that the upstream got; `''` for none. */
  const told: string[] = []
  upstream.answer = (socket, head) => {
    told.push(/^traceparent: (.*)$/im.exec(head)?.[1]?.trim() ?? '')
    writeJson(socket, { data: [] })
  }
  const connector = await startFlowtly(upstream.url, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    ...env,
  })
  const { url } = connector
  return {
    url,
    ...{ collector, upstream, told },
    log: connector.log,
    /** Stops the connector, so that everything was sent. */
    stop: async () => {
      await connector.close()
      return byName(collector)
    },
    [Symbol.asyncDispose]: async () => {
      await connector.close()
      await upstream.close()
      await collector.close()
    },
  }
}

function byName(collector: TestCollector): Readonly<Record<string, ReceivedSpan>> {
  return Object.fromEntries(collector.spans().map((span) => [span.name, span]))
}

function readLog(log: readonly string[], event: string): readonly Record<string, unknown>[] {
  const lines = log.map((line): unknown => JSON.parse(line))
  return lines.filter(isRecord).filter((line) => line['event'] === event)
}

describe('the trace of a call', () => {
  it('has its request, its tool and its upstream request, each below the one before', async () => {
    await using server = await startTraced()

    await callTool(server.url, 'invoices.get', { invoiceId: 'inv-1' })

    const spans = await server.stop()
    const request = spans['POST /mcp']
    const tool = spans['tools/call invoices.get']
    const upstream = spans['GET /invoices/{invoiceId}']
    expect(Object.keys(spans)).toHaveLength(3)
    expect(request).toMatchObject({ kind: 2, parentSpanId: '', isError: false })
    expect(request?.attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/mcp',
      'http.response.status_code': 200,
    })
    expect(tool).toMatchObject({ kind: 2, parentSpanId: request?.spanId, isError: false })
    expect(tool?.attributes).toEqual({
      'mcp.method.name': 'tools/call',
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'invoices.get',
    })
    expect(upstream).toMatchObject({ kind: 3, parentSpanId: tool?.spanId, isError: false })
    expect(upstream?.attributes).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'url.template': '/invoices/{invoiceId}',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(server.upstream.url).port),
    })
    expect(new Set(Object.values(spans).map(({ traceId }) => traceId)).size).toBe(1)
  })

  it('goes on at the upstream below our span of its request', async () => {
    await using server = await startTraced()

    await callTool(server.url, 'invoices.list')

    const { traceId, spanId } = (await server.stop())['GET /invoices'] ?? {}
    expect(server.told).toEqual([`00-${traceId}-${spanId}-01`])
  })

  it('is found from the log', async () => {
    await using server = await startTraced()

    await callTool(server.url, 'invoices.list')

    const { traceId } = (await server.stop())['POST /mcp'] ?? {}
    expect(readLog(server.log, 'request')[0]).toMatchObject({ traceId })
    expect(readLog(server.log, 'upstream_call')[0]).toMatchObject({ traceId })
  })

  it('is the caller’s where the request names one', async () => {
    await using server = await startTraced()

    await callTool(server.url, 'invoices.list', {}, { ...credentials(), traceparent: SAMPLED })

    const spans = await server.stop()
    expect(spans['POST /mcp']).toMatchObject({ traceId: TRACE, parentSpanId: SPAN })
    expect(spans['GET /invoices']).toMatchObject({ traceId: TRACE })
  })

  it('is the message’s where it names one, and says which request brought it', async () => {
    await using server = await startTraced()
    const _meta = { traceparent: `00-${OTHER_TRACE}-${SPAN}-01` }

    await rpc(
      server.url,
      'tools/call',
      { name: 'invoices.list', _meta },
      { ...credentials(), traceparent: SAMPLED },
    )

    const spans = await server.stop()
    const request = spans['POST /mcp']
    expect(request).toMatchObject({ traceId: TRACE })
    expect(spans['tools/call invoices.list']).toMatchObject({
      traceId: OTHER_TRACE,
      parentSpanId: SPAN,
      links: [{ traceId: TRACE, spanId: request?.spanId }],
    })
    expect(spans['GET /invoices']).toMatchObject({ traceId: OTHER_TRACE })
  })

  it('is not recorded where the caller does not record it, and goes on all the same', async () => {
    await using server = await startTraced()

    await callTool(server.url, 'invoices.list', {}, { ...credentials(), traceparent: UNSAMPLED })

    expect(await server.stop()).toEqual({})
    expect(server.told[0]).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`))
    expect(server.told[0]).not.toContain(SPAN)
  })

  it.each([
    '',
    'nonsense',
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `ff-${TRACE}-${SPAN}-01`,
    `${SAMPLED}-x`,
  ])('begins here where the header is "%s"', async (traceparent) => {
    await using server = await startTraced()

    await callTool(server.url, 'invoices.list', {}, { ...credentials(), traceparent })

    const request = (await server.stop())['POST /mcp']
    expect(request?.parentSpanId).toBe('')
    expect(request?.traceId).not.toBe(TRACE)
  })

  it('has every call of a batch', async () => {
    await using server = await startTraced()
    const call = (id: number, name: string) => ({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name },
    })

    await post(
      `${server.url}/mcp`,
      JSON.stringify([call(1, 'invoices.list'), call(2, 'projects.list')]),
    )

    const spans = await server.stop()
    const { spanId } = spans['POST /mcp'] ?? {}
    expect(spans['tools/call invoices.list']?.parentSpanId).toBe(spanId)
    expect(spans['tools/call projects.list']?.parentSpanId).toBe(spanId)
  })
})

describe('a failure', () => {
  it('of the upstream is an error of its span and of the tool’s, not of the request', async () => {
    await using server = await startTraced()
    server.upstream.answer = (socket) => write(socket, '403 Forbidden', {}, '')

    await callTool(server.url, 'invoices.list')

    const spans = await server.stop()
    expect(spans['GET /invoices']).toMatchObject({
      isError: true,
      attributes: { 'http.response.status_code': 403, 'error.type': '403' },
    })
    expect(spans['tools/call invoices.list']).toMatchObject({
      isError: true,
      attributes: { 'rpc.response.status_code': '-32000', 'error.type': '-32000' },
    })
    expect(spans['POST /mcp']?.isError).toBe(false)
  })

  it('of the arguments is the tool’s, and nothing went upstream', async () => {
    await using server = await startTraced()

    await callTool(server.url, 'invoices.list', { pageSize: 'many' })

    const spans = await server.stop()
    expect(Object.keys(spans).sort()).toEqual(['POST /mcp', 'tools/call invoices.list'])
    expect(spans['tools/call invoices.list']?.attributes).toMatchObject({
      'error.type': 'tool_error',
    })
  })

  it('of a name is told without the name', async () => {
    await using server = await startTraced()

    await callTool(server.url, 'hostile-marker')

    const spans = await server.stop()
    expect(spans['tools/call']?.attributes).toMatchObject({ 'error.type': '-32602' })
    expect(server.collector.requests[0]?.body).not.toContain('hostile-marker')
  })
})

describe('spans', () => {
  it('hold no value, no credential and nothing else that a caller wrote', async () => {
    await using server = await startTraced({
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20marker-collector-token',
    })
    const headers = {
      ...{ 'X-Api-Key': 'acme-demo-key', 'X-Api-Secret': 'marker-secret' },
      'X-User-Email': 'owner@acme.example',
      'user-agent': 'marker-agent',
    }

    await callTool(server.url, 'invoices.list', { q: 'marker-argument' }, headers)
    await callTool(server.url, 'invoices.get', { invoiceId: 'marker-id' }, headers)
    await post(`${server.url}/mcp?marker=query`, '{}', { authorization: 'Bearer marker-token' })
    await fetch(`${server.url}/marker/path`)

    await server.stop()
    const sent = server.collector.requests
    expect(server.collector.spans().length).toBeGreaterThan(6)
    expect(sent.map(({ body }) => body).join()).not.toMatch(/marker|acme|demo-key/)
    expect(sent[0]).toMatchObject({
      path: '/v1/traces',
      headers: {
        authorization: 'Bearer marker-collector-token',
        'content-type': 'application/json',
      },
    })
    expect(server.log.join()).not.toContain('marker-collector-token')
  })

  it('say which instance they are of', async () => {
    await using server = await startTraced()

    await rpc(server.url, 'tools/list')

    await server.stop()
    const body = server.collector.requests[0]?.body ?? ''
    expect(body).toContain('"service.name"')
    expect(body).toContain('sluice-flowtly')
    expect(body).toContain('"service.instance.id"')
  })

  it('are not made of probes, scrapes and strangers who look for doors', async () => {
    await using server = await startTraced()

    for (const path of ['/health', '/ready', '/metrics', '/wp-login.php', '/mcp/nowhere']) {
      await fetch(`${server.url}${path}`)
    }
    await rpc(server.url, 'tools/list')

    expect(Object.keys(await server.stop())).toEqual(['POST /mcp'])
  })
})

describe('without a collector', () => {
  it('the upstream is told of the caller’s own trace, or of none', async () => {
    await using upstream = await startRawUpstream()
    const told: string[] = []
    upstream.answer = (socket, head) => {
      told.push(/^traceparent: (.*)$/im.exec(head)?.[1]?.trim() ?? '')
      writeJson(socket, { data: [] })
    }
    await using server = await startFlowtly(upstream.url)

    await callTool(server.url, 'invoices.list', {}, { ...credentials(), traceparent: SAMPLED })
    await callTool(server.url, 'invoices.list')

    expect(told).toEqual([SAMPLED, ''])
    expect(readLog(server.log, 'request').map(({ traceId }) => traceId)).toEqual([TRACE, null])
  })
})

describe('a collector that', () => {
  it('refuses everything costs no request, and is told of once, as is its recovery', async () => {
    await using server = await startTraced()
    server.collector.status = 400
    const seen = () => server.collector.requests.length
    const statusOf = async (): Promise<unknown> => (await fetch(`${server.url}/ready`)).json()

    for (const batch of [1, 2]) {
      expect(await callTool(server.url, 'invoices.list')).toHaveProperty('result')
      await until(() => seen() === batch)
    }
    await until(() => readLog(server.log, 'trace_exporter_failed').length > 0)
    expect(readLog(server.log, 'trace_exporter_failed')).toHaveLength(1)
    expect(await statusOf()).toMatchObject({
      status: 'degraded',
      checks: { traces: { status: 'degraded' } },
    })

    server.collector.status = 200
    await callTool(server.url, 'invoices.list')
    await until(() => readLog(server.log, 'trace_exporter_recovered').length > 0)
    expect(readLog(server.log, 'trace_exporter_recovered')).toMatchObject([{ lost: 6 }])
    expect(await statusOf()).toMatchObject({ status: 'ok' })
  }, 30_000)

  it('never answers holds neither a request nor the stop up', async () => {
    await using server = await startTraced()
    server.collector.status = null

    expect(await callTool(server.url, 'invoices.list')).toHaveProperty('result')
    await server.stop()

    expect(server.collector.requests).toHaveLength(1)
  }, 30_000)

  it('is not there holds neither a request nor the stop up', async () => {
    await using server = await startTraced()
    await server.collector.close()

    expect(await callTool(server.url, 'invoices.list')).toHaveProperty('result')
    await server.stop()

    expect(server.told).toHaveLength(1)
  }, 30_000)
})
