import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startAudited, type AuditedConnector } from '../../support/audited-connector.ts'
import { startChanged, withTool } from '../../support/connectors.ts'
import { credentials } from '../../support/flowtly.ts'
import { bearer, connect } from '../../support/oauth-client.ts'
import { callTool, parseRpc, post, resultOf, rpc } from '../../support/rpc.ts'
import { scrape } from '../../support/scrape.ts'
import { startSwitched } from '../../support/switched.ts'

/** The names of the insights in a list. */
function insightsOf(tools: unknown): readonly string[] {
  if (!Array.isArray(tools)) throw new Error('no list of tools')
  return tools
    .map(({ name }: { readonly name: unknown }) => String(name))
    .filter((name) => name.startsWith('insights.'))
}

describe('insights', () => {
  let running: AuditedConnector

  beforeAll(async () => {
    running = await startAudited()
  }, 60_000)
  afterAll(() => running.close())

  it('are shown to whoever may read with all of their tools, and challenge the others', async () => {
    const { tokens } = await connect(running.url, { scopes: ['invoices:read'] })
    const headers = bearer(tokens.access_token)

    const { result } = await rpc(running.url, 'tools/list', {}, headers)

    expect(insightsOf(result?.['tools'])).toEqual(['insights.overdueByAge', 'insights.topDebtors'])
    const body = { jsonrpc: '2.0', id: 1, method: 'tools/call' }
    const params = { name: 'insights.mainContact', arguments: { customer: 'x' } }
    const refused = await post(`${running.url}/mcp`, JSON.stringify({ ...body, params }), headers)
    expect(refused.status).toBe(403)
    expect(refused.headers.get('www-authenticate')).toContain('counterparties:read')
  })

  it('are on record with every read that was made for them', async () => {
    await running.audit.next(0)
    const before = await scrape(running.url)

    await callTool(running.url, 'insights.mainContact', { customer: 'meridian' })

    const events = await running.audit.next(5)
    const read = { type: 'mcp.request', outcome: 'success', method: 'tools/call' } as const
    const get = { ...read, tool: 'counterparties.get', upstreamStatus: 200 }
    expect(events).toMatchObject([
      { ...read, tool: 'counterparties.list', route: 'GET /counterparties', upstreamStatus: 200 },
      ...Array.from({ length: 3 }, () => ({
        ...get,
        route: 'GET /counterparties/{counterpartyId}',
      })),
      { ...read, tool: 'insights.mainContact', route: null, upstreamStatus: null },
    ])
    expect(new Set(events.map(({ requestId }) => requestId)).size).toBe(1)
    const after = await scrape(running.url)
    const grown = (name: string, labels = {}) => after.sum(name, labels) - before.sum(name, labels)
    expect(grown('sluice_rpc_requests_total')).toBe(1)
    expect(grown('sluice_rpc_requests_total', { tool: 'insights.mainContact' })).toBe(1)
    expect(grown('sluice_rpc_request_duration_seconds_count')).toBe(1)
    expect(grown('sluice_upstream_duration_seconds_count')).toBe(4)
  })

  it('are on record with what they know of the moment', async () => {
    await callTool(running.url, 'insights.overdueByAge')

    expect(await running.audit.next(3)).toMatchObject([
      { tool: 'organization.context', route: 'GET /me/organizations', upstreamStatus: 200 },
      { tool: 'invoices.list', upstreamStatus: 200 },
      { tool: 'insights.overdueByAge', outcome: 'success' },
    ])
  })

  it('are on record with what failed, and what was given up for it', async () => {
    await fetch(new URL('/_faults', running.demo.url), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([
        { kind: 'status', status: 404, path: '/counterparties/cp_0035' },
        { kind: 'delay', delayMs: 600_000, path: '/counterparties/cp_0055' },
        { kind: 'delay', delayMs: 600_000, path: '/counterparties/cp_0015' },
      ]),
    })

    const { error } = await callTool(running.url, 'insights.mainContact', { customer: 'meridian' })

    expect(error?.data).toMatchObject({ status: 404, step: 'details', tool: 'counterparties.get' })
    const events = await running.audit.next(5)
    const failure = { outcome: 'failure', method: 'tools/call' }
    expect(events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ outcome: 'success', tool: 'counterparties.list' }),
        expect.objectContaining({ ...failure, upstreamStatus: 404, tool: 'counterparties.get' }),
        expect.objectContaining({ ...failure, reason: 'abandoned', tool: 'counterparties.get' }),
        expect.objectContaining({
          ...failure,
          ...{ tool: 'insights.mainContact', upstreamStatus: 404, reason: 'upstream_failed' },
        }),
      ]),
    )
    expect(events.filter(({ reason }) => reason === 'abandoned')).toHaveLength(2)
    await fetch(new URL('/_faults', running.demo.url), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '[]',
    })
  })
})

describe('insights of an organization for which a tool is off', () => {
  it('are not there, and unknown', async () => {
    const switched = await startSwitched()
    try {
      await switched.change(({ switches }) => switches.turnOff('acme', 'invoices.list'))

      const { result } = await rpc(switched.url, 'tools/list')
      const answer = await callTool(switched.url, 'insights.topDebtors')

      const left = ['collectedSince', 'mainContact', 'spendByCostGroup', 'upcomingPayments']
      expect(insightsOf(result?.['tools'])).toEqual(left.map((name) => `insights.${name}`))
      expect(answer.error).toEqual({
        code: -32602,
        message: 'Unknown tool: "insights.topDebtors"',
      })
    } finally {
      await switched.close()
    }
  })
})

describe('insights for anybody', () => {
  it('are those of public tools only, in no time zone', async () => {
    const { startDemo } = await import('../../../demo/server.ts')
    const demo = await startDemo()
    const connector = await startChanged(
      (shipped) => withTool(shipped, 'invoices.list', () => ({ public: true })),
      demo.url,
    )
    const ask = async (method: string, params: object) => {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
      return parseRpc((await post(`${connector.url}/public/mcp`, body, {})).text)
    }
    try {
      const { result } = await ask('tools/list', {})
      expect(insightsOf(result?.['tools'])).toEqual([
        'insights.overdueByAge',
        'insights.topDebtors',
      ])
      // The demo lets nobody in without a credential: what matters is how far it came.
      const answer = await ask('tools/call', { name: 'insights.overdueByAge', arguments: {} })
      expect(answer.error?.data).toMatchObject({ status: 401, step: 'unpaid' })
    } finally {
      await connector.close()
      await demo.close()
    }
  })
})

describe('insights of a client that needs underscores', () => {
  it('are called by either spelling', async () => {
    await using running = await startAudited({ TOOL_NAMES: 'underscored' })
    const member = credentials('member@acme.example')

    const { result } = await rpc(running.url, 'tools/list', {}, member)

    expect(JSON.stringify(result?.['tools'])).toContain('"insights_topDebtors"')
    const answer = await callTool(running.url, 'insights_topDebtors', { count: 1 }, member)
    expect(resultOf(answer)).toMatchObject({ intent: 'topDebtors' })
  })
})
