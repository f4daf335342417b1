import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openAuditReader } from '../../../support/audit-reader.ts'
import { asSearched } from '../../../support/connectors.ts'
import { credentials } from '../../../support/flowtly.ts'
import { callTool, modernRpc, refusalOf, resultOf } from '../../../support/rpc.ts'
import { scrape } from '../../../support/scrape.ts'
import { startSwitched } from '../../../support/switched.ts'

let running: Awaited<ReturnType<typeof startSwitched>>

beforeAll(async () => {
  running = await startSwitched({}, asSearched)
})

afterAll(() => running.close())

const OWNER = credentials()
const MEMBER = credentials('member@acme.example')

/** What both ways come to, without what each message has of its own. */
async function callBothWays(name: string, args: unknown, headers = credentials()) {
  const direct = await callTool(running.url, name, args, headers)
  const found = await callTool(running.url, 'tools.call', { name, arguments: args }, headers)
  return [direct, found].map(({ status, result, error }) => {
    const data = error?.data === undefined ? undefined : { ...error.data, requestId: 'any' }
    return { status, result, error: error === undefined ? undefined : { ...error, data } }
  })
}

describe('tools.call', () => {
  it('is on record as the tool that it calls, also in the figures', async () => {
    const audit = await openAuditReader(running.store)
    await callTool(running.url, 'tools.call', { name: 'projects.list' })
    await callTool(running.url, 'tools.call', { name: 'nope' })
    await callTool(running.url, 'tools.describe', { name: 'nope' })
    await callTool(running.url, 'tools.search', { query: 'projects' })

    const events = await audit.next(4)
    const shown = events.map(({ tool, reason, route }) => ({ tool, reason, route }))

    expect(shown).toEqual([
      { tool: 'projects.list', reason: null, route: 'GET /projects' },
      { tool: 'tools.call', reason: 'unknown_tool', route: null },
      { tool: 'tools.describe', reason: 'unknown_tool', route: null },
      { tool: 'tools.search', reason: null, route: null },
    ])
    const { sum } = await scrape(running.url)
    expect(sum('sluice_rpc_requests_total', { tool: 'projects.list' })).toBe(1)
  })

  it.each<[string, string, unknown, ReturnType<typeof credentials>]>([
    ['a list', 'invoices.list', { status: ['sent'], pageSize: 3 }, OWNER],
    ['the other spelling', 'invoices_list', { pageSize: 1 }, OWNER],
    ['arguments that do not fit', 'invoices.list', { pageSize: 'many', foo: 1 }, OWNER],
    ['an argument that would be a path', 'invoices.get', { id: '../contracts' }, OWNER],
    ['what the role may not see', 'bankAccounts.list', {}, MEMBER],
    ['a record that is not there', 'invoices.get', { id: 'inv_none' }, OWNER],
    ['an unknown tool', 'invoices.lst', {}, OWNER],
    ['a name that every object has', '__proto__', {}, OWNER],
    ['a tool of the catalogue itself', 'tools.search', { query: 'due', limit: 2 }, OWNER],
  ])('comes to what a direct call comes to: %s', async (_case, name, args, headers) => {
    const [direct, found] = await callBothWays(name, args, headers)

    expect(direct?.result ?? direct?.error).toBeDefined()
    expect(found).toEqual(direct)
  })

  it('calls without arguments where none are given', async () => {
    const answer = await callTool(running.url, 'tools.call', { name: 'taxGroups.list' })

    expect(resultOf(answer)).toHaveProperty('data')
  })

  it('works in the 2026-07-28 era', async () => {
    const args = { name: 'taxGroups.list', arguments: {} }
    const answer = await modernRpc(running.url, 'tools/call', {
      name: 'tools.call',
      arguments: args,
    })

    expect(resultOf(answer)).toHaveProperty('data')
  })

  it.each(['tools.call', 'tools_call'])('does not call itself as %s', async (name) => {
    const inner = { name: 'invoices.list', arguments: {} }
    const answer = await callTool(running.url, 'tools.call', { name, arguments: inner })

    expect(refusalOf(answer)).toContain('cannot call itself')
  })

  it.each([
    ['no name', {}, '"name": is required'],
    ['a name that is no text', { name: 7 }, 'type "string"'],
    ['arguments that are a text', { name: 'invoices.list', arguments: '{}' }, 'type "object"'],
    ['arguments beside the name', { name: 'invoices.get', id: 'inv_1' }, '"id": unknown argument'],
  ])('says what is wrong with %s', async (_name, args, says) => {
    expect(refusalOf(await callTool(running.url, 'tools.call', args))).toContain(says)
  })
})
