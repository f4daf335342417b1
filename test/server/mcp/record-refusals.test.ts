import { describe, expect, it } from '@jest/globals'
import { startAudited } from '../../support/audited-connector.ts'
import { credentials } from '../../support/flowtly.ts'
import { post } from '../../support/rpc.ts'
import { scrape } from '../../support/scrape.ts'

const PING = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })

describe('a refused request', () => {
  it('over the limit is on record with its reason, and whose it was', async () => {
    await using running = await startAudited({ RATE_LIMIT_PER_MINUTE: '1' })
    await post(`${running.url}/mcp`, PING, credentials())
    await running.audit.next(1)

    const { text } = await post(`${running.url}/mcp`, PING, credentials())

    expect(JSON.parse(text)).toMatchObject({ error: { code: -32000, data: { status: 429 } } })
    expect(await running.audit.next(1)).toEqual([
      expect.objectContaining({
        ...{ type: 'mcp.request', outcome: 'failure', reason: 'rate_limited', rpcCode: -32000 },
        ...{ organization: 'acme', credential: 'api-credentials', method: 'ping' },
      }),
    ])
  })

  it('in maintenance is on record once, and as nobody’s', async () => {
    await using running = await startAudited()
    await running.store.switches.beginMaintenance(null)
    const refused = async () => (await post(`${running.url}/mcp`, PING, credentials())).status
    const deadline = Date.now() + 10_000
    let answered = 0
    while ((await refused()) !== 503 && Date.now() < deadline) answered += 1

    const events = await running.audit.next(answered + 1)

    expect(events).toHaveLength(answered + 1)
    expect(events.filter(({ reason }) => reason === 'maintenance')).toEqual([
      expect.objectContaining({
        ...{ type: 'mcp.request', outcome: 'failure', httpStatus: 503, organization: null },
      }),
    ])
  })

  it('without a credential counts among the figures by its reason', async () => {
    await using running = await startAudited()

    await post(`${running.url}/mcp`, PING, {})

    expect(await running.audit.next(1)).toEqual([
      expect.objectContaining({ type: 'authentication.failed', reason: 'no_credential' }),
    ])
    const figures = await scrape(running.url)
    expect(figures.sum('sluice_authentication_failures_total', { reason: 'no_credential' })).toBe(1)
  })

  it('at the token endpoint for its number is on record each time', async () => {
    await using running = await startAudited()
    const ask = async () => {
      const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x' })
      const answer = await fetch(`${running.url}/oauth/token`, { method: 'POST', body })
      await answer.arrayBuffer()
      return answer.status
    }
    const statuses: number[] = []
    while (statuses.at(-1) !== 429 && statuses.length < 400) statuses.push(await ask())

    const events = await running.audit.next(statuses.length)

    expect(statuses).toHaveLength(301)
    expect(events.filter(({ reason }) => reason === 'too_many_attempts')).toEqual([
      expect.objectContaining({ type: 'token.refused', outcome: 'failure', httpStatus: 429 }),
    ])
  })
})
