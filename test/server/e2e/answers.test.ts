import type { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startChanged, withTool } from '../../support/connectors.ts'
import type { TestConnector } from '../../support/flowtly.ts'
import { startRawUpstream, type RawUpstream } from '../../support/raw-upstream.ts'
import { callTool, modernRpc, type RpcAnswer } from '../../support/rpc.ts'
import { until } from '../../support/until.ts'

/** Tools that answer with other things than JSON, by what their operation accepts. */
const ACCEPTED = {
  'attachments.get': 'application/pdf, image/png',
  'invoices.get': 'text/csv',
  'contracts.get': 'text/html',
  'bankAccounts.get': 'application/json, */*;q=0.1',
  'counterparties.get': 'application/json',
} as const

const ARGUMENTS_OF = {
  'attachments.get': { attachmentId: 'att_1' },
  'invoices.get': { invoiceId: 'inv_000001' },
  'contracts.get': { contractId: 'con_0001' },
  'bankAccounts.get': { bankAccountId: 'ba_0001' },
  'counterparties.get': { counterpartyId: 'cp_0001' },
} as const satisfies Record<keyof typeof ACCEPTED, object>

const MAX_BINARY_BYTES = 1024 * 1024

let upstream: RawUpstream
let connector: TestConnector

beforeAll(async () => {
  upstream = await startRawUpstream()
  connector = await startChanged(
    (shipped) =>
      Object.entries(ACCEPTED).reduce(
        (changed, [name, accept]) =>
          withTool(changed, name, ({ operation, answer }) => ({
            operation: { ...operation, accept },
            answer: { ...answer, columns: null },
          })),
        shipped,
      ),
    upstream.url,
    { UPSTREAM_TIMEOUT_MS: '2000' },
  )
})

afterAll(async () => {
  await connector.close()
  await upstream.close()
})

function answerWith(
  body: string | Buffer,
  headers: Readonly<Record<string, string>>,
  status = '200 OK',
) {
  upstream.answer = (socket: Socket) => {
    const bytes = Buffer.from(body)
    const lines = Object.entries({ 'content-length': String(bytes.length), ...headers })
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    socket.write(Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${head}\r\n`), bytes]))
  }
}

function call(tool: keyof typeof ACCEPTED, args: object = ARGUMENTS_OF[tool]): Promise<RpcAnswer> {
  return callTool(connector.url, tool, args)
}

function contentOf(answer: RpcAnswer): readonly unknown[] {
  if (answer.result?.content === undefined) throw new Error(`no result: ${JSON.stringify(answer)}`)
  return answer.result.content
}

describe('an answer', () => {
  it.each([
    ['JSON', 'application/json', '{"a":1}'],
    ['JSON of a vendor', 'application/vnd.api+json; charset=utf-8', '{"a":1}'],
    ['JSON as text', 'text/json', '[1]'],
    ['JSON without a content type', '', ' {"a":1} '],
    ['JSON in Latin-1', 'application/json; charset=iso-8859-1', Buffer.from('"é"', 'latin1')],
  ])('in %s is passed on by a tool that reads JSON only', async (_what, contentType, body) => {
    answerWith(body, { 'content-type': contentType })

    const text = typeof body === 'string' ? body : '"é"'
    expect(contentOf(await call('counterparties.get'))).toEqual([{ type: 'text', text }])
  })

  it.each([
    ['CSV', 'text/csv', 'id,total\n1,2\n', 'id,total\n1,2\n'],
    ['CSV with a mark', 'text/csv', '\ufeffid\n1\n', 'id\n1\n'],
    ['plain text in Latin-1', 'text/plain; charset=ISO-8859-1', Buffer.from('é', 'latin1'), 'é'],
    ['text in UTF-16', 'text/plain; charset=utf-16le', Buffer.from('zł', 'utf16le'), 'zł'],
    ['XML', 'application/xml', '<a/>', '<a/>'],
    ['something without a content type', '', 'no JSON', 'no JSON'],
    ['JSON after all', 'application/json', '{"a":1}', '{"a":1}'],
  ])('in %s is passed on by a tool that reads CSV', async (_what, contentType, body, text) => {
    answerWith(body, { 'content-type': contentType })

    expect(contentOf(await call('invoices.get'))).toEqual([{ type: 'text', text }])
  })

  it('is a page only where the document says so', async () => {
    answerWith('<h1>Bill</h1>', { 'content-type': 'text/html' })

    expect(contentOf(await call('contracts.get'))).toEqual([
      { type: 'text', text: '<h1>Bill</h1>' },
    ])
    expect((await call('bankAccounts.get')).error?.data).toMatchObject({ status: 502 })
    expect((await call('invoices.get')).error?.data).toMatchObject({ status: 502 })
    expect((await call('counterparties.get')).error?.data).toMatchObject({ status: 502 })
  })

  it.each([['text/csv'], ['application/pdf'], ['application/xml'], ['image/png']])(
    'in %s is an error where JSON alone is read',
    async (contentType) => {
      answerWith('x', { 'content-type': contentType })

      expect((await call('counterparties.get')).error).toMatchObject({
        code: -32_000,
        data: { status: 502 },
      })
    },
  )

  it('in a charset that nobody knows is an error', async () => {
    answerWith('x', { 'content-type': 'text/csv; charset=klingon' })

    expect((await call('invoices.get')).error?.data).toMatchObject({ status: 502 })
  })

  it.each([['204 No Content'], ['205 Reset Content'], ['200 OK'], ['202 Accepted']])(
    'without content is null: %s',
    async (status) => {
      answerWith('', { 'content-type': 'application/json' }, status)

      expect(contentOf(await call('counterparties.get'))).toEqual([{ type: 'text', text: 'null' }])
    },
  )

  it.each([
    ['301 Moved'],
    ['302 Found'],
    ['303 See Other'],
    ['304 Not Modified'],
    ['307 Elsewhere'],
  ])('that leads elsewhere is an error and does not say where: %s', async (status) => {
    answerWith('', { location: 'http://internal.example/secret' }, status)

    const answer = await call('invoices.get')

    expect(answer.error).toMatchObject({ code: -32_000, data: { status: Number.parseInt(status) } })
    expect(JSON.stringify(answer)).not.toContain('secret')
  })
})

describe('a file', () => {
  const png = Buffer.from('89504e470d0a1a0a00', 'hex')
  const fileName = 'attachment; filename="../scan 1.png"'

  it.each([
    ['legacy', call],
    [
      'modern',
      (tool: keyof typeof ACCEPTED) =>
        modernRpc(connector.url, 'tools/call', { name: tool, arguments: ARGUMENTS_OF[tool] }),
    ],
  ])('that is a picture is an image block in the %s era', async (_era, ask) => {
    answerWith(png, { 'content-type': 'image/png', 'content-disposition': fileName })

    const [image, facts] = contentOf(await ask('attachments.get'))

    expect(image).toEqual({ type: 'image', data: png.toString('base64'), mimeType: 'image/png' })
    expect(facts).toEqual({
      type: 'text',
      text: '{"contentType":"image/png","bytes":9,"fileName":"scan 1.png"}',
    })
  })

  it('that is a sound is an audio block', async () => {
    answerWith(png, { 'content-type': 'audio/mpeg' })

    expect(contentOf(await call('attachments.get'))[0]).toMatchObject({
      type: 'audio',
      mimeType: 'audio/mpeg',
    })
  })

  it('of another kind is a resource, called after its call', async () => {
    answerWith('%PDF', { 'content-type': 'Application/PDF; qs=0.5' })

    expect(contentOf(await call('attachments.get', { attachmentId: 'a/b ?é' }))[0]).toEqual({
      type: 'resource',
      resource: {
        uri: 'flowtly://attachments/get?attachmentId=a%2Fb%20%3F%C3%A9',
        mimeType: 'application/pdf',
        blob: Buffer.from('%PDF').toString('base64'),
      },
    })
  })

  it('is passed on up to its limit', async () => {
    answerWith(Buffer.alloc(MAX_BINARY_BYTES, 7), { 'content-type': 'application/pdf' })

    expect(contentOf(await call('attachments.get'))[0]).toMatchObject({ type: 'resource' })
  })

  it.each([
    ['says its length', 'content-length: 99999999\r\n\r\n', 99_999_999],
    ['never ends', 'transfer-encoding: chunked\r\n\r\n', null],
  ])('that is too large and %s is told of and not read', async (_what, head, bytes) => {
    upstream.answer = (socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/pdf\r\n${head}`)
      const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
      const send = () => {
        while (!socket.destroyed && socket.write(chunk));
      }
      socket.on('drain', send)
      if (bytes === null) send()
    }

    const [facts, ...others] = contentOf(await call('attachments.get', { attachmentId: 'a b' }))

    expect(others).toEqual([])
    expect(facts).toMatchObject({ type: 'text' })
    expect(JSON.parse(textOf(facts))).toEqual({
      contentType: 'application/pdf',
      bytes,
      fileName: null,
      link: `${upstream.url}/attachments/a%20b`,
      note: expect.stringMatching(/access that the member has of their own/),
    })
    await until(() => upstream.open.size === 0)
  })

  it('cut off in the middle is an error', async () => {
    upstream.answer = (socket) => {
      socket.end(
        'HTTP/1.1 200 OK\r\ncontent-type: application/pdf\r\ncontent-length: 9\r\n\r\n%PDF',
      )
    }

    expect((await call('attachments.get')).error?.data).toMatchObject({ status: 502 })
  })
})

function textOf(block: unknown): string {
  if (typeof block === 'object' && block !== null && 'text' in block) return String(block.text)
  throw new Error('no text')
}
