import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { RPC_CODES } from '../../../server/mcp/rpc-errors.ts'
import { bearer } from '../../support/oauth-client.ts'
import { callTool, post } from '../../support/rpc.ts'
import { startDocumented, type Documented } from '../../support/site/documented.ts'

let documented: Documented

beforeAll(async () => {
  documented = await startDocumented()
})

afterAll(() => documented.close())

/** The codes in the first table of the page, each with the HTTP status that is printed beside it. */
function printedRefusals(): ReadonlyMap<string, number> {
  const page = documented.pages.get('/docs/errors') ?? ''
  const rows = [...page.matchAll(/^\| [^|]+ \|\s+`([a-z_]+)` and HTTP (\d{3})/gm)]
  return new Map(rows.map(([, code = '', status]) => [code, Number(status)]))
}

const LIST = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'

it('prints no refusal that comes back as a JSON-RPC error', () => {
  const codes = [...printedRefusals().keys()]

  expect(codes.filter((code) => Object.keys(RPC_CODES).includes(code))).toEqual([])
  expect(codes.length).toBeGreaterThan(4)
})

it.each<[string, () => Promise<{ readonly status: number; readonly text: string }>]>([
  ['unauthorized', () => post(`${documented.url}/mcp`, LIST, {})],
  [
    'origin_not_allowed',
    () => post(`${documented.url}/mcp`, LIST, { ...key(), origin: 'https://evil.example' }),
  ],
  ['mcp_disabled', whileAdmin(['orgs', 'disable', 'acme'], ['orgs', 'enable', 'acme'])],
  ['insufficient_scope', callBeyondScopes],
  // The last: the connector is in service again only when it has looked at its switches.
  ['maintenance', whileAdmin(['maintenance', 'on'], ['maintenance', 'off'])],
])('%s comes back with the status that is printed', async (code, provoke) => {
  const { status, text } = await provoke()

  expect([status, text]).toEqual([
    printedRefusals().get(code),
    expect.stringContaining(`{"error":"${code}"`),
  ])
})

const key = () => bearer(documented.variables.TOKEN)

/** Sends a call while the operator has changed something, until the change is seen. */
function whileAdmin(change: readonly string[], back: readonly string[]) {
  return async () => {
    await documented.admin(change)
    try {
      for (;;) {
        const answer = await post(`${documented.url}/mcp`, LIST, key())
        if (answer.status !== 200) return answer
      }
    } finally {
      await documented.admin(back)
    }
  }
}

async function callBeyondScopes() {
  const made = await documented.json(
    [
      ...['keys', 'create', '--org', 'acme', '--name', 'few', '--scopes', 'invoices:read'],
      ...['--email', 'owner@acme.example'],
    ],
    'sluice-demo\n',
  )
  const few = bearer(String(made.first['key']))
  const inside = await callTool(documented.url, 'invoices.list', {}, few)
  if (inside.error !== undefined) throw new Error(inside.error.message)
  const call =
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"projects.list","arguments":{}}}'
  return post(`${documented.url}/mcp`, call, few)
}
