import type { OpenUpstream, Operation } from '../mcp/tool.ts'
import type { Secret } from '../secret.ts'
import { buildRequest, type BuiltRequest } from './build-request.ts'
import { createOperationCompiler } from './compile-operation.ts'
import { UpstreamFailure } from './failure.ts'
import { judgeAnswer, type UpstreamAnswer } from './judge-answer.ts'
import { joinCookies } from './serialize-cookie.ts'
import type { Transport } from './transport.ts'

/** How an upstream may say what went wrong (RFC 9457). */
const PROBLEM = 'application/problem+json'

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

/** Makes the client for one upstream: it builds each request from the compiled operation, and judges the answer. */
export function createUpstreamClient(options: UpstreamOptions): UpstreamClient {
  const { transport, timeoutMs, now } = options
  const compile = createOperationCompiler(options.baseUrl)

  async function exchange(
    operation: Operation,
    caller: Caller,
    request: unknown,
  ): Promise<UpstreamAnswer> {
    const compiled = compile(operation)
    const built = buildRequest(compiled, request)
    const signal = AbortSignal.any([caller.signal, AbortSignal.timeout(timeoutMs)])
    try {
      const answer = await transport.exchange({
        origin: compiled.origin,
        method: operation.method,
        target: built.target,
        headers: toHeaders(built, operation, caller, options),
        body: built.body,
        signal,
      })
      return judgeAnswer(answer, {
        operation,
        url: `${compiled.origin}${built.target}`,
        now: now(),
      })
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
      const callAs =
        (method: Operation['method']) =>
        async (path: unknown, request: unknown): Promise<undefined> => {
          if (method !== operation.method || path !== operation.path) {
            throw new Error(`refused to send ${method} to another place than "${operation.id}"`)
          }
          if (sent.length > 0) throw new Error('an operation is sent once')
          sent.push(exchange(operation, caller, request))
          await sent[0]
        }
      const open: OpenUpstream = () => ({
        GET: callAs('GET'),
        HEAD: callAs('HEAD'),
        POST: callAs('POST'),
      })
      await send(open)
      const answer = await sent[0]
      if (answer === undefined) throw new Error(`operation "${operation.id}" sent nothing`)
      return answer
    },
  }
}

/** By their names in lower case: whatever an argument is called, it replaces no header of ours. */
function toHeaders(
  built: BuiltRequest,
  operation: Operation,
  caller: Caller,
  options: UpstreamOptions,
): Readonly<Record<string, string>> {
  const own = Object.fromEntries(
    Object.entries(headersFor(operation, caller, options)).map(([name, text]) => [
      name.toLowerCase(),
      text,
    ]),
  )
  return {
    ...built.headers,
    ...own,
    ...(built.cookies.length > 0 && { cookie: joinCookies(own['cookie'], built.cookies) }),
  }
}

function headersFor(
  { accept }: Operation,
  caller: Caller,
  options: UpstreamOptions,
): Record<string, string> {
  const { organizationHeader } = options
  return {
    accept: accept.includes(PROBLEM) ? accept : `${accept}, ${PROBLEM}`,
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
