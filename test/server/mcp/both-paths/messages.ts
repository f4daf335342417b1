import fc from 'fast-check'
import { MODERN_META } from '../../../support/rpc.ts'
import { ANSWERS } from './answers.ts'

/** A message as it comes over HTTP. */
export type Sent = {
  readonly message: unknown
  readonly headers: Readonly<Record<string, string>>
}

type Params = Readonly<Record<string, unknown>>

const JSON_HEADERS = { 'content-type': 'application/json' }

/** A request of the handshake era. */
export function legacy(method: string, params?: Params, id: unknown = 1): Sent {
  const message = { jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) }
  return { message, headers: JSON_HEADERS }
}

/** The same of the era without one. */
export function modern(method: string, params: Params = {}, id: unknown = 1): Sent {
  const name = params['name']
  return {
    message: {
      jsonrpc: '2.0',
      id,
      method,
      params: { ...params, _meta: { ...MODERN_META, ...metaOf(params) } },
    },
    headers: {
      ...JSON_HEADERS,
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(typeof name === 'string' && { 'mcp-name': name }),
    },
  }
}

function metaOf({ _meta: meta }: Params): object {
  return typeof meta === 'object' && meta !== null ? meta : {}
}

/** Requests that are nearly usual: each part is usual mostly, and anything now and then. */
export const sentArbitrary: fc.Arbitrary<Sent> = fc
  .record({
    era: fc.constantFrom(legacy, modern),
    method: mostly<string>(fc.constantFrom('tools/call', 'tools/list'), fc.string()),
    id: mostly(fc.oneof(fc.string(), fc.integer()), fc.jsonValue()),
    name: mostly(
      fc.constantFrom('invoices.get', 'invoices_get', 'invoices.list', 'taxGroups.list', 'nope'),
      fc.jsonValue(),
    ),
    args: mostly(
      fc.record({ invoiceId: fc.constantFrom(...ANSWERS.keys()) }),
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.jsonValue(),
    ),
    meta: mostly(
      fc.constant({}),
      fc.record(
        {
          progressToken: fc.jsonValue(),
          traceparent: fc.jsonValue(),
          'io.modelcontextprotocol/clientInfo': mostly(
            fc.record({ name: fc.string(), version: fc.string() }),
            fc.jsonValue(),
          ),
          'io.modelcontextprotocol/clientCapabilities': mostly(
            fc.dictionary(
              fc.constantFrom(
                'roots',
                'sampling',
                'elicitation',
                'extensions',
                'experimental',
                'x',
              ),
              mostly(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue()),
            ),
            fc.jsonValue(),
          ),
          'io.modelcontextprotocol/logLevel': fc.jsonValue(),
          'io.modelcontextprotocol/related-task': fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
      fc.dictionary(fc.string(), fc.jsonValue()),
    ),
    more: mostly(fc.constant({}), fc.dictionary(fc.string(), fc.jsonValue())),
    headers: mostly(
      fc.constant({}),
      fc.record(
        {
          'content-type': fc.constantFrom('application/json; charset=utf-8', 'text/plain', ''),
          'mcp-protocol-version': fc.constantFrom('2025-11-25', '2025-03-26', '2026-07-28', 'x'),
          'mcp-method': fc.constantFrom('tools/call', 'tools/list', ''),
          'mcp-name': fc.constantFrom('invoices.get', '=?base64?aW52b2ljZXMuZ2V0?=', 'nope'),
        },
        { requiredKeys: [] },
      ),
    ),
  })
  .map(({ era, method, id, name, args, meta, more, headers }) => {
    const isList = method === 'tools/list'
    const asked = isList ? {} : { name, arguments: args }
    const { message, headers: own } = era(method, { ...asked, ...more, _meta: meta }, id)
    const sent: unknown = JSON.parse(JSON.stringify(message))
    return { message: sent, headers: { ...own, ...headers } }
  })

function mostly<T, Other = T>(
  usual: fc.Arbitrary<T>,
  ...others: readonly fc.Arbitrary<Other>[]
): fc.Arbitrary<T | Other> {
  const rare = others.map((arbitrary) => ({ arbitrary, weight: 1 }))
  return fc.oneof({ arbitrary: usual, weight: 4 * others.length }, ...rare)
}
