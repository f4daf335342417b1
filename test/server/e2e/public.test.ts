import { describe, expect, it } from '@jest/globals'
import { openStore } from '../../../server/store/open-store.ts'
import { openAuditReader } from '../../support/audit-reader.ts'
import { startChanged, withTool } from '../../support/connectors.ts'
import { createDatabaseFile } from '../../support/database-file.ts'
import { credentials, startFlowtly } from '../../support/flowtly.ts'
import { operationNames } from '../../support/listed-tools.ts'
import { startRecordingUpstream } from '../../support/recording-upstream.ts'
import { parseRpc, post, resultOf } from '../../support/rpc.ts'

/** Asks without a token, unless there are headers. */
async function ask(
  url: string,
  method: string,
  params: unknown = {},
  headers: Readonly<Record<string, string>> = {},
) {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const { status, text, headers: answered } = await post(`${url}/public/mcp`, body, headers)
  return { status, headers: answered, ...parseRpc(text) }
}

/** The shipped connector with one public tool, before an upstream that notes what it is asked. */
async function startWithPublicTool(
  known: Parameters<typeof startRecordingUpstream>[0] = [],
  env: Readonly<Record<string, string>> = {},
) {
  const upstream = await startRecordingUpstream(known)
  const connector = await startChanged(
    (shipped) => withTool(shipped, 'taxGroups.list', () => ({ public: true })),
    upstream.origin,
    env,
  )
  return {
    upstream,
    url: connector.url,
    log: connector.log,
    async [Symbol.asyncDispose]() {
      await connector.close()
      await upstream.close()
    },
  }
}

describe('POST /public/mcp', () => {
  it('lists the public tools, and no other', async () => {
    await using running = await startWithPublicTool()

    const { result } = await ask(running.url, 'tools/list')

    expect(result?.['tools']).toEqual([expect.objectContaining({ name: 'taxGroups.list' })])
  })

  it('has no tool that tells of the caller, or searches for a member', async () => {
    await using upstream = await startRecordingUpstream()
    await using connector = await startChanged(
      (shipped) => ({
        ...shipped,
        tools: shipped.tools.map((tool) => ({ ...tool, public: true })),
      }),
      upstream.origin,
    )

    const { result } = await ask(connector.url, 'tools/list')
    const called = await Promise.all(
      ['organization.context', 'search', 'fetch'].map((name) =>
        ask(connector.url, 'tools/call', { name, arguments: { id: 'invoices/x', query: 'x' } }),
      ),
    )

    expect(operationNames(result?.['tools'])).toHaveLength(16)
    expect(JSON.stringify(result)).not.toMatch(/"name":"(?:organization|search|fetch)/)
    expect(called.map(({ error }) => error?.code)).toEqual([-32_602, -32_602, -32_602])
    expect(upstream.requests).toEqual([])
  })

  it.each(['taxGroups.list', 'taxGroups_list'])('calls %s without a token', async (name) => {
    const data = [{ id: 'tax_1', name: 'VAT 23%', rate: 23 }]
    await using running = await startWithPublicTool([{ path: '/tax-groups', body: { data } }])

    const answer = await ask(running.url, 'tools/call', { name, arguments: {} })

    expect(answer.status).toBe(200)
    expect(resultOf(answer)).toMatchObject({ data })
  })

  it('shows the upstream no credential and no organization, whatever the caller sends', async () => {
    await using running = await startWithPublicTool()
    const params = { name: 'taxGroups.list', arguments: {} }

    await ask(running.url, 'tools/call', params, {
      ...credentials(),
      Authorization: 'Bearer somebody',
      Cookie: 'session=somebody',
      'X-Organization-Id': 'acme',
    })

    const [{ headers } = { headers: {} }] = running.upstream.requests
    expect(Object.keys(headers).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
      'x-mcp-client',
      'x-request-id',
    ])
  })

  it.each(['invoices.list', 'invoices_list', 'nothing.here'])('does not know %s', async (name) => {
    await using running = await startWithPublicTool()

    const { error } = await ask(running.url, 'tools/call', { name, arguments: {} }, credentials())

    expect(error).toMatchObject({ code: -32602, message: `Unknown tool: "${name}"` })
    expect(running.upstream.requests).toEqual([])
  })

  it('is open to pages of any origin, without credentials', async () => {
    await using running = await startWithPublicTool()

    const { headers } = await ask(running.url, 'ping', {}, { Origin: 'https://anywhere.example' })

    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
  })

  it('answers GET with 405', async () => {
    await using running = await startWithPublicTool()

    const { status } = await fetch(`${running.url}/public/mcp`)

    expect(status).toBe(405)
  })

  it('leaves the tool where a token is asked for, too', async () => {
    await using running = await startWithPublicTool()
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })

    const { status } = await post(`${running.url}/mcp`, body, {})

    expect(status).toBe(401)
  })

  it('is on record as nobody’s, whatever credential was sent along', async () => {
    const database = await createDatabaseFile()
    await using running = await startWithPublicTool([], { DATABASE_URL: database.url })
    const store = await openStore({ url: database.url, now: Date.now })
    const audit = await openAuditReader(store)

    await ask(running.url, 'tools/list', {}, credentials())

    expect(await audit.next(1)).toEqual([
      expect.objectContaining({
        ...{ type: 'mcp.request', outcome: 'success', method: 'tools/list', httpStatus: 200 },
        ...{ organization: null, member: null, clientId: null, credential: null },
        address: '127.0.0.1',
      }),
    ])
    await store.close()
    await database.drop()
  })

  it('is not there where no tool is public', async () => {
    await using upstream = await startRecordingUpstream()
    await using connector = await startFlowtly(upstream.origin)

    const { status } = await post(`${connector.url}/public/mcp`, '{}', {})

    expect(status).toBe(404)
  })
})
