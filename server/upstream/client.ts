import createClient from 'openapi-fetch'
import type { OpenUpstream, Operation } from '../mcp/tool.ts'
import type { Secret } from '../secret.ts'
import { ArgumentRefused, UpstreamFailure } from './failure.ts'
import { judgeAnswer, type UpstreamAnswer } from './judge-answer.ts'
import { fillPath, matchesTemplate } from './path.ts'
import { serializeQuery } from './serialize.ts'
import type { Transport } from './transport.ts'

/** A request target beyond this is refused: common servers cut at 8 KB. */
const MAX_TARGET_CHARS = 8_000

/** For whom a request is sent, and what the upstream is told about it. */
export type Caller = {
  /** Headers that prove who asks, for example `Authorization`; never the client's own token. */
  readonly credential: Readonly<Record<string, Secret>>
  /** Sent in the connector's organization header; `null` before the organization is known. */
  readonly organizationId: string | null
  readonly requestId: string
  /** The name of the MCP client, for the upstream's own history. */
  readonly clientName: string | null
  /** W3C trace context, already validated. */
  readonly traceparent: string | null
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal
}

/** Sends compiled operations, and nothing else. */
export interface UpstreamClient {
  /**
   * Sends one operation for a caller.
   *
   * @param send calls the operation through what it is given, once
   * @throws {UpstreamFailure} for anything but a success in what the operation accepts
   * @throws {ArgumentRefused} for an argument that would make it another request
   */
  read(
    operation: Operation,
    caller: Caller,
    send: (open: OpenUpstream) => Promise<unknown>,
  ): Promise<UpstreamAnswer>
}

/** What the client needs to know of the upstream. */
export type UpstreamOptions = {
  readonly transport: Transport
  /** Scheme, host, port and base path, without a slash at the end. */
  readonly baseUrl: URL
  readonly organizationHeader: string | null
  /** For a whole call, in milliseconds. */
  readonly timeoutMs: number
  readonly userAgent: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Makes the client for one upstream. `openapi-fetch` builds the request; this judges and sends it. */
export function createUpstreamClient(options: UpstreamOptions): UpstreamClient {
  const { transport, timeoutMs, now } = options
  const basePath = options.baseUrl.pathname.replace(/\/+$/, '')
  const baseUrl = `${options.baseUrl.origin}${basePath}`

  async function exchange(
    operation: Operation,
    caller: Caller,
    request: Request,
  ): Promise<UpstreamAnswer> {
    const url = new URL(request.url)
    checkRequest(operation, request.method, url, { origin: options.baseUrl.origin, basePath })
    const signal = AbortSignal.any([caller.signal, AbortSignal.timeout(timeoutMs)])
    try {
      const answer = await transport.exchange({
        method: operation.method,
        target: `${url.pathname}${url.search}`,
        headers: {
          ...Object.fromEntries(request.headers),
          ...headersFor(operation, caller, options),
        },
        body: request.body === null ? null : await request.text(),
        signal,
      })
      return judgeAnswer(answer, { operation, url: url.href, now: now() })
    } catch (error) {
      if (isTimeout(error)) {
        throw new UpstreamFailure(504, `no answer in ${timeoutMs} ms`, { cause: error })
      }
      throw error
    }
  }

  return {
    async read(operation, caller, send) {
      const sent: Promise<UpstreamAnswer>[] = []
      const open: OpenUpstream = () =>
        createClient({
          baseUrl,
          pathSerializer: (template, values) => fillPath(template, values, operation.parameters),
          querySerializer: (values) => serializeQuery(operation.parameters, values),
          fetch: async (request) => {
            if (sent.length > 0) throw new Error('an operation is sent once')
            sent.push(exchange(operation, caller, request))
            await sent[0]
            // The answer is judged already, from its bytes: openapi-fetch has nothing left to parse.
            return new Response(null, { status: 204 })
          },
        })
      await send(open)
      const answer = await sent[0]
      if (answer === undefined) throw new Error(`operation "${operation.id}" sent nothing`)
      return answer
    },
  }
}

/** The last look before a request leaves: it is the operation, at the upstream, and nothing more. */
function checkRequest(
  operation: Operation,
  method: string,
  url: URL,
  base: { readonly origin: string; readonly basePath: string },
): void {
  if (method !== operation.method || url.origin !== base.origin) {
    throw new Error(`refused to send ${method} to another place than "${operation.id}"`)
  }
  if (!matchesTemplate(operation, base.basePath, url.pathname)) {
    throw new Error(`refused to send a path that is not ${operation.path}`)
  }
  if (url.pathname.length + url.search.length > MAX_TARGET_CHARS) {
    throw new ArgumentRefused(null, `must not exceed ${MAX_TARGET_CHARS} characters together`)
  }
}

function headersFor(
  operation: Operation,
  caller: Caller,
  options: UpstreamOptions,
): Record<string, string> {
  const { organizationHeader } = options
  return {
    accept: `${operation.accept}, application/problem+json`,
    'accept-encoding': 'identity',
    'user-agent': options.userAgent,
    'x-request-id': caller.requestId,
    ...(caller.clientName !== null && { 'x-mcp-client': caller.clientName }),
    ...(caller.traceparent !== null && { traceparent: caller.traceparent }),
    ...(organizationHeader !== null &&
      caller.organizationId !== null && { [organizationHeader]: caller.organizationId }),
    ...Object.fromEntries(
      Object.entries(caller.credential).map(([name, secret]) => [name, secret.reveal()]),
    ),
  }
}

function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError'
  )
}
