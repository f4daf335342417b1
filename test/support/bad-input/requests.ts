import fc, { type Arbitrary } from 'fast-check'
import { messageBody } from './bodies.ts'
import { formBody, queryText, registrationBody } from './forms.ts'
import { allFramings } from './framing.ts'
import { extraHeaders, whoAsks } from './headers.ts'
import { oddBytes } from './odd-texts.ts'
import type { BadRequest, Body, Delivery, Header } from './request.ts'

const { sound, broken } = allFramings()

const framing = fc.oneof(
  { weight: 14, arbitrary: fc.constant('length' as const) },
  { weight: 2, arbitrary: fc.constantFrom(...sound) },
  { weight: 2, arbitrary: fc.constantFrom(...broken) },
)

const fraction = fc.double({ min: 0, max: 1, noNaN: true })

const delivery: Arbitrary<Delivery> = fc.oneof(
  { weight: 14, arbitrary: fc.constant({ kind: 'whole' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('dripped' as const),
      cuts: fc.array(fraction, { minLength: 1, maxLength: 5 }),
      pauseMs: fc.integer({ min: 0, max: 12 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('aborted' as const),
      at: fraction,
      isReset: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('pipelined' as const),
      times: fc.integer({ min: 2, max: 6 }),
    }),
  },
)

const method = fc.oneof(
  { weight: 30, arbitrary: fc.constant('POST') },
  { weight: 2, arbitrary: fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'DELETE', 'PUT', 'PATCH') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('TRACE', 'CONNECT', 'PRI', 'post', '', 'GET\t', 'PURGE'),
  },
)

const version = fc.oneof(
  { weight: 60, arbitrary: fc.constant('HTTP/1.1') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/9', '', 'ICY'),
  },
)

const ENDPOINTS = [
  '/oauth/token',
  '/oauth/revoke',
  '/oauth/authorize',
  '/oauth/authorize/x',
  '/oauth/register/x',
  '/oauth/jwks',
  '/oauth/callback',
  '/oauth/interaction/x',
  '/oauth/interaction/x/callback',
  '/oauth/interaction/__proto__',
  '/.well-known/oauth-authorization-server',
  '/.well-known/oauth-authorization-server/mcp',
  '/.well-known/oauth-protected-resource',
  '/.well-known/oauth-protected-resource/mcp',
  '/.well-known/openid-configuration',
] as const

const PAGES = [
  '/health',
  '/ready',
  '/metrics',
  '/mcp/openapi.json',
  '/',
  '/docs',
  '/console',
  '/assets/style.css',
  '/favicon.ico',
  '/llms.txt',
] as const

const ABSURD = [
  '*',
  '//mcp',
  '/mcp/',
  '/MCP',
  '/mcp/../mcp',
  '/%6dcp',
  '/mcp%00',
  '/%',
  '/%ff',
  '/%c0%ae%c0%ae/',
  '/../../etc/passwd',
  '/..%5c..%5cetc',
  'http://evil.example/mcp',
  'http://',
  'mcp',
  '?',
  '#',
  '/mcp#x',
  '/mcp?' + 'a=b&'.repeat(1_500),
  `/${'a/'.repeat(3_000)}`,
  `/${'x'.repeat(17_000)}`,
  '/\u00e9',
  '/mcp\u0000',
  '/assets/..%2f..%2fpackage.json',
  '/assets/__proto__',
] as const

type Shape = {
  readonly target: Arbitrary<string>
  readonly body: Arbitrary<Body>
  readonly contentType: string
}

const mcp: Shape = {
  target: fc.oneof(
    { weight: 12, arbitrary: fc.constant('/mcp') },
    { weight: 1, arbitrary: fc.constant('/public/mcp') },
    { weight: 1, arbitrary: queryText.map((query) => `/mcp?${query}`) },
  ),
  body: messageBody,
  contentType: 'application/json',
}

const oauth: Shape = {
  target: fc
    .tuple(fc.constantFrom(...ENDPOINTS), fc.oneof(fc.constant(''), queryText))
    .map(([path, query]) => (query === '' ? path : `${path}?${query}`)),
  body: fc.oneof({ weight: 6, arbitrary: formBody }, { weight: 1, arbitrary: messageBody }),
  contentType: 'application/x-www-form-urlencoded',
}

const registration: Shape = {
  target: fc.constant('/oauth/register'),
  body: fc.oneof({ weight: 4, arbitrary: registrationBody }, { weight: 1, arbitrary: messageBody }),
  contentType: 'application/json',
}

const elsewhere: Shape = {
  target: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...PAGES) },
    { weight: 3, arbitrary: fc.constantFrom(...ABSURD) },
    { weight: 1, arbitrary: oddBytes.map((bytes) => `/${bytes}`) },
  ),
  body: messageBody,
  contentType: 'application/json',
}

/**
 * Every kind of bad request, and some good ones.
 *
 * @param options.host of the server, with its port
 * @param options.callers the headers of those who may ask
 */
export function badRequests(options: {
  readonly host: string
  readonly callers: readonly (readonly Header[])[]
}): Arbitrary<BadRequest> {
  const who = whoAsks(options.callers)
  const toRequest = ({ target, body, contentType }: Shape): Arbitrary<BadRequest> =>
    fc
      .record({
        ...{ method, target, version, who, extra: extraHeaders, body, framing, delivery },
        isTyped: fc.integer({ min: 0, max: 19 }).map((number) => number > 0),
        isAddressed: fc.integer({ min: 0, max: 19 }).map((number) => number > 0),
        hasExtra: fc.integer({ min: 0, max: 9 }).map((number) => number < 3),
        address: fc.ipV4(),
      })
      .map(({ who: mine, extra, isTyped, isAddressed, hasExtra, address, ...rest }) => ({
        ...rest,
        headers: [
          ...(isAddressed ? [toHeader('Host', options.host)] : []),
          ...(isTyped ? [toHeader('Content-Type', contentType)] : []),
          toHeader('X-Forwarded-For', address),
          ...mine,
          ...(hasExtra ? extra : []),
        ],
      }))
  return fc.oneof(
    { weight: 12, arbitrary: toRequest(mcp) },
    { weight: 4, arbitrary: toRequest(oauth) },
    { weight: 1, arbitrary: toRequest(registration) },
    { weight: 3, arbitrary: toRequest(elsewhere) },
  )
}

function toHeader(name: string, value: string): Header {
  return [name, value]
}
