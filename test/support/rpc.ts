import { credentials } from './flowtly.ts'

/** An HTTP answer, read whole. */
export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** A JSON-RPC answer, as far as tests look into it. */
export type RpcAnswer = {
  readonly jsonrpc: string
  readonly id: unknown
  readonly result?: {
    readonly content?: readonly { readonly type: string; readonly text: string }[]
    readonly isError?: boolean
    readonly [key: string]: unknown
  }
  readonly error?: {
    readonly code: number
    readonly message: string
    readonly data?: Readonly<Record<string, unknown>>
  }
}

/** Posts a body as it is, with the demo's credentials unless other headers are given. */
export async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = credentials(),
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** Sends one JSON-RPC request in the handshake era's way and parses its answer. */
export async function rpc(
  url: string,
  method: string,
  params: unknown = {},
  headers: Readonly<Record<string, string>> = credentials(),
): Promise<RpcAnswer & { readonly status: number }> {
  const { status, text } = await post(
    `${url}/mcp`,
    JSON.stringify({ jsonrpc: '2.0', id: 'test', method, params }),
    headers,
  )
  return { status, ...parseRpc(text) }
}

/** Calls a tool. */
export function callTool(
  url: string,
  name: string,
  args: unknown = {},
  headers: Readonly<Record<string, string>> = credentials(),
) {
  return rpc(url, 'tools/call', { name, arguments: args }, headers)
}

/** The JSON that a tool answered with. */
export function resultOf(answer: RpcAnswer): unknown {
  const text = answer.result?.content?.[0]?.text
  if (text === undefined || answer.result?.isError === true) {
    throw new Error(`no result: ${JSON.stringify(answer)}`)
  }
  const value: unknown = JSON.parse(text)
  return value
}

/** The sentence of a result that is an error. */
export function refusalOf(answer: RpcAnswer): string {
  const text = answer.result?.content?.[0]?.text
  if (text === undefined || answer.result?.isError !== true) {
    throw new Error(`no refusal: ${JSON.stringify(answer)}`)
  }
  return text
}

/** Reads a text as a JSON-RPC answer. */
export function parseRpc(text: string): RpcAnswer {
  const value: unknown = JSON.parse(text)
  if (!isRpcAnswer(value)) throw new Error(`no JSON-RPC answer: ${text}`)
  return value
}

/** The envelope of the 2026-07-28 era. */
export const MODERN_META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
}

/** Sends one JSON-RPC request in the 2026-07-28 way. */
export async function modernRpc(
  url: string,
  method: string,
  params: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = credentials(),
): Promise<RpcAnswer & { readonly status: number }> {
  const { uri, name = uri } = params
  const { status, text } = await post(
    `${url}/mcp`,
    JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: MODERN_META } }),
    {
      ...headers,
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(typeof name === 'string' && { 'mcp-name': name }),
    },
  )
  return { status, ...parseRpc(text) }
}

function isRpcAnswer(value: unknown): value is RpcAnswer {
  return typeof value === 'object' && value !== null && 'jsonrpc' in value
}
