import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { startAudited, type AuditedConnector } from '../../support/audited-connector.ts'
import { bearer, connect } from '../../support/oauth-client.ts'
import { foundOf, incompleteOf, namespacesOf } from '../../support/research.ts'
import { callTool, post, refusalOf, resultOf, rpc } from '../../support/rpc.ts'
import { startSwitched } from '../../support/switched.ts'

const INVOICE = 'invoices/inv_000001'
const CONTRACT = 'contracts/ctr_0001'
/** In the names of many records of every namespace but attachments. */
const QUERY = 'Nordwind'

async function listNames(url: string, headers?: Readonly<Record<string, string>>) {
  const { result } = await rpc(url, 'tools/list', {}, headers)
  const tools: unknown = result?.['tools']
  return Array.isArray(tools) ? tools.map(({ name }: { readonly name: unknown }) => name) : []
}

describe('a connection with few scopes', () => {
  let running: AuditedConnector
  let url: string
  let invoices: Readonly<Record<string, string>>
  let projects: Readonly<Record<string, string>>
  beforeAll(async () => {
    running = await startAudited()
    url = running.url
    const connectFor = async (...scopes: readonly string[]) =>
      bearer((await connect(url, { scopes })).tokens.access_token)
    invoices = await connectFor('invoices:read')
    projects = await connectFor('projects:read')
  })
  afterAll(() => running.close())

  it('searches what it may read, and nothing else', async () => {
    const answer = await callTool(url, 'search', { query: QUERY }, invoices)

    expect(namespacesOf(foundOf(answer))).toEqual(['invoices'])
    expect(incompleteOf(answer)).toBeUndefined()
  })

  it('fetches what it may read, and is asked for more where it may not', async () => {
    const allowed = await callTool(url, 'fetch', { id: INVOICE }, invoices)
    const refused = await post(`${url}/mcp`, callOf('fetch', { id: CONTRACT }), invoices)

    expect(resultOf(allowed)).toMatchObject({ id: INVOICE })
    expect(refused.status).toBe(403)
    expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
    expect(refused.headers.get('www-authenticate')).toContain('contracts:read')
  })

  it('is told of a batch which of its elements needs more', async () => {
    const batch = [{ id: INVOICE }, { id: CONTRACT }].map((args) => callOf('fetch', args))

    const refused = await post(`${url}/mcp`, `[${batch.join(',')}]`, invoices)

    expect(refused.status).toBe(403)
    expect(refused.text).toContain('contracts:read')
    expect(refused.text).not.toContain('invoices:read')
  })

  it('is shown the pair only where something can be searched', async () => {
    expect(await listNames(url, invoices)).toEqual(expect.arrayContaining(['search', 'fetch']))
    const names = await listNames(url, projects)
    expect(names).toContain('projects.list')
    expect(names).not.toContain('search')
    expect(names).not.toContain('fetch')
  })

  it('is not told that there is nothing where it may not look', async () => {
    const answer = await callTool(url, 'search', { query: QUERY }, projects)

    expect(refusalOf(answer)).toBe(
      'This connection may read none of what can be searched: attachments, contracts, counterparties, invoices.',
    )
  })

  it('leaves a record of every read, beside that of the message', async () => {
    await running.audit.next(0)

    await callTool(url, 'search', { query: QUERY }, invoices)
    await callTool(url, 'fetch', { id: INVOICE }, invoices)
    await callTool(url, 'fetch', { id: 'invoices/inv_999999' }, invoices)
    await callTool(url, 'search', { query: QUERY }, projects)
    await post(`${url}/mcp`, callOf('fetch', { id: CONTRACT }), invoices)

    const events = await running.audit.next(8)
    const common = { method: 'tools/call', organization: 'acme', credential: 'oauth' }
    const read = (outcome: string, upstreamStatus: number) => ({
      ...{ ...common, outcome, tool: 'invoices.get', route: 'GET /invoices/{invoiceId}' },
      upstreamStatus,
    })
    expect(events).toEqual([
      expect.objectContaining({
        ...{ ...common, tool: 'invoices.list', route: 'GET /invoices', upstreamStatus: 200 },
      }),
      expect.objectContaining({ ...common, tool: 'search', route: null, outcome: 'success' }),
      expect.objectContaining(read('success', 200)),
      expect.objectContaining({ ...common, tool: 'fetch', route: null, outcome: 'success' }),
      expect.objectContaining(read('failure', 404)),
      expect.objectContaining({
        ...{ ...common, tool: 'fetch', outcome: 'failure', rpcCode: -32_000 },
        ...{ upstreamStatus: 404, reason: 'upstream_failed' },
      }),
      expect.objectContaining({
        ...{ ...common, tool: 'search', outcome: 'failure', reason: 'insufficient_scope' },
      }),
      expect.objectContaining({ type: 'authorization.denied', tool: 'fetch', httpStatus: 403 }),
    ])
  })
})

describe('an organization that has switched something off', () => {
  let running: Awaited<ReturnType<typeof startSwitched>>
  let url: string
  beforeAll(async () => {
    running = await startSwitched()
    url = running.url
  })
  afterAll(() => running.close())
  afterEach(() =>
    running.change(async ({ switches }) => {
      for (const { organizationId, name } of await switches.list()) {
        await switches.turnOn(organizationId, name)
      }
    }),
  )

  const turnOff = (...names: readonly string[]) =>
    running.change(async ({ switches }) => {
      for (const name of names) await switches.turnOff('acme', name)
    })

  it.each([
    ['the group', 'contracts'],
    ['the tool that searches', 'contracts.list'],
    ['the tool that reads a record', 'contracts.get'],
  ])(
    'does not find what %s would, and cannot tell it from what is not there',
    async (_what, name) => {
      const before = foundOf(await callTool(url, 'search', { query: QUERY }))
      await turnOff(name)

      const found = foundOf(await callTool(url, 'search', { query: QUERY }))
      const fetched = await callTool(url, 'fetch', { id: CONTRACT })
      const unknown = await callTool(url, 'fetch', { id: 'nothing/ctr_0001' })

      expect(namespacesOf(before)).toEqual(['contracts', 'counterparties', 'invoices'])
      expect(namespacesOf(found)).toEqual(['counterparties', 'invoices'])
      expect(refusalOf(fetched)).toBe(refusalOf(unknown))
    },
  )

  it('has no such tools where nothing is left to search', async () => {
    await turnOff('attachments', 'contracts.list', 'counterparties', 'invoices.get')

    const names = await listNames(url)
    const searched = await callTool(url, 'search', { query: QUERY })
    const fetched = await callTool(url, 'fetch', { id: INVOICE })

    expect(names).toContain('invoices.list')
    expect(names).not.toContain('search')
    expect(names).not.toContain('fetch')
    expect(searched.error).toEqual({ code: -32_602, message: 'Unknown tool: "search"' })
    expect(fetched.error).toEqual({ code: -32_602, message: 'Unknown tool: "fetch"' })
  })
})

function callOf(name: string, args: unknown): string {
  return JSON.stringify({
    ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
    params: { name, arguments: args },
  })
}
