import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Store } from '../../../server/store/store.ts'
import { EVERYBODY } from '../../../server/store/switches.ts'
import { credentialCallers, keyCaller, tokenCaller, type Caller } from '../../support/callers.ts'
import { bearer, connect, refreshTokens } from '../../support/oauth-client.ts'
import { callTool, modernRpc, post, rpc } from '../../support/rpc.ts'
import { startSwitched } from '../../support/switched.ts'

const KINDS = ['access token', 'API key', 'API credentials'] as const
type Kind = (typeof KINDS)[number]

let running: Awaited<ReturnType<typeof startSwitched>>
let connection: Awaited<ReturnType<typeof connect>>
let callers: Readonly<Record<Kind, Caller>>
const globex = credentialCallers.find(({ organization }) => organization === 'globex')

beforeAll(async () => {
  running = await startSwitched({ RATE_LIMIT_PER_MINUTE: '10000' })
  connection = await connect(running.url)
  const token = connection.tokens.access_token
  const byToken = tokenCaller('owner', 'acme', token)
  const [byCredentials] = credentialCallers
  if (byCredentials === undefined) throw new Error('nobody may call')
  callers = {
    'access token': byToken,
    'API key': await keyCaller(running.store, byToken, token),
    'API credentials': byCredentials,
  }
})

afterAll(() => running.close())

afterEach(() => running.change(switchAllOn))

/** How calls end while one thing is off; the statuses are of `tools/list`. */
const SWITCHES: readonly (readonly [
  title: string,
  change: (store: Store) => Promise<unknown>,
  acme: { readonly status: number; readonly error: string },
  globex: { readonly status: number },
])[] = [
  [
    'the organization',
    ({ organizations }) => organizations.setStatus('acme', 'disabled', 'operator'),
    { status: 403, error: 'mcp_disabled' },
    { status: 200 },
  ],
  [
    'everything',
    ({ switches }) => switches.beginMaintenance('Back at noon.'),
    { status: 503, error: 'maintenance' },
    { status: 503 },
  ],
]

/** What is off with the namespace: the insights that read with its tools are, too. */
const INVOICES = [
  'invoices.get',
  'invoices.list',
  'insights.overdueByAge',
  'insights.topDebtors',
] as const
const TRANSACTIONS = [
  'transactions.list',
  'insights.collectedSince',
  'insights.spendByCostGroup',
] as const

describe.each(KINDS)('a caller by %s', (kind) => {
  it.each(SWITCHES)(
    'is turned away while %s is off, and works again',
    async (_what, off, refused, other) => {
      const { url, change } = running
      const { headers } = callers[kind]
      const before = await post(`${url}/mcp`, LIST, headers)

      await change(off)
      const answer = await post(`${url}/mcp`, LIST, headers)
      const foreign = await post(`${url}/mcp`, LIST, globex?.headers)
      await change(switchAllOn)
      const after = await post(`${url}/mcp`, LIST, headers)

      expect(before.status).toBe(200)
      expect(answer.status).toBe(refused.status)
      expect(JSON.parse(answer.text)).toMatchObject({ error: refused.error })
      expect(foreign.status).toBe(other.status)
      expect(after.text).toBe(before.text)
    },
  )

  it.each([
    ['a tool for everybody', EVERYBODY, 'invoices.get', ['invoices.get'], false],
    ['a tool for the organization', 'acme', 'invoices.get', ['invoices.get'], true],
    ['a namespace for everybody', EVERYBODY, 'invoices', INVOICES, false],
    ['a namespace for it', 'acme', 'invoices', INVOICES, true],
    ['a list for it', 'acme', 'transactions.list', TRANSACTIONS, true],
    ["another organization's tool", 'globex', 'contracts.get', [], false],
  ] as const)(
    'knows nothing of what is off: %s',
    async (_what, organizationId, name, gone, isThere) => {
      const { url, change } = running
      const { headers } = callers[kind]
      const all = await listTools(url, headers)

      await change(({ switches }) => switches.turnOff(organizationId, name))

      expect(await listTools(url, headers)).toEqual(all.filter((each) => !isOneOf(each, gone)))
      for (const tool of gone) {
        expect(await callTool(url, tool, {}, headers)).toMatchObject(unknownTool(tool))
      }
      const foreign = await listTools(url, globex?.headers ?? {})
      expect(gone.every((tool) => foreign.includes(tool))).toBe(isThere || gone.length === 0)
      expect(foreign.includes('contracts.get')).toBe(organizationId !== 'globex')
    },
  )
})

describe('a tool that is off', () => {
  it('answers as a name that never was, in both eras and spellings', async () => {
    const { url, change } = running
    await change(({ switches }) => switches.turnOff('acme', 'invoices.get'))

    for (const name of ['invoices.get', 'invoices_get', 'no.such']) {
      const legacy = await callTool(url, name)
      const modern = await modernRpc(url, 'tools/call', { name, arguments: {} })

      expect(legacy).toMatchObject({ ...unknownTool(name), status: 200 })
      expect(modern.error).toEqual(legacy.error)
    }
  })

  it('does not stand in the way of the others in its batch', async () => {
    const { url, change } = running
    await change(({ switches }) => switches.turnOff('acme', 'taxGroups.list'))
    const batch = ['taxGroups.list', 'projects.list'].map((name, id) => ({
      ...{ jsonrpc: '2.0', id, method: 'tools/call' },
      params: { name, arguments: {} },
    }))

    const { status, text } = await post(`${url}/mcp`, JSON.stringify(batch))

    expect(status).toBe(200)
    expect(JSON.parse(text)).toEqual([
      expect.objectContaining({ id: 0, ...unknownTool('taxGroups.list') }),
      expect.objectContaining({ id: 1, result: expect.objectContaining({}) }),
    ])
  })

  it('is not given away by the scope that it would need', async () => {
    const { url, change } = running
    const { tokens } = await connect(url, { scopes: ['invoices:read'] })
    const call = () => callTool(url, 'contracts.get', {}, bearer(tokens.access_token))
    const on = await post(`${url}/mcp`, CALL_CONTRACT, bearer(tokens.access_token))

    await change(({ switches }) => switches.turnOff(EVERYBODY, 'contracts'))

    expect(on.status).toBe(403)
    expect(await call()).toMatchObject({ status: 200, ...unknownTool('contracts.get') })
  })

  it('leaves a list of underscored names, too', async () => {
    const underscored = await startSwitched({ TOOL_NAMES: 'underscored' })
    try {
      await underscored.change(({ switches }) => switches.turnOff(EVERYBODY, 'invoices.get'))

      const tools = await listTools(underscored.url)

      expect(tools).toContain('invoices_list')
      expect(tools).not.toContain('invoices_get')
      expect(await callTool(underscored.url, 'invoices_get')).toMatchObject(
        unknownTool('invoices_get'),
      )
    } finally {
      await underscored.close()
    }
  })
})

describe('a refresh', () => {
  it.each(SWITCHES)('works while %s is off, and loses no connection', async (_what, off) => {
    const { url, change } = running
    const { client, tokens } = await connect(url)

    await change(off)
    const first = await refreshTokens(url, client, tokens.refresh_token)
    const second = await refreshTokens(url, client, first.refresh_token)
    const refused = await post(`${url}/mcp`, LIST, bearer(second.access_token))
    await change(switchAllOn)

    expect([first.status, second.status]).toEqual([200, 200])
    expect([403, 503]).toContain(refused.status)
    for (const { access_token: token } of [tokens, first, second]) {
      expect((await post(`${url}/mcp`, LIST, bearer(token))).status).toBe(200)
    }
    expect((await refreshTokens(url, client, second.refresh_token)).status).toBe(200)
  })
})

const LIST = '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}'
const CALL_CONTRACT =
  '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"contracts.get"}}'

async function switchAllOn({ switches, organizations }: Store): Promise<void> {
  for (const { organizationId, name } of await switches.list()) {
    await switches.turnOn(organizationId, name)
  }
  await switches.endMaintenance()
  await organizations.setStatus('acme', 'active', 'operator')
}

function unknownTool(name: string) {
  return { error: { code: -32_602, message: `Unknown tool: ${JSON.stringify(name)}` } }
}

function isOneOf(name: string, names: readonly string[]): boolean {
  return names.includes(name)
}

async function listTools(
  url: string,
  headers?: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const { result } = await rpc(url, 'tools/list', {}, headers)
  const tools = result?.['tools']
  if (!Array.isArray(tools)) throw new Error('no list')
  return tools.map((tool: { readonly name: string }) => tool.name)
}
