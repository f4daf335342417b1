import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo } from '../../../demo/server.ts'
import { startChanged } from '../../support/connectors.ts'
import type { TestConnector } from '../../support/flowtly.ts'
import { examplePrompt, promptIntent, withPrompts } from '../../support/prompts.ts'
import { startRawUpstream, write, writeJson } from '../../support/raw-upstream.ts'
import { callTool, modernRpc, rpc } from '../../support/rpc.ts'
import { INTENTS, PROMPTS } from './prompted.ts'

const CONTRACT = 'ctr_0001'

let demo: Awaited<ReturnType<typeof startDemo>>
let connector: TestConnector
let url: string

beforeAll(async () => {
  demo = await startDemo({ port: 0 })
  connector = await startChanged((shipped) => withPrompts(shipped, PROMPTS, INTENTS), demo.url)
  url = connector.url
})

afterAll(async () => {
  await connector.close()
  await demo.close()
})

const get = (name: string, args?: Readonly<Record<string, unknown>>) =>
  rpc(url, 'prompts/get', { name, ...(args !== undefined && { arguments: args }) })

describe('prompts/list', () => {
  it('shows each prompt and intent by its name, with its arguments', async () => {
    const { result } = await rpc(url, 'prompts/list')

    expect(result).toEqual({
      prompts: [
        { name: 'bare', title: 'Bare', description: 'Asks for nothing.', arguments: [] },
        {
          ...{ name: 'cashToday', title: 'Title of cashToday' },
          description: 'What cashToday does.',
          arguments: [
            { name: 'count', description: 'How many.', required: false },
            { name: 'closed', description: 'Also closed ones.', required: false },
          ],
        },
        expect.objectContaining({
          name: 'contractCheck',
          arguments: [
            { name: 'contractId', description: 'The contractId.', required: true },
            { name: 'focus', description: 'The focus.', required: false },
          ],
        }),
        expect.objectContaining({ name: 'odd' }),
        expect.objectContaining({ name: 'readIt' }),
        expect.objectContaining({ name: 'toned' }),
      ],
    })
  })

  it('says in the modern era how long that may be kept', async () => {
    const { result } = await modernRpc(url, 'prompts/list')

    expect(result).toMatchObject({ resultType: 'complete', ttlMs: 60_000, cacheScope: 'private' })
  })

  it('comes in pages, until there is no more', async () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      examplePrompt({ name: `p${String(index).padStart(3, '0')}` }),
    )
    await using large = await startChanged((shipped) => withPrompts(shipped, many), demo.url)
    const pages = []
    let cursor: unknown = undefined
    do {
      const { result } = await rpc(
        large.url,
        'prompts/list',
        cursor === undefined ? {} : { cursor },
      )
      pages.push(result?.['prompts'])
      cursor = result?.['nextCursor']
    } while (cursor !== undefined)

    expect(pages.map((page) => (Array.isArray(page) ? page.length : 0))).toEqual([50, 50, 20])
    expect(pages.flat()).toMatchObject(many.map(({ name }) => ({ name })))
  })

  it.each(['', 'x', Buffer.from('unknown').toString('base64url')])(
    'does not know the cursor %p',
    async (cursor) => {
      const { error } = await rpc(url, 'prompts/list', { cursor })

      expect(error).toEqual({ code: -32602, message: 'Unknown cursor: begin again without one' })
    },
  )
})

describe('prompts/get', () => {
  it('gives the text of a prompt without arguments', async () => {
    expect((await get('bare')).result).toEqual({
      description: 'Asks for nothing.',
      messages: [{ role: 'user', content: { type: 'text', text: 'Do bare.' } }],
    })
  })

  it('is answered in the modern era', async () => {
    const { result } = await modernRpc(url, 'prompts/get', {
      name: 'toned',
      arguments: { tone: 'firm' },
    })

    expect(result).toMatchObject({
      resultType: 'complete',
      messages: [{ role: 'user', content: { type: 'text', text: 'In a firm tone.' } }],
    })
  })

  it.each<[rule: string, name: string, args: Record<string, unknown>, message: string]>([
    ['an unknown prompt', 'nope', {}, 'Unknown prompt: "nope"'],
    ['a name of the prototype', 'constructor', {}, 'Unknown prompt: "constructor"'],
    [
      'a missing argument',
      'contractCheck',
      { focus: 'dates' },
      '"contractCheck", "contractId": is missing; give a text',
    ],
    [
      'an empty one, which is none',
      'toned',
      { tone: '' },
      '"toned", "tone": is missing; give one of friendly, firm, Final warning',
    ],
    [
      'an unknown argument',
      'toned',
      { tone: 'firm', ton: 'firm' },
      '"toned" has no argument "ton": it takes tone',
    ],
    [
      'an argument where there is none',
      'bare',
      { a: 'b' },
      '"bare" has no argument "a": it takes none',
    ],
    [
      'a name of the prototype as an argument',
      'bare',
      { constructor: 'b' },
      '"bare" has no argument "constructor": it takes none',
    ],
    [
      'another value',
      'toned',
      { tone: 'Firm' },
      '"toned", "tone": must be one of friendly, firm, Final warning',
    ],
    [
      'a number out of its limits',
      'cashToday',
      { count: '51' },
      '"cashToday", "count": must be a whole number, at least 1, at most 50',
    ],
    [
      'no boolean',
      'cashToday',
      { closed: 'yes' },
      '"cashToday", "closed": must be one of true, false',
    ],
    [
      'a value that is too long',
      'contractCheck',
      { contractId: 'x'.repeat(1001) },
      '"contractCheck", "contractId": has 1001 characters; at most 1000 are allowed',
    ],
    [
      'a value that is no text',
      'toned',
      { tone: 5 },
      'Invalid params: "params.arguments.tone": Invalid input: expected string, received number',
    ],
  ])('refuses %s', async (_rule, name, args, message) => {
    expect((await get(name, args)).error).toEqual({ code: -32602, message })
  })

  it('takes what a person typed as it is', async () => {
    const focus = '{contractId} $& "quoted"\n</text> ü 漢'

    const { result } = await get('contractCheck', { contractId: CONTRACT, focus })

    expect(result).toMatchObject({
      messages: [{}, { content: { text: `Check ${CONTRACT}.\nAbove all ${focus}.` } }],
    })
  })

  it('takes nothing for given that nobody gave', async () => {
    const { result } = await get('odd')

    expect(result).toMatchObject({ messages: [{ content: { text: 'One.' } }] })
  })

  it('attaches what the tool answers for the same record', async () => {
    const tool = await callTool(url, 'contracts.get', { contractId: CONTRACT })

    const { result } = await get('contractCheck', { contractId: CONTRACT })

    expect(result).toEqual({
      description: 'What contractCheck does.',
      messages: [
        {
          role: 'user',
          content: {
            type: 'resource',
            resource: {
              uri: `flowtly://contracts/${CONTRACT}`,
              mimeType: 'application/json',
              text: tool.result?.content?.[0]?.text,
            },
          },
        },
        { role: 'user', content: { type: 'text', text: `Check ${CONTRACT}.` } },
      ],
    })
  })

  it.each<[rule: string, uri: string]>([
    ['no URI', 'contract'],
    ['another connector', 'other://contracts/ctr_0001'],
    ['what no prefix covers', 'flowtly://suppliers/'],
    ['the web', 'https://example.com/'],
    ['a file', 'file:///etc/passwd'],
  ])('does not read %s', async (_rule, uri) => {
    const { error } = await get('readIt', { uri })

    expect(error).toMatchObject({ code: -32602, data: { uri } })
  })

  it.each(['../invoices/inv_0001', '..', 'x/../../y'])(
    'reads nothing else with the id %p',
    async (contractId) => {
      const { error } = await get('contractCheck', { contractId })

      expect(error?.code).toBe(-32602)
    },
  )

  it('tells an upstream failure as a tool does', async () => {
    const { error } = await get('contractCheck', { contractId: 'ctr_9999' })

    expect(error).toMatchObject({
      ...{ code: -32000, message: 'Upstream Flowtly API failed' },
      data: { status: 404 },
    })
  })

  it('attaches several things in their order, or none where one fails', async () => {
    const [uri, other] = ['flowtly://contracts/ctr_0002', 'flowtly://contracts/ctr_0001']
    const both = await get('readIt', { uri, other })
    const broken = await get('readIt', { uri, other: 'flowtly://contracts/ctr_9999' })

    expect(both.result).toMatchObject({
      messages: [
        { content: { type: 'resource', resource: { uri } } },
        { content: { type: 'resource', resource: { uri: other } } },
        { content: { type: 'text' } },
      ],
    })
    expect(broken.error).toMatchObject({ code: -32000, data: { status: 404 } })
  })

  it('says of an intent which tools answer it, and what they are called with', async () => {
    const { result } = await get('cashToday', { count: '7' })

    expect(result).toMatchObject({
      messages: [
        {
          content: {
            text: [
              'Title of cashToday. What cashToday does.',
              '',
              'Call these tools in this order, and answer from what they give:',
              '1. bankAccounts.list with limit = 7',
            ].join('\n'),
          },
        },
      ],
    })
  })

  it('asks as the title does', async () => {
    const title = 'How much cash is there?'
    const asking = promptIntent('cash', ['bankAccounts.list'], { title })
    await using other = await startChanged(
      (shipped) => withPrompts(shipped, [], [asking]),
      demo.url,
    )

    const { result } = await rpc(other.url, 'prompts/get', { name: 'cash' })

    expect(JSON.stringify(result)).toContain(`"${title} What cash does.`)
  })

  it('calls what is not listed by the tool that calls others', async () => {
    await using other = await startChanged(
      (shipped) => ({
        ...withPrompts(shipped, [], [...shipped.intents, ...INTENTS]),
        catalogue: { mode: 'search', tokens: 0 },
        intents: [...shipped.intents, ...INTENTS].map((intent) => ({
          ...intent,
          pinned: intent.name === 'topDebtors',
        })),
      }),
      demo.url,
    )
    const textOf = async (name: string, args: object) =>
      JSON.stringify((await rpc(other.url, 'prompts/get', { name, arguments: args })).result)

    expect(await textOf('topDebtors', { count: '3' })).toContain(
      'Call the tool insights.topDebtors with the arguments {\\"count\\":3}, and',
    )
    expect(await textOf('overdueByAge', {})).toContain(
      'Call the tool tools.call with the arguments {\\"name\\":\\"insights.overdueByAge\\",\\"arguments\\":{}}, and',
    )
    expect(await textOf('cashToday', {})).toContain('Call what is not listed with tools.call.')
  })

  it('spells tools as the client is shown them', async () => {
    await using other = await startChanged(
      (shipped) => withPrompts(shipped, [], INTENTS),
      demo.url,
      { TOOL_NAMES: 'underscored' },
    )

    const { result } = await rpc(other.url, 'prompts/get', { name: 'cashToday' })

    expect(JSON.stringify(result)).toContain('1. bankAccounts_list with limit = 5')
  })
})

describe('several things that go with a prompt', () => {
  it('are all read to their end, also where one of them fails', async () => {
    await using upstream = await startRawUpstream()
    const held = Promise.withResolvers<undefined>()
    const failed = Promise.withResolvers<undefined>()
    upstream.answer = (socket, head) => {
      if (head.includes('/contracts/slow')) {
        void held.promise.then(() => writeJson(socket, { id: 'slow' }))
      } else if (head.includes('/contracts/broken')) {
        write(socket, '404 Not Found', {}, '')
        failed.resolve(undefined)
      } else writeJson(socket, { data: [] })
    }
    await using other = await startChanged((shipped) => withPrompts(shipped, PROMPTS), upstream.url)
    const order: string[] = []

    const asked = rpc(other.url, 'prompts/get', {
      name: 'readIt',
      arguments: { uri: 'flowtly://contracts/broken', other: 'flowtly://contracts/slow' },
    }).finally(() => order.push('answered'))
    await failed.promise
    // Whoever is answered meanwhile shows that there was time enough to answer the first.
    for (let index = 0; index < 5; index += 1) await callTool(other.url, 'contracts.list')
    order.push('read')
    held.resolve(undefined)

    expect((await asked).error).toMatchObject({ code: -32000, data: { status: 404 } })
    expect(order).toEqual(['read', 'answered'])
  })
})

describe('files that go with a prompt', () => {
  it.each([
    ['application/pdf', { type: 'resource', resource: { mimeType: 'application/pdf' } }],
    ['image/png', { type: 'image', mimeType: 'image/png' }],
    ['text/csv', { type: 'resource', resource: { mimeType: 'text/csv' } }],
  ])('of type %s are what they are', async (contentType, content) => {
    const id = demo.database
      .prepare('SELECT id FROM attachments WHERE organization_id = ? AND content_type = ?')
      .get('acme', contentType)?.['id']

    const { result } = await get('readIt', { uri: `flowtly://attachments/${String(id)}/content` })

    expect(result).toMatchObject({ messages: [{ role: 'user', content }, {}] })
  })
})

describe('a connector without prompts', () => {
  let bare: TestConnector

  beforeAll(async () => {
    bare = await startChanged((shipped) => withPrompts(shipped, []), demo.url)
  })
  afterAll(() => bare.close())

  it.each(['prompts/list', 'prompts/get', 'completion/complete'])(
    'does not know %s',
    async (method) => {
      const legacy = await rpc(bare.url, method, { name: 'a' })
      const modern = await modernRpc(bare.url, method, { name: 'a' })

      expect([legacy.error?.code, modern.error?.code]).toEqual([-32601, -32601])
    },
  )

  it('declares none, as one with prompts does', async () => {
    const initialize = { protocolVersion: '2025-11-25' }
    const ofBare = await rpc(bare.url, 'initialize', initialize)
    const ofOther = await rpc(url, 'initialize', initialize)
    const discovered = await modernRpc(url, 'server/discover')

    expect(ofBare.result?.['capabilities']).not.toHaveProperty('prompts')
    expect(ofBare.result?.['capabilities']).not.toHaveProperty('completions')
    expect(ofOther.result?.['capabilities']).toMatchObject({ prompts: {}, completions: {} })
    expect(discovered.result?.['capabilities']).toMatchObject({ prompts: {}, completions: {} })
  })
})
