import fc, { type Arbitrary } from 'fast-check'
import { oddBytes } from './odd-texts.ts'
import type { Header } from './request.ts'

const TYPES = [
  'application/json; charset=utf-16',
  'application/json; charset="',
  'application/json, text/plain',
  'application/jsonx',
  'text/plain',
  'text/event-stream',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=a',
  'application/x-www-form-urlencoded',
  '/',
  ';',
  'a/b; ' + 'c=d; '.repeat(500),
] as const

/** Headers that somebody reads, with values that nobody expects. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  'Content-Type': TYPES,
  'Content-Encoding': ['gzip', 'br', 'identity', 'IDENTITY', 'gzip, gzip', 'x'],
  Accept: ['text/event-stream', '*/*', 'text/html;q=0.1', ',,,', 'a'.repeat(4_000)],
  'MCP-Protocol-Version': ['2026-07-28', '2025-11-25', '2025-03-26', '1', '2026-07-28, 2025-11-25'],
  'Mcp-Method': ['tools/call', 'tools/list', '=?base64?dG9vbHM=?='],
  'Mcp-Name': ['invoices.list', 'constructor', '=?base64?////?='],
  'Mcp-Session-Id': ['1', 'x'.repeat(2_000)],
  'Last-Event-ID': ['1'],
  Origin: [
    'null',
    'https://evil.example',
    'https://claude.ai',
    'http://localhost:1',
    'http://',
    'x',
  ],
  Host: [
    'evil.example',
    '127.0.0.1',
    '',
    '[::1',
    'a b',
    'localhost:99999',
    '127.0.0.1:80@evil.example',
  ],
  traceparent: [
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-00000000000000000000000000000000-0000000000000000-00',
    'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-extra',
  ],
  tracestate: ['a=b,c=d', '='.repeat(600)],
  'X-Request-Id': ['plain-1', 'not plain', 'x'.repeat(65)],
  'X-Forwarded-For': [
    '203.0.113.7',
    '203.0.113.7, 10.0.0.1',
    'unknown',
    '[2001:db8::1]:80',
    ',,,',
    '::ffff:1.2.3.4',
  ],
  'X-Forwarded-Host': ['evil.example'],
  'X-Forwarded-Proto': ['https', 'gopher', 'https,http'],
  Forwarded: ['for=1.2.3.4;host=evil.example'],
  Cookie: [
    '_interaction=x',
    '_session=x; _session.sig=y',
    '__proto__=1',
    ';;;=',
    'a=' + '%'.repeat(500),
  ],
  Expect: ['100-continue', '200-maybe'],
  Upgrade: ['websocket', 'h2c'],
  Connection: ['close', 'upgrade', 'keep-alive, transfer-encoding', 'X-Request-Id'],
  Range: ['bytes=0-', 'bytes=-1,0-,9-1'],
  'If-None-Match': ['*', '"x"'],
  'Access-Control-Request-Method': ['POST', 'DELETE', 'x y'],
  'Access-Control-Request-Headers': ['authorization', '*', 'a,'.repeat(300)],
}

const known: Arbitrary<Header> = fc
  .constantFrom(...Object.entries(VALUES))
  .chain(([name, values]) =>
    fc.tuple(
      fc.constant(name),
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...values) },
        { weight: 1, arbitrary: oddBytes },
      ),
    ),
  )

/** Those that Node's parser itself has to refuse, or to bear. */
const odd: Arbitrary<Header> = fc.oneof(
  fc.tuple(oddBytes, oddBytes),
  fc.constantFrom<Header[]>(
    ['X-Large', 'x'.repeat(17_000)],
    ['X-Control', 'a\u0001b\u007f'],
    ['X-Feed', 'a\nX-Injected: 1'],
    ['X-Return', 'a\rX-Injected: 1'],
    ['X-Latin', '\u00e9\u00ff'],
    [' X-Blank', 'a'],
    ['', 'a'],
    ['__proto__', 'a'],
    ['constructor', 'a'],
  ),
)

/** More headers than anybody sends; Node keeps the first two thousand. */
const crowd: Arbitrary<readonly Header[]> = fc
  .constantFrom(50, 300, 900)
  .map((count) => Array.from({ length: count }, (_, index): Header => [`x-${index}`, '']))

/** What is sent beside what a request needs. */
export const extraHeaders: Arbitrary<readonly Header[]> = fc.oneof(
  { weight: 6, arbitrary: fc.array(known, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(odd, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: known.map((header) => [header, header]) },
  { weight: 1, arbitrary: crowd },
)

const GARBAGE_AUTHORIZATION = [
  'Bearer',
  'Bearer ',
  'Bearer  x',
  'bearer x',
  'Basic OnB3',
  'Bearer flowtly_sk_',
  `Bearer flowtly_sk_${'a'.repeat(43)}`,
  'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.',
  'Bearer eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6Ii4uLy4uIn0.e30.AAAA',
  'Bearer ..',
  `Bearer ${'a'.repeat(7_000)}`,
  `Bearer ${'.'.repeat(2_000)}`,
  'Negotiate x',
  'DPoP x',
] as const

/**
 * Ways to say who is asking: nobody, nonsense, somebody, somebody twice, and somebody's damaged token.
 *
 * @param callers the headers of those who may ask
 */
export function whoAsks(callers: readonly (readonly Header[])[]): Arbitrary<readonly Header[]> {
  const caller = fc.constantFrom(...callers)
  const garbage = fc.oneof(fc.constantFrom(...GARBAGE_AUTHORIZATION), oddBytes)
  const asGarbage = garbage.map((value): readonly Header[] => [['Authorization', value]])
  const damaged = fc
    .tuple(caller, fc.nat(), fc.constantFrom('', 'A', '.', '\u00ff'))
    .map(([headers, at, stray]) =>
      headers.map(([name, value]): Header => {
        const place = at % (value.length + 1)
        return [name, value.slice(0, place) + stray + value.slice(place + 1)]
      }),
    )
  return fc.oneof(
    { weight: 16, arbitrary: caller },
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: asGarbage },
    { weight: 2, arbitrary: damaged },
    { weight: 1, arbitrary: fc.tuple(caller, caller).map(([one, other]) => [...one, ...other]) },
  )
}
