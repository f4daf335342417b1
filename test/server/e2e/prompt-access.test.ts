import { Client as ModernClient, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { loadConnector } from '../../../server/connector.ts'
import { toIntentInput } from '../../../server/mcp/own-tools/intent-input.ts'
import { openAuditReader, type AuditReader } from '../../support/audit-reader.ts'
import { startChanged } from '../../support/connectors.ts'
import { credentials } from '../../support/flowtly.ts'
import { bearer, connect } from '../../support/oauth-client.ts'
import { promptIntent } from '../../support/prompts.ts'
import { post, rpc } from '../../support/rpc.ts'
import { startSwitched } from '../../support/switched.ts'
import { at, toList, toText } from '../../demo/support/json.ts'

const EXAMPLES = ['chaseOverdueInvoices', 'contractCheck', 'monthEndReview', 'supplierSpending']
const CONTRACT = 'ctr_0001'
const CHECK = { name: 'contractCheck', arguments: { contractId: CONTRACT } }
const { connector: shipped } = await loadConnector('flowtly')
const ALL = [...EXAMPLES, ...shipped.intents.map(({ name }) => name)].sort()

let running: Awaited<ReturnType<typeof startSwitched>>
let url: string
let audit: AuditReader
beforeAll(async () => {
  running = await startSwitched()
  url = running.url
  audit = await openAuditReader(running.store)
})
afterAll(() => running.close())

async function listNames(headers: Readonly<Record<string, string>> = credentials(), at_ = url) {
  const { result } = await rpc(at_, 'prompts/list', {}, headers)
  return toList(at(result, 'prompts')).map((prompt) => toText(at(prompt, 'name')))
}

describe.each<[string, () => Promise<LegacyClient | ModernClient>]>([
  [
    'v1 client',
    async () => {
      const client = new LegacyClient({ name: 'test', version: '1' })
      const init = { requestInit: { headers: credentials() } }
      await client.connect(new LegacyTransport(new URL('/mcp', url), init))
      return client
    },
  ],
  ...(['legacy', 'auto', { pin: '2026-07-28' }] as const).map(
    (mode): [string, () => Promise<ModernClient>] => [
      `v2 client in mode ${JSON.stringify(mode)}`,
      async () => {
        const client = new ModernClient(
          { name: 'test', version: '1' },
          { versionNegotiation: { mode } },
        )
        const init = { requestInit: { headers: credentials() } }
        await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url), init))
        return client
      },
    ],
  ),
])('the %s', (_name, open) => {
  let client: LegacyClient | ModernClient
  beforeAll(async () => {
    client = await open()
  })
  afterAll(() => client.close())

  it('lists the prompts', async () => {
    const { prompts } = await client.listPrompts()

    expect(prompts.map(({ name }) => name)).toEqual(ALL)
  })

  it('gets a prompt with what goes with it', async () => {
    const { messages } = await client.getPrompt(CHECK)

    expect(messages).toMatchObject([
      {
        role: 'user',
        content: { type: 'resource', resource: { uri: `flowtly://contracts/${CONTRACT}` } },
      },
      { role: 'user', content: { type: 'text', text: expect.stringContaining(CONTRACT) } },
    ])
  })

  it('completes an argument', async () => {
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: 'supplierSpending' },
      argument: { name: 'period', value: 'this' },
    })

    expect(completion.values).toEqual(['this month', 'this quarter', 'this year'])
  })
})

describe('the prompts of the shipped intents', () => {
  it.each(shipped.intents.map((intent) => [intent.name, intent] as const))(
    '%s takes what its tool takes',
    async (name, intent) => {
      const given = Object.entries(intent.arguments).map(([argument, facts]): [string, string] => {
        const samples = {
          string: 'Acme',
          date: '2026-10-01',
          integer: '3',
          number: '3',
          boolean: 'true',
        }
        return [argument, facts.enum?.[0] ?? samples[facts.type]]
      })

      const { result } = await rpc(url, 'prompts/get', {
        name,
        arguments: Object.fromEntries(given),
      })
      const text = toText(at(toList(at(result, 'messages'))[0], 'content', 'text'))
      const [, tool, args = ''] =
        /Call the tool (\S+) with the arguments (\{.*\}), and/.exec(text) ?? []
      const parsed = z.record(z.string(), z.unknown()).parse(JSON.parse(args))

      expect(tool).toBe(`insights.${name}`)
      expect(Object.keys(parsed)).toEqual(given.map(([argument]) => argument))
      expect(toIntentInput(intent).safeParse(parsed)).toMatchObject({ success: true })
    },
  )
})

describe('a connection to the invoices alone', () => {
  let headers: Readonly<Record<string, string>>
  beforeAll(async () => {
    headers = bearer((await connect(url, { scopes: ['invoices:read'] })).tokens.access_token)
  })

  const send = async (message: unknown) => {
    const {
      status,
      headers: said,
      text,
    } = await post(`${url}/mcp`, JSON.stringify(message), headers)
    return { status, text, challenge: said.get('www-authenticate') }
  }
  const get = (params: object, id: string | number = 1) => ({
    ...{ jsonrpc: '2.0', id, method: 'prompts/get', params },
  })

  it('is shown what needs nothing else', async () => {
    const names = await listNames(headers)
    const readable = shipped.intents
      .filter(({ steps }) => steps.every(({ tool }) => tool.startsWith('invoices.')))
      .map(({ name }) => name)

    expect(readable.length).toBeGreaterThan(0)
    expect(readable.length).toBeLessThan(shipped.intents.length)
    expect(names).toEqual(
      [...EXAMPLES.filter((name) => name !== 'contractCheck'), ...readable].sort(),
    )
  })

  it('is told which scope a prompt needs to be read with, before anything is read', async () => {
    await audit.next(0)
    const { status, challenge, text } = await send(get(CHECK))

    expect(status).toBe(403)
    expect(challenge).toContain('error="insufficient_scope"')
    expect(challenge).toContain('scope="contracts:read"')
    expect(text).toContain('contracts.get needs contracts:read')
    expect(await audit.next(1)).toMatchObject([
      { type: 'authorization.denied', method: 'prompts/get', tool: 'contracts.get', route: null },
    ])
  })

  it('is told so of each element of a batch', async () => {
    const { status, text } = await send([get({ name: 'monthEndReview' }, 'a'), get(CHECK, 'b')])

    expect(status).toBe(403)
    expect(text).toContain('Element 1 (contracts.get) needs contracts:read.')
    expect(text).not.toContain('Element 0')
  })

  it.each<[string, object]>([
    ['nobody knows', { name: 'nope' }],
    ['asks for nothing', { name: 'contractCheck' }],
    ['says nothing', { name: 'contractCheck', arguments: { contractId: '' } }],
    ['is malformed', { name: 'contractCheck', arguments: 'x' }],
    ['names nothing', { name: 'contractCheck', arguments: { contractId: 5 } }],
  ])('is asked for no scope by a prompt that %s', async (_what, params) => {
    const { status, text } = await send(get(params))

    expect(status).toBe(200)
    expect(text).toContain('"code":-32602')
  })

  it('cannot tell an intent beyond its scopes from none at all', async () => {
    const beyond = shipped.intents.find(
      ({ steps }) => !steps.every(({ tool }) => tool.startsWith('invoices.')),
    )
    const name = beyond?.name ?? ''
    const got = await rpc(url, 'prompts/get', { name }, headers)
    const completed = await rpc(
      url,
      'completion/complete',
      { ref: { type: 'ref/prompt', name }, argument: { name: 'a', value: '' } },
      headers,
    )

    const error = { code: -32602, message: `Unknown prompt: ${JSON.stringify(name)}` }
    expect([got.error, completed.error]).toEqual([error, error])
  })

  it('completes no template beyond its scopes', async () => {
    const complete = (uri: string, argument: string) =>
      rpc(
        url,
        'completion/complete',
        { ref: { type: 'ref/resource', uri }, argument: { name: argument, value: '' } },
        headers,
      )

    const beyond = await complete('flowtly://contracts/{contractId}', 'contractId')
    const within = await complete('flowtly://invoices/{invoiceId}', 'invoiceId')

    expect(beyond.error?.message).toContain('Unknown resource template')
    expect(within.result).toMatchObject({ completion: { values: [] } })
  })
})

describe('a prompt that reads', () => {
  it('is on record beside what it read', async () => {
    await audit.next(0)
    await rpc(url, 'prompts/get', CHECK)

    expect(await audit.next(2)).toMatchObject([
      {
        ...{ method: 'tools/call', tool: 'contracts.get', upstreamStatus: 200, reason: null },
        route: 'GET /contracts/{contractId}',
      },
      {
        ...{ method: 'prompts/get', tool: 'contracts.get', upstreamStatus: null, reason: null },
        route: null,
      },
    ])
  })

  it('is on record with its failure', async () => {
    await rpc(url, 'prompts/get', { ...CHECK, arguments: { contractId: 'ctr_9999' } })

    expect(await audit.next(2)).toMatchObject([
      { method: 'tools/call', upstreamStatus: 404, rpcCode: -32000, reason: 'upstream_failed' },
      { method: 'prompts/get', rpcCode: -32000, outcome: 'failure' },
    ])
  })

  it('reads what the member of another organization may, and nothing else', async () => {
    const other = credentials('owner@globex.example', 'globex')

    const { error } = await rpc(url, 'prompts/get', CHECK, other)

    expect(error).toMatchObject({ code: -32000, data: { status: 404 } })
    await audit.next(2)
  })
})

describe('a prompt that nobody knows', () => {
  it('is on record as that', async () => {
    await rpc(url, 'prompts/get', { name: 'nope' })
    await rpc(url, 'completion/complete', {
      ...{ ref: { type: 'ref/prompt', name: 'nope' }, argument: { name: 'a', value: '' } },
    })

    const unknown = { outcome: 'failure', rpcCode: -32602, reason: 'unknown_prompt', tool: null }
    expect(await audit.next(2)).toMatchObject([
      { ...unknown, method: 'prompts/get' },
      { ...unknown, method: 'completion/complete' },
    ])
  })
})

describe('a tool that is switched off', () => {
  beforeAll(() => running.change(({ switches }) => switches.turnOff('acme', 'contracts.get')))
  afterAll(() => running.change(({ switches }) => switches.turnOn('acme', 'contracts.get')))

  it('takes the prompts that read with it away', async () => {
    const { error } = await rpc(url, 'prompts/get', CHECK)

    expect(await listNames()).not.toContain('contractCheck')
    expect(error).toEqual({ code: -32602, message: 'Unknown prompt: "contractCheck"' })
  })

  it('asks for no scope of them', async () => {
    const { access_token } = (await connect(url, { scopes: ['invoices:read'] })).tokens

    const { status, error } = await rpc(url, 'prompts/get', CHECK, bearer(access_token))

    expect(status).toBe(200)
    expect(error).toEqual({ code: -32602, message: 'Unknown prompt: "contractCheck"' })
  })

  it('takes them away from nobody else', async () => {
    expect(await listNames(credentials('owner@globex.example', 'globex'))).toEqual(ALL)
  })
})

describe('a tool that an intent needs and that is switched off', () => {
  const needed = 'invoices.list'
  beforeAll(() => running.change(({ switches }) => switches.turnOff('acme', needed)))
  afterAll(() => running.change(({ switches }) => switches.turnOn('acme', needed)))

  it('takes the intent away, and nothing tells why', async () => {
    const { error } = await rpc(url, 'prompts/get', { name: 'topDebtors' })

    expect(await listNames()).not.toContain('topDebtors')
    expect(error).toEqual({ code: -32602, message: 'Unknown prompt: "topDebtors"' })
  })
})

describe('an intent that is switched off by its own name', () => {
  beforeAll(() => running.change(({ switches }) => switches.turnOff('acme', 'insights.topDebtors')))
  afterAll(() => running.change(({ switches }) => switches.turnOn('acme', 'insights.topDebtors')))

  it('is no prompt either', async () => {
    expect(await listNames()).toEqual(ALL.filter((name) => name !== 'topDebtors'))
  })
})

describe('at the address for everybody', () => {
  it('there are only the intents of public tools', async () => {
    await using open = await startChanged(
      (connector) => ({
        ...connector,
        intents: [...connector.intents, promptIntent('taxRates', ['taxGroups.list'])],
        tools: connector.tools.map((tool) => ({ ...tool, public: tool.name === 'taxGroups.list' })),
      }),
      // Nothing is read there.
      'http://127.0.0.1:9/v1',
    )
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'prompts/list' })

    const { text } = await post(`${open.url}/public/mcp`, body, {})

    expect(JSON.parse(text)).toMatchObject({ result: { prompts: [{ name: 'taxRates' }] } })
  })
})
