import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { anyCharacter } from '../../../support/any-character.ts'
import { startFlowtly, type TestConnector } from '../../../support/flowtly.ts'
import { startRawUpstream, type RawUpstream } from '../../../support/raw-upstream.ts'
import { rpc } from '../../../support/rpc.ts'

/** What a reading may ask the upstream for, by what its URI begins with. */
const PATHS: readonly (readonly [prefix: string, path: RegExp])[] = [
  ['flowtly://invoices/', /^GET \/v1\/invoices(?:\/[^/?#\s]+|\?[^#\s]*)? HTTP/],
  ['flowtly://contracts/', /^GET \/v1\/contracts(?:\/[^/?#\s]+|\?[^#\s]*)? HTTP/],
  ['flowtly://counterparties/', /^GET \/v1\/counterparties(?:\/[^/?#\s]+|\?[^#\s]*)? HTTP/],
  ['flowtly://bankAccounts/', /^GET \/v1\/bank-accounts(?:\/[^/?#\s]+|\?[^#\s]*)? HTTP/],
  ['flowtly://attachments/', /^GET \/v1\/attachments(?:\/[^/?#\s]+(?:\/content)?|\?[^#\s]*)? HTTP/],
]

let upstream: RawUpstream
let connector: TestConnector

beforeAll(async () => {
  upstream = await startRawUpstream()
  connector = await startFlowtly(upstream.url)
})

afterAll(async () => {
  await connector.close()
  await upstream.close()
})

async function read(uri: string) {
  upstream.requests.length = 0
  const answer = await rpc(connector.url, 'resources/read', { uri })
  return { answer, requests: [...upstream.requests] }
}

/** Pieces that URIs are wrongly made of. */
const piece = fc.oneof(
  fc.constantFrom(
    ...['..', '.', '/', '//', '\\', '%2e%2e', '%2E%2E', '%252e%252e', '%2f', '%2F', '%252F'],
    ...['%5c', '%00', '%0a', '%0D%0A', '\u0000', '\n', '\t', ' ', '%20', '+', '%', '%C0%AE', '%FF'],
    ...['?', '#', '?fields=*', '#top', '@', ':', ':443', 'user:pass@', ';v=1', ',', '*', '{', '}'],
    ...['content', 'me', 'invoices', 'inv_000380', 'invoices/inv_1', 'sessions', '__proto__'],
    ...['\u202E', '\uFF0F', '\u2024\u2024', '\u0131', 'e\u0301', '\uD800', '{invoiceId}'],
  ),
  fc.string({ unit: anyCharacter, maxLength: 8 }),
)
const beginning = fc.constantFrom(
  ...PATHS.map(([prefix]) => prefix),
  ...['flowtly://invoices', 'flowtly:invoices/', 'flowtly:/invoices/', 'flowtly:///invoices/'],
  ...['FLOWTLY://invoices/', 'flowtly://Invoices/', 'flowtly://INVOICES/', ' flowtly://invoices/'],
  ...['flowtly://user@invoices/', 'flowtly://invoices:80/', 'flowtly://invoices./'],
  ...['flowtly://transactions/', 'flowtly://projects/', 'flowtly://', 'flowtly://invoices%2F'],
  ...['https://invoices/', 'http://127.0.0.1/', 'file:///', 'data:,', 'javascript:', '//', '/', ''],
)
const anyUri = fc
  .tuple(beginning, fc.array(piece, { maxLength: 5 }))
  .map(([begin, pieces]) => `${begin}${pieces.join('')}`)

describe('a reading', () => {
  it('asks the upstream only for what begins with an allowed prefix, in its own path', async () => {
    await fc.assert(
      fc.asyncProperty(anyUri, async (uri) => {
        const { answer, requests } = await read(uri)

        const allowed = PATHS.find(([prefix]) => uri.startsWith(prefix))
        if (requests.length === 0) {
          expect(answer.error).toMatchObject({ code: -32602, data: { uri } })
        } else {
          expect(requests).toEqual([expect.stringMatching(allowed?.[1] ?? /^never$/)])
          expect(answer.result ?? answer.error).not.toMatchObject({ code: -32602 })
        }
      }),
      { numRuns: 1_500 },
    )
  }, 120_000)

  it.each([
    ['another scheme', 'https://invoices/inv_1'],
    ['a scheme in capital letters', 'FLOWTLY://invoices/inv_1'],
    ['a namespace in capital letters', 'flowtly://Invoices/inv_1'],
    ['a namespace without a prefix', 'flowtly://transactions/tx_1'],
    ['no slash behind the namespace', 'flowtly://invoices'],
    ['an empty segment', 'flowtly://invoices//inv_1'],
    ['a slash at the end', 'flowtly://invoices/inv_1/'],
    ['one segment too many', 'flowtly://invoices/inv_1/lines'],
    ['a dot segment', 'flowtly://invoices/../me'],
    ['a dot segment alone', 'flowtly://invoices/..'],
    ['an encoded dot segment', 'flowtly://invoices/%2E%2E'],
    ['an encoded dot segment in an id', 'flowtly://invoices/a%2F..%2Fme'],
    ['an id that is encoded twice', 'flowtly://invoices/%252E%252E'],
    ['an id that is encoded without need', 'flowtly://invoices/%69nv_1'],
    ['small hexadecimal digits', 'flowtly://invoices/a%c3%a9'],
    ['a character beyond ASCII', 'flowtly://invoices/é'],
    ['a query', 'flowtly://invoices/inv_1?fields=all'],
    ['a query of the list', 'flowtly://invoices/?page=2'],
    ['a fragment', 'flowtly://invoices/inv_1#lines'],
    ['user information', 'flowtly://owner@invoices/inv_1'],
    ['a port', 'flowtly://invoices:443/inv_1'],
    ['a control character', 'flowtly://invoices/inv_1\n'],
    ['an encoded control character', 'flowtly://invoices/inv_1%0A'],
    ['a space before it', ' flowtly://invoices/inv_1'],
    ['a backslash', 'flowtly://invoices\\inv_1'],
    ['the template itself', 'flowtly://invoices/{invoiceId}'],
    ['an id that is longer than a path has room', `flowtly://invoices/${'a'.repeat(1_001)}`],
  ])('does not know a URI with %s', async (_what, uri) => {
    const { answer, requests } = await read(uri)

    expect(answer.error).toMatchObject({ code: -32602, data: { uri } })
    expect(requests).toEqual([])
  })

  it.each([
    ['flowtly://invoices/inv_1', 'GET /v1/invoices/inv_1 HTTP/1.1'],
    ['flowtly://invoices/a%20b', 'GET /v1/invoices/a%20b HTTP/1.1'],
    ['flowtly://invoices/a%2Fb', 'GET /v1/invoices/a%2Fb HTTP/1.1'],
    ['flowtly://invoices/%C3%A9', 'GET /v1/invoices/%C3%A9 HTTP/1.1'],
    ['flowtly://attachments/att_1/content', 'GET /v1/attachments/att_1/content HTTP/1.1'],
    ['flowtly://invoices/', 'GET /v1/invoices?pageSize=25 HTTP/1.1'],
  ])('asks for %s with %s', async (uri, request) => {
    expect((await read(uri)).requests).toEqual([request])
  })

  it.each([[{}], [{ uri: 1 }], [{ uri: null }], [{ uri: ['flowtly://invoices/'] }], [null]])(
    'is no request with the parameters %j',
    async (params) => {
      upstream.requests.length = 0

      const { error } = await rpc(connector.url, 'resources/read', params)

      expect([-32600, -32602]).toContain(error?.code)
      expect(upstream.requests).toEqual([])
    },
  )
})
