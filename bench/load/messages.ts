import { MODERN_META } from '../../test/support/rpc.ts'

/** With the handshake, or with an envelope in each request. */
export type Era = 'legacy' | 'modern'

/** What a JSON-RPC message asks for. */
export type Wish = {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

/** The part of an HTTP request that an era decides on. */
export type Written = {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** Wishes for a tool's answer. */
export function toolCall(tool: string, args: Readonly<Record<string, unknown>> = {}): Wish {
  return { method: 'tools/call', params: { name: tool, arguments: args } }
}

/** Writes one request as clients of an era do. */
export function writeRequest(era: Era, id: string | number, { method, params }: Wish): Written {
  if (era === 'legacy') {
    return { body: JSON.stringify({ jsonrpc: '2.0', id, method, params }), headers: {} }
  }
  const { name } = params
  return {
    body: JSON.stringify({ jsonrpc: '2.0', id, method, params: { ...params, _meta: MODERN_META } }),
    headers: {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(typeof name === 'string' && { 'mcp-name': name }),
    },
  }
}

/** Writes several requests in one body, which only the era with the handshake has. */
export function writeBatch(requests: readonly (Wish & { readonly id: string })[]): Written {
  const messages = requests.map((request) => ({ jsonrpc: '2.0', ...request }))
  return { body: JSON.stringify(messages), headers: {} }
}
