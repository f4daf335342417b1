import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startWithDemo } from '../../support/flowtly.ts'
import { operationNames } from '../../support/listed-tools.ts'
import {
  authorize,
  bearer,
  connect,
  exchangeCode,
  registerClient,
} from '../../support/oauth-client.ts'
import { callTool, post, resultOf, rpc } from '../../support/rpc.ts'
import { toList } from '../../demo/support/json.ts'

const SCOPES = ['contracts:read', 'invoices:read']

let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string
let token: string

beforeAll(async () => {
  running = await startWithDemo()
  url = running.connector.url
  token = (await connect(url, { scopes: SCOPES })).tokens.access_token
})

afterAll(() => running.close())

/** A connection of a client that wants its users sent back to an address. */
async function connectAs(redirectUri: string): Promise<string> {
  const client = await registerClient(url, { redirect_uris: [redirectUri] })
  const tokens = await exchangeCode(url, client, await authorize(url, client, { scopes: SCOPES }))
  return tokens.access_token
}

async function listNames(accessToken: string): Promise<readonly string[]> {
  const { result } = await rpc(url, 'tools/list', {}, bearer(accessToken))
  return operationNames(result?.['tools'])
}

function call(name: string, id: number | string = 1) {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: {} } }
}

async function send(message: unknown) {
  const { status, headers, text } = await post(`${url}/mcp`, JSON.stringify(message), bearer(token))
  return { status, text, challenge: headers.get('www-authenticate') }
}

describe('a connection to two namespaces', () => {
  it('lists their tools, and no other', async () => {
    const names = await listNames(token)

    expect(new Set(names.map((name) => name.split('.')[0]))).toEqual(
      new Set(['contracts', 'invoices']),
    )
    expect(names).toContain('invoices.list')
  })

  it('calls their tools by either spelling', async () => {
    for (const name of ['invoices.list', 'invoices_list']) {
      expect(resultOf(await callTool(url, name, {}, bearer(token)))).toHaveProperty('data')
    }
  })

  it.each(['suppliers.list', 'suppliers_list'])(
    'is refused %s, with the scope to ask for',
    async (name) => {
      const { status, challenge, text } = await send(call(name))

      expect(status).toBe(403)
      expect(challenge).toBe(
        `Bearer error="insufficient_scope", resource_metadata="${url}/.well-known/oauth-protected-resource/mcp", scope="suppliers:read"`,
      )
      expect(text).toContain('suppliers.list needs suppliers:read')
      expect(text).not.toContain('"data":[')
    },
  )

  it('is told every missing scope of a batch, and which element needs it', async () => {
    const { status, challenge, text } = await send([
      call('invoices.list', 'a'),
      call('suppliers.list', 'b'),
      call('transactions_list', 'c'),
      call('suppliers.list', 'd'),
    ])

    expect(status).toBe(403)
    expect(challenge).toContain('scope="suppliers:read transactions:read"')
    expect(text).toContain('Element 1 (suppliers.list) needs suppliers:read.')
    expect(text).toContain('Element 2 (transactions.list) needs transactions:read.')
    expect(text).toContain('Element 3 (suppliers.list) needs suppliers:read.')
    expect(text).not.toContain('Element 0')
  })

  it('is answered a batch that it may send', async () => {
    const { status, text } = await send([call('invoices.list', 'a'), call('contracts.list', 'b')])

    expect(status).toBe(200)
    expect(toList(JSON.parse(text))).toHaveLength(2)
  })

  it.each(['constructor', '__proto__', 'suppliers', 'suppliers.', 'SUPPLIERS.LIST'])(
    'finds no tool, and no scope, by the name %s',
    async (name) => {
      const { text } = await send(call(name))

      expect(text).toContain('-32602')
      expect(text).not.toContain('needs')
    },
  )
})

describe('the spelling of names', () => {
  it.each([
    ['https://claude.ai/api/mcp/auth_callback', 'invoices_list'],
    ['https://claude.com/api/mcp/auth_callback', 'invoices_list'],
    ['https://chatgpt.com/connector_platform_oauth_redirect', 'invoices_list'],
    ['cursor://anysphere.cursor-retrieval/oauth/callback', 'invoices_list'],
    ['https://vscode.dev/redirect', 'invoices_list'],
    ['http://127.0.0.1:33418/callback', 'invoices.list'],
    ['https://claude.ai.evil.example/callback', 'invoices.list'],
  ])('for a client at %s is %s', async (redirectUri, expected) => {
    const own = await connectAs(redirectUri)
    const names = await listNames(own)

    expect(names).toContain(expected)
    expect(names.every((name) => name.includes('.') === expected.includes('.'))).toBe(true)
    for (const name of ['invoices.list', 'invoices_list']) {
      expect(resultOf(await callTool(url, name, {}, bearer(own)))).toHaveProperty('data')
    }
  })
})
