import type { OpenUpstream, Operation } from '../mcp/tool.ts'
import type { Secret } from '../secret.ts'
import type { Carrier } from './carrier.ts'
import type { Clock } from './clock.ts'
import { buildRequest } from './build-request.ts'
import { createOperationCompiler } from './compile-operation.ts'
import { startDeadline, type Deadline } from './deadline.ts'
import { judgeAnswer, type UpstreamAnswer } from './judge-answer.ts'
import { createHeaderWriter } from './write-headers.ts'

/** For whom a request is sent, and what the upstream is told about it. */
export type Caller = {
  /** Headers that prove who asks, for example `Authorization`; never the client's own token. */
  readonly credential: Readonly<Record<string, Secret>>
  /** Sent in the connector's organization header; `null` before the organization is known. */
  readonly organizationId: string | null
  readonly requestId: string
  /** The name of the MCP client, for the upstream's own history. */
  readonly clientName: string | null
  /** W3C trace context of the call, already validated. */
  readonly traceparent: string | null
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal
  /**
   * Who reads, as one text: whoever asks the same at the same time as the same reader may be given
   * the same answer. `null` shares with nobody.
   */
  readonly reader: string | null
  /** Whether asking twice does no harm: everything but a sign-in. */
  readonly isRepeatable: boolean
  /** Begun before, and ended by whoever began it, where this read is only a part of a call; `null` begins one. */
  readonly deadline: Deadline | null
}

/** Sends compiled operations, and nothing else. */
export interface UpstreamClient {
  /**
   * Begins the time of one call, for calls of several reads.
   *
   * @param caller aborted when the caller leaves
   */
  startDeadline(caller: AbortSignal): Deadline
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
  readonly carrier: Carrier
  /** Scheme, host, port and base path, without a slash at the end. */
  readonly baseUrl: URL
  readonly organizationHeader: string | null
  /** For a whole call, in milliseconds. */
  readonly timeoutMs: number
  readonly userAgent: string
  readonly clock: Pick<Clock, 'epochMs' | 'steadyMs'>
}

/** Makes the client for one upstream: it builds each request from the compiled operation, and judges the answer. */
export function createUpstreamClient(options: UpstreamOptions): UpstreamClient {
  const { carrier, timeoutMs, clock } = options
  const compile = createOperationCompiler(options.baseUrl)
  const { steadyMs } = clock
  const begin = (leaver: AbortSignal) => startDeadline({ timeoutMs, caller: leaver, steadyMs })
  const writeHeaders = createHeaderWriter(options)

  async function exchange(
    operation: Operation,
    caller: Caller,
    request: unknown,
  ): Promise<UpstreamAnswer> {
    const compiled = compile(operation)
    const built = buildRequest(compiled, request)
    const deadline = caller.deadline ?? begin(caller.signal)
    try {
      const answer = await carrier.exchange({
        origin: compiled.origin,
        method: operation.method,
        target: built.target,
        headers: writeHeaders(built, operation, caller),
        body: built.body,
        signal: deadline.signal,
        // What anybody may ask without a token has a share of its own, and leaves sign-ins theirs.
        share: caller.organizationId ?? caller.reader,
        reader: caller.reader,
        isRepeatable: caller.isRepeatable,
        deadlineAt: deadline.at,
      })
      return judgeAnswer(answer, {
        operation,
        url: `${compiled.origin}${built.target}`,
        now: clock.epochMs(),
      })
    } catch (error) {
      throw deadline.translate(error)
    } finally {
      if (caller.deadline === null) deadline.end()
    }
  }

  return {
    startDeadline: begin,
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
