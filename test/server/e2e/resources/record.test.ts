import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startAudited, type AuditedConnector } from '../../../support/audited-connector.ts'
import { startFlowtly } from '../../../support/flowtly.ts'
import { bearer, connect } from '../../../support/oauth-client.ts'
import { startCollector } from '../../../support/otlp-collector.ts'
import { startRawUpstream } from '../../../support/raw-upstream.ts'
import { post, rpc } from '../../../support/rpc.ts'
import { scrape } from '../../../support/scrape.ts'

describe('a reading of a resource is on record', () => {
  let running: AuditedConnector
  let token: Readonly<Record<string, string>>

  beforeAll(async () => {
    running = await startAudited()
    const { tokens } = await connect(running.url, { scopes: ['invoices:read'] })
    token = bearer(tokens.access_token)
    await running.audit.next(4)
  }, 60_000)

  afterAll(() => running.close())

  it.each<[what: string, uri: string, expected: object]>([
    [
      'with the tool that reads it',
      'flowtly://invoices/inv_000380',
      {
        ...{ type: 'mcp.request', outcome: 'success', tool: 'invoices.get', rpcCode: null },
        ...{ route: 'GET /invoices/{invoiceId}', upstreamStatus: 200, httpStatus: 200 },
      },
    ],
    [
      'with the status of the upstream that refused it',
      'flowtly://invoices/inv_999999',
      {
        ...{ type: 'mcp.request', outcome: 'failure', tool: 'invoices.get', rpcCode: -32000 },
        ...{ upstreamStatus: 404, reason: 'upstream_failed' },
      },
    ],
    [
      'where it is unknown',
      'flowtly://invoices/../me',
      {
        ...{ type: 'mcp.request', outcome: 'failure', tool: null, rpcCode: -32602 },
        ...{ route: null, upstreamStatus: null, reason: 'unknown_resource' },
      },
    ],
    [
      'where its scope is missing',
      'flowtly://contracts/',
      {
        ...{ type: 'authorization.denied', outcome: 'failure', tool: 'contracts.list' },
        ...{ httpStatus: 403, reason: 'insufficient_scope' },
      },
    ],
  ])('%s', async (_what, uri, expected) => {
    const body = { jsonrpc: '2.0', id: 1, method: 'resources/read', params: { uri } }

    await post(`${running.url}/mcp`, JSON.stringify(body), token)

    const events = await running.audit.next(1)
    expect(events).toEqual([
      expect.objectContaining({ method: 'resources/read', organization: 'acme', ...expected }),
    ])
    expect(JSON.stringify(events)).not.toContain('inv_')
  })
})

it('counts against the same limit as calls', async () => {
  await using upstream = await startRawUpstream()
  await using connector = await startFlowtly(upstream.url, { RATE_LIMIT_PER_MINUTE: '1' })
  const read = () => rpc(connector.url, 'resources/read', { uri: 'flowtly://invoices/' })

  const first = await read()
  const second = await read()

  expect(first.result).toHaveProperty('contents')
  expect(second.error).toMatchObject({ code: -32000, data: { status: 429 } })
  expect(upstream.requests).toHaveLength(1)
})

it('is a span of its own in the trace, which tells no id', async () => {
  await using collector = await startCollector()
  await using upstream = await startRawUpstream()
  const connector = await startFlowtly(upstream.url, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  })

  await rpc(connector.url, 'resources/read', { uri: 'flowtly://invoices/inv_1' })
  await rpc(connector.url, 'resources/read', { uri: 'flowtly://nothing/inv_1' })
  await connector.close()

  const spans = Object.fromEntries(collector.spans().map((span) => [span.name, span]))
  expect(spans['resources/read invoices.get']?.attributes).toEqual({
    'mcp.method.name': 'resources/read',
    'gen_ai.tool.name': 'invoices.get',
  })
  expect(spans['GET /invoices/{invoiceId}']).toMatchObject({
    parentSpanId: spans['resources/read invoices.get']?.spanId,
  })
  expect(spans['resources/read']).toMatchObject({
    isError: true,
    attributes: { 'rpc.response.status_code': '-32602' },
  })
  expect(JSON.stringify(collector.spans())).not.toContain('inv_1')
})

it('is a figure by method and tool', async () => {
  await using upstream = await startRawUpstream()
  await using connector = await startFlowtly(upstream.url)

  await rpc(connector.url, 'resources/read', { uri: 'flowtly://invoices/inv_1' })

  const { sum } = await scrape(connector.url)
  const labels = { method: 'resources/read', tool: 'invoices.get', status: '200' }
  expect(sum('sluice_rpc_requests_total', labels)).toBe(1)
  const route = { tool: 'invoices.get', route: 'GET /invoices/{invoiceId}' }
  expect(sum('sluice_upstream_duration_seconds_count', route)).toBe(1)
})
