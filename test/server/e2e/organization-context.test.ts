import { createServer, type Server } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { isRecord } from '../../../server/json.ts'
import { daysAt } from '../../../server/mcp/context/days.ts'
import { startAudited, type AuditedConnector } from '../../support/audited-connector.ts'
import { credentials, startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import { bearer, connect } from '../../support/oauth-client.ts'
import { portOf } from '../../support/port.ts'
import { callTool, modernRpc, refusalOf, resultOf, rpc } from '../../support/rpc.ts'
import { startService } from '../../support/service.ts'

const NAME = 'organization.context'

describe('organization.context', () => {
  let running: AuditedConnector
  beforeAll(async () => {
    running = await startAudited()
  })
  afterAll(() => running.close())

  it('tells who asks, for whom, what they may read, and what day it is there', async () => {
    const before = daysAt(Date.now(), 'Europe/Warsaw')
    const answer = resultOf(await callTool(running.url, NAME))
    const after = daysAt(Date.now(), 'Europe/Warsaw')

    expect(answer).toMatchObject({
      organization: { id: 'acme', name: 'Acme Industries' },
      member: { name: 'Zofia Wiśniewska', email: 'owner@acme.example' },
      role: 'owner',
      plan: 'business',
      scopes: 'all',
      baseCurrency: 'EUR',
      timeZone: 'Europe/Warsaw',
    })
    expect(namespacesOf(answer)).toEqual([
      { name: 'attachments', title: 'Attachments', tools: 2 },
      { name: 'bankAccounts', title: 'Bank accounts', tools: 2 },
      { name: 'contracts', title: 'Contracts', tools: 3 },
      { name: 'costGroups', title: 'Cost groups', tools: 1 },
      { name: 'counterparties', title: 'Counterparties', tools: 2 },
      { name: 'invoices', title: 'Invoices', tools: 2 },
      { name: 'projects', title: 'Projects', tools: 1 },
      { name: 'suppliers', title: 'Suppliers', tools: 1 },
      { name: 'taxGroups', title: 'Tax groups', tools: 1 },
      { name: 'transactions', title: 'Transactions', tools: 1 },
    ])
    // Midnight may have come between.
    expect([before, after]).toContainEqual(daysOf(answer))
  })

  it('tells each organization its own, in either spelling and era', async () => {
    const params = { name: 'organization_context', arguments: {} }
    const answer = await modernRpc(
      running.url,
      'tools/call',
      params,
      credentials('owner@globex.example', 'globex'),
    )

    expect(resultOf(answer)).toMatchObject({
      organization: { id: 'globex', name: 'Globex “North Sea” Ltd' },
      role: 'owner',
      plan: 'team',
      baseCurrency: 'GBP',
      timeZone: 'Europe/London',
    })
  })

  it('knows the scopes of a connection, and shows it nothing else', async () => {
    const { tokens } = await connect(running.url, { scopes: ['invoices:read', 'projects:read'] })

    const answer = resultOf(await callTool(running.url, NAME, {}, bearer(tokens.access_token)))

    expect(answer).toMatchObject({ scopes: ['invoices:read', 'projects:read'] })
    expect(namespacesOf(answer)).toEqual([
      { name: 'invoices', title: 'Invoices', tools: 2 },
      { name: 'projects', title: 'Projects', tools: 1 },
    ])
  })

  it('tells the role of now, not that of the sign-in', async () => {
    const { tokens } = await connect(running.url, { email: 'admin@acme.example' })
    const { database } = running.demo
    database.exec("UPDATE memberships SET role = 'member' WHERE member_id = 'mem_02'")
    const answer = await callTool(running.url, NAME, {}, bearer(tokens.access_token))
    database.exec("UPDATE memberships SET role = 'admin' WHERE member_id = 'mem_02'")

    expect(resultOf(answer)).toMatchObject({ role: 'member' })
  })

  it('takes no arguments', async () => {
    const answer = await callTool(running.url, NAME, { organization: 'globex' })

    expect(refusalOf(answer)).toBe(
      'Invalid arguments for organization.context:\n' +
        '- "organization": unknown argument; no arguments are allowed here',
    )
  })

  it('is on record by its name, with what it read', async () => {
    await running.audit.next(0)

    await callTool(running.url, NAME)

    expect(await running.audit.next(1)).toEqual([
      expect.objectContaining({
        ...{ type: 'mcp.request', outcome: 'success', method: 'tools/call' },
        ...{ tool: NAME, route: 'GET /me/organizations', upstreamStatus: 200 },
      }),
    ])
  })
})

describe('what an upstream tells of the organization', () => {
  const ACME = { id: 'acme', name: 'Acme', role: 'owner' }
  let upstream: Server
  let connector: TestConnector
  /** What it answers now when it is asked for the organizations. */
  let told: { readonly status: number; readonly body: string }
  beforeEach(async () => {
    told = { status: 200, body: JSON.stringify({ data: [ACME] }) }
    upstream = createServer((request, response) => {
      const me = { id: 'm1', email: 'owner@acme.example', name: 'Olga' }
      const answer = request.url === '/v1/me' ? { status: 200, body: JSON.stringify(me) } : told
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
    })
    const listening = Promise.withResolvers<undefined>()
    upstream.listen(0, '127.0.0.1', () => listening.resolve(undefined))
    await listening.promise
    connector = await startFlowtly(`http://127.0.0.1:${portOf(upstream)}/v1`)
    // From here on the caller is believed, whatever the upstream says.
    await rpc(connector.url, 'ping')
  })
  afterEach(async () => {
    await connector.close()
    upstream.closeAllConnections()
    upstream.close()
  })

  const tell = (organizations: unknown, status = 200) => {
    told = { status, body: JSON.stringify(organizations) }
    return callTool(connector.url, NAME)
  }

  it('may be little: what is not told is null, and the days are those of UTC', async () => {
    const before = daysAt(Date.now(), null)
    const answer = resultOf(await tell({ data: [{ id: 'other' }, { ...ACME, role: null }] }))
    const after = daysAt(Date.now(), null)

    expect(answer).toMatchObject({ role: 'none', baseCurrency: null, timeZone: null })
    expect(answer).not.toHaveProperty('plan')
    expect([before, after]).toContainEqual(daysOf(answer))
  })

  it.each([['Europe/Atlantis'], ['../etc'], [''], [7], [{}]])(
    'may be a time zone that nobody knows: %j',
    async (timeZone) => {
      const answer = await tell({ data: [{ ...ACME, timeZone }] })

      expect(resultOf(answer)).toMatchObject({ timeZone: null })
    },
  )

  it.each<[what: string, organizations: unknown, status: number, data: object]>([
    [
      'another organization',
      { data: [{ id: 'globex', name: 'Globex', role: 'owner' }] },
      200,
      { status: 403, detail: 'The member is no longer in this organization.' },
    ],
    ['no list', { items: [] }, 200, { status: 502 }],
    ['a failure', {}, 503, { status: 503 }],
    ['a refusal', {}, 403, { status: 403 }],
  ])('is an upstream failure where it is %s', async (_what, organizations, status, data) => {
    const { error } = await tell(organizations, status)

    expect(error).toMatchObject({ code: -32_000, data })
  })

  it.each(['', '{"data":[', 'null'])(
    'is an upstream failure where it is no JSON: %j',
    async (body) => {
      told = { status: 200, body }

      const { error } = await callTool(connector.url, NAME)

      expect(error).toMatchObject({ code: -32_000, data: { status: 502 } })
    },
  )
})

describe('the context of a connector with one credential for everybody', () => {
  it('is what the connector says itself, and asks the upstream nothing', async () => {
    await using service = await startService()
    const key = await service.createKey('--org', 'main', '--scopes', 'contracts:read')

    const answer = resultOf(await callTool(service.connector.url, NAME, {}, bearer(key)))

    expect(answer).toMatchObject({
      organization: { id: 'main', name: 'Acme' },
      scopes: ['contracts:read'],
      namespaces: [{ name: 'contracts', title: 'Contracts', tools: 3 }],
      baseCurrency: null,
      timeZone: null,
    })
    expect(service.heads).toEqual([])
  })
})

function daysOf(answer: unknown): unknown {
  if (!isRecord(answer)) throw new Error('no context')
  const names = ['today', 'monthStart', 'monthEnd', 'quarterStart', 'yearStart', 'in30Days']
  return Object.fromEntries(names.map((name) => [name, answer[name]]))
}

function namespacesOf(answer: unknown): unknown {
  return isRecord(answer) ? answer['namespaces'] : undefined
}
