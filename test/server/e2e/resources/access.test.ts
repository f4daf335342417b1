import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { readPointer } from '../../../../server/json.ts'
import { credentials } from '../../../support/flowtly.ts'
import { bearer, connect } from '../../../support/oauth-client.ts'
import { callTool, modernRpc, post, resultOf, rpc } from '../../../support/rpc.ts'
import { startSwitched } from '../../../support/switched.ts'

const INVOICE = 'flowtly://invoices/inv_000380'
const CONTENT = 'flowtly://attachments/att_0001/content'

let running: Awaited<ReturnType<typeof startSwitched>>
let url: string
/** May read invoices and contracts. */
let token: Readonly<Record<string, string>>

beforeAll(async () => {
  running = await startSwitched()
  url = running.url
  const scopes = ['contracts:read', 'invoices:read']
  token = bearer((await connect(url, { scopes })).tokens.access_token)
})

afterAll(() => running.close())

const read = (uri: string, headers?: Readonly<Record<string, string>>) =>
  rpc(url, 'resources/read', { uri }, headers)

const unknown = (uri: string) => ({ code: -32602, data: { uri } })

describe('a token with some scopes', () => {
  it('is shown the resources of those, and no other', async () => {
    const listed = await rpc(url, 'resources/list', {}, token)
    const templates = await rpc(url, 'resources/templates/list', {}, token)

    expect(listed.result?.['resources']).toEqual([
      expect.objectContaining({ uri: 'flowtly://contracts/' }),
      expect.objectContaining({ uri: 'flowtly://invoices/' }),
    ])
    expect(templates.result?.['resourceTemplates']).toEqual([
      expect.objectContaining({ name: 'contracts.get' }),
      expect.objectContaining({ name: 'invoices.get' }),
    ])
  })

  it('reads those', async () => {
    expect((await read(INVOICE, token)).result).toHaveProperty('contents')
  })

  it('sees URIs in lists only of what it could read', async () => {
    const answer = await callTool(url, 'invoices.list', { pageSize: 1 }, token)

    const text = JSON.stringify(resultOf(answer))
    expect(text).toContain('"_uri":"flowtly://invoices/')
    expect(text).not.toContain('flowtly://counterparties/')
  })

  it.each([
    ['flowtly://bankAccounts/ba_01', 'bankAccounts:read'],
    ['flowtly://bankAccounts/', 'bankAccounts:read'],
    [CONTENT, 'attachments:read'],
  ])('is refused %s before anything is read, with the scope to ask for', async (uri, scope) => {
    const body = { jsonrpc: '2.0', id: 1, method: 'resources/read', params: { uri } }

    const answer = await post(`${url}/mcp`, JSON.stringify(body), token)

    expect(answer.status).toBe(403)
    expect(answer.headers.get('www-authenticate')).toBe(
      `Bearer error="insufficient_scope", resource_metadata="${url}/.well-known/oauth-protected-resource/mcp", scope="${scope}"`,
    )
  })

  it('is refused a whole batch for one resource, and told which', async () => {
    const body = [INVOICE, CONTENT].map((uri, id) => ({
      ...{ jsonrpc: '2.0', id, method: 'resources/read' },
      params: { uri },
    }))

    const { status, text } = await post(`${url}/mcp`, JSON.stringify(body), token)

    expect(status).toBe(403)
    expect(text).toContain('Element 1 (attachments.content) needs attachments:read.')
  })

  it('is told of a URI that nothing has what everybody is told', async () => {
    expect((await read('flowtly://suppliers/sup_1', token)).error).toMatchObject(
      unknown('flowtly://suppliers/sup_1'),
    )
  })
})

describe('what is switched off', () => {
  afterEach(() => running.change(({ switches }) => switches.turnOn('acme', 'invoices.get')))

  it('is an unknown resource, in no list, and in no item, for that organization alone', async () => {
    await running.change(({ switches }) => switches.turnOff('acme', 'invoices.get'))

    const refused = await read(INVOICE)
    const templates = await rpc(url, 'resources/templates/list')
    const list = await callTool(url, 'invoices.list', { pageSize: 1 })
    const globex = credentials('owner@globex.example', 'globex')
    const other = await rpc(url, 'resources/templates/list', {}, globex)

    expect(refused.error).toMatchObject(unknown(INVOICE))
    expect(JSON.stringify(templates)).not.toContain('flowtly://invoices/')
    expect(JSON.stringify(resultOf(list))).not.toContain('"flowtly://invoices/')
    expect(JSON.stringify(resultOf(list))).toContain('"flowtly://counterparties/')
    expect(JSON.stringify(other)).toContain('flowtly://invoices/')
  })

  it.each(['attachments', 'attachments.content'])(
    'is the content of attachments while %s is off',
    async (name) => {
      await running.change(({ switches }) => switches.turnOff('acme', name))

      const refused = await read(CONTENT)
      await running.change(({ switches }) => switches.turnOn('acme', name))

      expect(refused.error).toMatchObject(unknown(CONTENT))
      expect((await read(CONTENT)).result).toHaveProperty('contents')
    },
  )
})

describe('what is read by its URI only', () => {
  it('is no tool: neither listed nor called', async () => {
    const listed = await rpc(url, 'tools/list')
    const args = { attachmentId: 'att_0001' }
    const called = await Promise.all(
      ['attachments.content', 'attachments_content'].map((name) => callTool(url, name, args)),
    )

    expect(JSON.stringify(listed)).not.toMatch(/"attachments.content"/)
    expect(called.map(({ error }) => error?.message)).toEqual([
      'Unknown tool: "attachments.content"',
      'Unknown tool: "attachments_content"',
    ])
  })
})

describe('the record of another organization', () => {
  it('is one that the upstream does not have for the caller', async () => {
    const globex = credentials('owner@globex.example', 'globex')
    const list = resultOf(await callTool(url, 'invoices.list', { pageSize: 1 }, globex))
    const uri = String(readPointer(list, '/data/0/_uri'))

    expect((await read(uri, globex)).result).toHaveProperty('contents')
    expect((await read(uri)).error).toMatchObject({ code: -32000, data: { status: 404 } })
  })

  it('is as the upstream says also where a role may not see it', async () => {
    const member = credentials('member@acme.example')

    expect((await read('flowtly://bankAccounts/ba_01', member)).error).toMatchObject({
      code: -32000,
      message: 'Upstream Flowtly API failed',
      data: { status: 403 },
    })
  })
})

it('says of a reading that it is private and old at once', async () => {
  expect((await modernRpc(url, 'resources/read', { uri: INVOICE })).result).toMatchObject({
    ...{ resultType: 'complete', ttlMs: 0, cacheScope: 'private' },
  })
})

it('gives every URI of a list that can be read', async () => {
  const answer = await callTool(url, 'transactions.list', { limit: 5 })
  const uris = JSON.stringify(resultOf(answer)).match(/flowtly:\/\/[^"]+/g) ?? []

  const answers = await Promise.all([...new Set(uris)].map((uri) => read(uri)))

  expect(uris.length).toBeGreaterThanOrEqual(5)
  for (const each of answers) expect(each.result).toHaveProperty('contents')
})
