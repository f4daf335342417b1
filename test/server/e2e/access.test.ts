import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { credentials, startWithDemo } from '../../support/flowtly.ts'
import { callTool, post, resultOf, rpc } from '../../support/rpc.ts'

const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}'

let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string

beforeAll(async () => {
  running = await startWithDemo()
  url = running.connector.url
})

afterAll(() => running.close())

describe('API credentials', () => {
  it.each([
    ['owner@acme.example', 'acme'],
    ['admin@acme.example', 'acme'],
    ['member@acme.example', 'acme'],
    ['owner@globex.example', 'globex'],
    ['consultant@partners.example', 'acme'],
    ['consultant@partners.example', 'globex'],
    ['OWNER@acme.example', 'acme'],
  ])('let %s into %s', async (email, organization) => {
    const answer = await rpc(url, 'ping', {}, credentials(email, organization))

    expect(answer).toEqual({ status: 200, jsonrpc: '2.0', id: 'test', result: {} })
  })

  it.each<[string, Readonly<Record<string, string>>]>([
    ['the key alone', { 'X-Api-Key': 'acme-demo-key' }],
    ['no address', { 'X-Api-Key': 'acme-demo-key', 'X-Api-Secret': 'acme-demo-secret' }],
    ['a wrong key', { ...credentials(), 'X-Api-Key': 'acme-demo-kex' }],
    ['a wrong secret', { ...credentials(), 'X-Api-Secret': 'globex-demo-secret' }],
    ['a stranger', credentials('stranger@acme.example')],
    ["another organization's member", credentials('owner@globex.example', 'acme')],
    ['an overlong secret', { ...credentials(), 'X-Api-Secret': 'x'.repeat(600) }],
  ])('refuse %s with 401, a sentence, and nothing else', async (_what, headers) => {
    const answer = await post(`${url}/mcp`, PING, headers)

    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('ApiCredentials realm="flowtly"')
    expect(JSON.parse(answer.text)).toEqual({
      error: 'unauthorized',
      message: expect.stringMatching(/^The connector could not tell who is calling\. \w/),
      requestId: expect.any(String),
    })
  })

  it('say which header is missing', async () => {
    const { text } = await post(`${url}/mcp`, PING, { 'X-Api-Key': 'acme-demo-key' })

    expect(text).toContain('Missing: X-Api-Secret, X-User-Email.')
  })

  it('answer alike whichever of the three is wrong', async () => {
    const wrong = ['X-Api-Key', 'X-Api-Secret', 'X-User-Email'].map(async (name) => {
      const answer = await post(`${url}/mcp`, PING, { ...credentials(), [name]: 'wrong' })
      return answer.text.replace(/"requestId":"[^"]*"/, '')
    })

    expect(new Set(await Promise.all(wrong)).size).toBe(1)
  })

  it('see only records of their own organization', async () => {
    const ids = async (organization: string) => {
      const caller = credentials(`owner@${organization}.example`, organization)
      const result = resultOf(await callTool(url, 'invoices.list', { pageSize: 100 }, caller))
      return Array.from(JSON.stringify(result).matchAll(/inv_\d+/g), ([id]) => id)
    }

    const [acme, globex] = await Promise.all([ids('acme'), ids('globex')])

    expect(acme.length).toBeGreaterThan(50)
    expect(globex.length).toBeGreaterThan(50)
    expect(acme.filter((id) => globex.includes(id))).toEqual([])
    const foreign = await callTool(url, 'invoices.get', { invoiceId: globex[0] })
    expect(foreign.error).toMatchObject({ code: -32_000, data: { status: 404 } })
  })

  it("have the member's own permissions", async () => {
    const owner = await callTool(url, 'bankAccounts.list')
    const member = await callTool(url, 'bankAccounts.list', {}, credentials('member@acme.example'))

    expect(resultOf(owner)).toMatchObject({ data: expect.any(Array) })
    expect(member.error).toMatchObject({ code: -32_000, data: { status: 403 } })
  })

  it('are closed by API_CREDENTIALS=off', async () => {
    await using closed = await startWithDemo({ API_CREDENTIALS: 'off' })

    const answer = await post(`${closed.connector.url}/mcp`, PING)

    expect(answer.status).toBe(401)
  })

  it('never reach the log', async () => {
    await callTool(url, 'invoices.list', { q: 'marked-value' })
    await post(`${url}/mcp`, PING, { ...credentials(), 'X-Api-Secret': 'marked-secret' })

    const log = running.connector.log.join('')

    expect(log).toContain('"tool":"invoices.list"')
    expect(log).not.toMatch(/demo-key|demo-secret|marked/)
  })
})

describe('what the upstream is told', () => {
  it("is the caller's credentials, the organization and where the read comes from", async () => {
    await fetch(new URL('/_requests', running.demo.url), { method: 'DELETE' })
    await post(
      `${url}/mcp`,
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"projects.list"}}',
      {
        ...credentials(),
        'user-agent': 'claude-code/2.1',
        'x-request-id': 'my-request-1',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        cookie: 'session=marked',
        authorization: 'Basic marked',
      },
    )

    const seen = await (await fetch(new URL('/_requests', running.demo.url))).text()

    for (const name of ['x-api-key', 'x-user-email', 'x-organization-id', 'x-mcp-client']) {
      expect(seen).toContain(name)
    }
    expect(seen).toContain('my-request-1')
    expect(seen).not.toContain('marked')
    expect(seen).not.toMatch(/"(?:cookie|authorization)"/)
  })
})
