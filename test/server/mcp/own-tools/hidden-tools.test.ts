import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Connector } from '../../../../server/mcp/tool.ts'
import { asSearched, startChanged } from '../../../support/connectors.ts'
import { bearer, connect } from '../../../support/oauth-client.ts'
import { callTool, post, refusalOf, resultOf } from '../../../support/rpc.ts'
import { startSwitched } from '../../../support/switched.ts'

let running: Awaited<ReturnType<typeof startSwitched>>

beforeAll(async () => {
  running = await startSwitched({}, asSearched)
})

afterAll(() => running.close())

/** Everything that is told of a name, but for the names of others that are near. */
async function tellOf(url: string, name: string) {
  const [namespace = ''] = name.split('.')
  const answers = [
    await callTool(url, 'tools.describe', { name }),
    await callTool(url, 'tools.call', { name, arguments: {} }),
    await callTool(url, 'tools.search', { query: 'x', namespace }),
  ]
  return answers.map(({ error, result }) =>
    JSON.stringify({ error, result }).replace(/The nearest are [^ ]+, [^ ]+, [^ ]+ tools/, 'tools'),
  )
}

async function found(query: string, headers?: Readonly<Record<string, string>>) {
  return JSON.stringify(
    resultOf(await callTool(running.url, 'tools.search', { query, limit: 25 }, headers)),
  )
}

function withoutProjects(connector: Connector): Connector {
  const tools = connector.tools.filter(({ name }) => name !== 'projects.list')
  return asSearched({ ...connector, tools })
}

describe('a tool that is switched off', () => {
  it('is as unknown as one that there never was, for that organization', async () => {
    await using without = await startChanged(withoutProjects, running.demo.url)
    await running.change(({ switches }) => switches.turnOff('acme', 'projects.list'))
    try {
      expect(await tellOf(running.url, 'projects.list')).toEqual(
        await tellOf(without.url, 'projects.list'),
      )
      expect(await found('projects')).not.toContain('"projects.list"')
    } finally {
      await running.change(({ switches }) => switches.turnOn('acme', 'projects.list'))
    }

    expect(await found('projects')).toContain('"projects.list"')
  })
})

describe('a tool beyond the scopes of a token', () => {
  it('is not found or described, and calling it asks for the scope', async () => {
    const { tokens } = await connect(running.url, { scopes: ['invoices:read'] })
    const headers = bearer(tokens.access_token)
    const { url } = running

    const described = await callTool(url, 'tools.describe', { name: 'contracts.list' }, headers)
    const namespace = { query: 'all', namespace: 'contracts' }
    const within = await callTool(url, 'tools.search', namespace, headers)
    const called = await call('tools.call', { name: 'contracts.list' }, headers)
    const direct = await call('contracts.list', {}, headers)

    const names = (await found('contracts and invoices', headers)).match(/"name":"[^"]+/g)
    expect(names).toEqual(expect.arrayContaining(['"name":"invoices.list', '"name":"invoices.get']))
    expect(names?.filter((name) => name.includes('contracts'))).toEqual([])
    expect(refusalOf(described)).toMatch(/^Unknown tool: "contracts\.list"\./)
    expect(refusalOf(described)).not.toMatch(/nearest.*contracts/)
    expect(refusalOf(within)).toContain('There are: insights, invoices, organization.')
    expect(called.status).toBe(403)
    expect(called.headers.get('www-authenticate')).toContain('scope="contracts:read"')
    expect([called.status, called.headers.get('www-authenticate')]).toEqual([
      direct.status,
      direct.headers.get('www-authenticate'),
    ])
    expect(await callTool(url, 'tools.call', { name: 'invoices.list' }, headers)).toMatchObject({
      status: 200,
    })
  })
})

describe('an intent one of whose tools cannot be called', () => {
  const INTENT = 'insights.spendByCostGroup'

  it('is hidden from a token that lacks a scope, and calling it asks for that', async () => {
    const { tokens } = await connect(running.url, { scopes: ['invoices:read'] })
    const headers = bearer(tokens.access_token)
    const name = { name: INTENT }

    const described = await callTool(running.url, 'tools.describe', name, headers)
    const called = await call('tools.call', name, headers)

    expect(await found('spend by cost group', headers)).not.toContain(INTENT)
    expect(refusalOf(described)).toContain(`Unknown tool: "${INTENT}".`)
    expect(called.status).toBe(403)
    expect(called.headers.get('www-authenticate')).toContain('scope="transactions:read"')
  })

  it('is unknown where that tool is off', async () => {
    const name = { name: INTENT }
    expect(await found('spend by cost group')).toContain(INTENT)
    await running.change(({ switches }) => switches.turnOff('acme', 'transactions.list'))
    try {
      const called = await callTool(running.url, 'tools.call', name)

      expect(await found('spend by cost group')).not.toContain(INTENT)
      expect(called.error).toMatchObject({ code: -32602, message: `Unknown tool: "${INTENT}"` })
    } finally {
      await running.change(({ switches }) => switches.turnOn('acme', 'transactions.list'))
    }
  })
})

function call(name: string, args: unknown, headers: Readonly<Record<string, string>>) {
  const params = { name, arguments: args }
  const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params }
  return post(`${running.url}/mcp`, JSON.stringify(body), headers)
}
