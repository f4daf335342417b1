/** A JSON-RPC request, as the pages show it. */
export type RpcRequest = {
  readonly jsonrpc: '2.0'
  readonly id: number
  readonly method: string
  readonly params?: object
}

/** Stands in printed answers for anything that the real one has there; as a key, for more members. */
export const ELLIPSIS = '…'

/** The variable of the shell that the pages keep a credential in. */
export const TOKEN_VARIABLE = 'TOKEN'

/** The header that carries it, in double quotes: the shell fills it in. */
export const TOKEN_HEADER = `Authorization: Bearer $${TOKEN_VARIABLE}`

/** Makes a request; without `params`, it has none. */
export function toRpc(id: number, method: string, params?: object): RpcRequest {
  return { jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) }
}

/** Makes the answer to a request. */
export function toRpcResult(id: number, result: object): object {
  return { jsonrpc: '2.0', id, result }
}

/** Makes the answer to a request that failed. */
export function toRpcError(id: number | null, error: object): object {
  return { jsonrpc: '2.0', id, error }
}

/**
 * Writes a request as a curl command that can be copied.
 *
 * @param options.headers as they are sent; a `$` in one is a variable of the shell
 * @param options.body sent as JSON, or as it is where it is a text; a GET without it
 * @param options.showsHeaders also prints the status and the headers of the answer
 */
export function toCurl(options: {
  readonly url: string
  readonly headers?: readonly string[]
  readonly body?: object | string
  readonly showsHeaders?: boolean
}): string {
  const { url, headers = [], body, showsHeaders = false } = options
  const isPost = body !== undefined
  const all = isPost ? [...headers, 'Content-Type: application/json'] : headers
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const parts = [
    `curl ${showsHeaders ? '-si' : '-s'} ${url}`,
    ...all.map((header) => `-H ${quoteHeader(header)}`),
    ...(isPost ? [`-d ${quoteForShell(text)}`] : []),
  ]
  return parts.join(' \\\n  ')
}

/** Quotes a text so that the shell changes nothing in it. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

function quoteHeader(header: string): string {
  return header.includes('$') ? `"${header.replaceAll(/["\\`]/g, '\\$&')}"` : quoteForShell(header)
}
