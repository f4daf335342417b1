import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { checkClients } from '../../../../codegen/clients/check-clients.ts'
import { objectAt, toJson } from '../../../../codegen/json.ts'
import { loadConnector } from '../../../../server/connector.ts'
import { toIntentTool } from '../../../../server/intents/contract.ts'
import { isSearched, MAX_LISTED_TOKENS } from '../../../../server/mcp/own-tools/is-searched.ts'
import type { Connector } from '../../../../server/mcp/tool.ts'
import { asSearched, startChanged, withTool } from '../../../support/connectors.ts'
import { startRawUpstream } from '../../../support/raw-upstream.ts'
import { parseRpc, post, resultOf, rpc } from '../../../support/rpc.ts'

const NAMES = ['tools.call', 'tools.describe', 'tools.search']
/** What is listed beside them of the shipped connector: what it pins of its intents, and its own tools. */
const { connector } = await loadConnector('flowtly')
const PINNED = connector.intents
  .filter(({ tool, pinned }) => tool && pinned)
  .map(({ name }) => toIntentTool(name))
  .concat('organization.context', 'search', 'fetch')
  .toSorted()

const listed = z.object({
  tools: z.array(
    z.looseObject({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      inputSchema: z.json(),
    }),
  ),
})

/** What the connector lists and says of itself. */
async function ask(
  change: (connector: Connector) => Connector,
  env: Readonly<Record<string, string>> = {},
) {
  await using upstream = await startRawUpstream()
  await using running = await startChanged(change, upstream.url, env)
  const list = await rpc(running.url, 'tools/list')
  const began = await rpc(running.url, 'initialize', { protocolVersion: '2025-11-25' })
  const { tools } = listed.parse(list.result)
  return {
    tools,
    names: tools.map(({ name }) => name),
    instructions: began.result?.['instructions'],
  }
}

/** The shipped connector, as one that costs so many tokens. */
function costing(tokens: number) {
  return (connector: Connector): Connector => ({
    ...connector,
    catalogue: { mode: 'auto', tokens },
  })
}

describe('the kind of catalogue', () => {
  it.each([
    [{ mode: 'full', tokens: 1_000_000 }, false],
    [{ mode: 'search', tokens: 10 }, true],
    [{ mode: 'auto', tokens: MAX_LISTED_TOKENS }, false],
    [{ mode: 'auto', tokens: MAX_LISTED_TOKENS + 1 }, true],
  ] as const)('of %j is a search: %s', (catalogue, expected) => {
    expect(isSearched(catalogue)).toBe(expected)
  })

  it('is a list of all tools for the shipped connector', async () => {
    const { names, instructions } = await ask((connector) => connector)

    expect(names).toContain('invoices.list')
    expect(names).not.toContain('tools.search')
    expect(instructions).not.toMatch(/tools\.search/)
  })
})

describe('a catalogue that is searched', () => {
  it('lists its three tools and what is pinned', async () => {
    const pinned = (connector: Connector) =>
      asSearched(withTool(connector, 'invoices.list', () => ({ pinned: true })))

    const { names } = await ask(pinned)

    expect(names).toEqual([...PINNED, 'invoices.list', ...NAMES].toSorted())
  })

  it('lists them in the spelling that is asked for', async () => {
    const { names } = await ask(asSearched, { TOOL_NAMES: 'underscored' })

    expect(names).toEqual([...PINNED, ...NAMES].map((name) => name.replace('.', '_')))
  })

  it('gives names in that spelling, and takes both', async () => {
    await using upstream = await startRawUpstream()
    const env = { TOOL_NAMES: 'underscored' }
    await using running = await startChanged(asSearched, upstream.url, env)
    const call = async (name: string, args: unknown) =>
      resultOf(await rpc(running.url, 'tools/call', { name, arguments: args }))

    const found = await call('tools_search', { query: 'suppliers', limit: 1 })
    const described = await call('tools_describe', { name: 'suppliers.list' })

    expect(found).toMatchObject({ tools: [{ name: 'suppliers_list' }] })
    expect(described).toMatchObject({ name: 'suppliers_list' })
    expect(await call('tools_call', { name: 'suppliers_list' })).toEqual({ data: [] })
    expect(await call('tools.call', { name: 'suppliers.list' })).toEqual({ data: [] })
  })

  it('says how tools are found, behind what the connector says of itself', async () => {
    const { instructions: own } = await ask((connector) => connector)

    const { instructions } = await ask(asSearched)
    const without = await ask((connector) => asSearched({ ...connector, instructions: null }))

    expect(instructions).toBe(`${String(own)}\n\n${String(without.instructions)}`)
    expect(without.instructions).toMatch(/^Most tools are not listed here: tools\.search finds/)
  })

  it('begins where a list would cost a client too much', async () => {
    const { names } = await ask(costing(MAX_LISTED_TOKENS + 1))

    expect(names).toEqual([...PINNED, ...NAMES])
  })

  it('is taken by every client', async () => {
    const { tools } = await ask(asSearched)
    const definitions = tools.map((tool) => ({
      ...tool,
      inputSchema: objectAt(toJson(tool.inputSchema)),
      outputSchema: null,
    }))

    const told = { connector: 'flowtly', instructions: null, tools: definitions, pinned: null }
    const findings = checkClients(told)

    expect(findings).toEqual([])
  })
})

describe('the public part of a catalogue that is searched', () => {
  const withPublic = (tokens: number) => (connector: Connector) =>
    withTool(costing(tokens)(connector), 'taxGroups.list', () => ({ public: true }))

  async function askPublic(
    change: (connector: Connector) => Connector,
    method: string,
    params: unknown = {},
  ) {
    await using upstream = await startRawUpstream()
    await using running = await startChanged(change, upstream.url)
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const { text } = await post(`${running.url}/public/mcp`, body, {})
    return parseRpc(text)
  }

  it('is listed where it is small', async () => {
    const { result } = await askPublic(withPublic(300_000), 'tools/list')

    expect(listed.parse(result).tools.map(({ name }) => name)).toEqual(['taxGroups.list'])
  })

  it('is searched where it is large, too', async () => {
    const { result } = await askPublic(withPublic(3_000_000), 'tools/list')

    expect(listed.parse(result).tools.map(({ name }) => name)).toEqual(NAMES)
  })

  it('finds nothing that is not public', async () => {
    const args = { query: 'invoices and tax rates', limit: 25 }
    const params = { name: 'tools.search', arguments: args }

    const found = resultOf(await askPublic(withPublic(3_000_000), 'tools/call', params))

    expect(found).toMatchObject({ tools: [{ name: 'taxGroups.list' }] })
    expect(found).toHaveProperty('tools.length', 1)
  })
})
