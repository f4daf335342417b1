import { collectAnswer } from './collect-answer.ts'
import { openConnections, type Connections } from './connections.ts'
import { decodeAnswer } from './decode-answer.ts'
import { UpstreamFailure } from './failure.ts'
import { DIRECT, type Network } from './network.ts'

/** Requests that may wait for a connection; one more is refused at once rather than late. */
const MAX_QUEUED = 256

/** One request as it goes on the wire. */
export type WireRequest = {
  /** Scheme, host and port. */
  readonly origin: string
  readonly method: string
  /** Path and query, exactly as sent. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly signal: AbortSignal
}

/** One answer before its body. */
export type WireHead = {
  readonly status: number
  readonly contentType: string
  /** Every encoding by comma, in the order they were applied; `identity` for none. */
  readonly contentEncoding: string
  readonly contentDisposition: string | null
  /** In bytes; `null` where the upstream does not say it. */
  readonly contentLength: number | null
  readonly retryAfter: string | null
}

/** One answer, read as far as it is worth, and decoded where its encoding is known. */
export type WireAnswer = WireHead & {
  /** The whole body; `null` where it is larger than its limit, and was given up. */
  readonly body: Buffer | null
}

/** The wire to an upstream, whose operations may be at several origins. */
export interface Transport {
  /** @throws {UpstreamFailure} when there is no answer; the signal's reason when it aborts */
  exchange(request: WireRequest): Promise<WireAnswer>
  close(): Promise<void>
}

/**
 * Keeps connections alive, in a pool for each origin that a request goes to. Redirects are not
 * followed: a 3xx is an answer like any.
 *
 * @param options.maxBodyBytes by an answer's head, on the wire and decoded; a larger body is given up,
 *   and its connection closed
 * @param options.network straight to every host by default
 */
export function createTransport(options: {
  readonly maxBodyBytes: (head: WireHead) => number
  readonly network?: Network
}): Transport {
  const { maxBodyBytes, network = DIRECT } = options
  // As many as there are servers in a connector's operations: arguments cannot choose an origin.
  const opened = new Map<string, Connections>()
  const connectionsTo = (origin: string) => {
    const connections = opened.get(origin) ?? openConnections(origin, network)
    opened.set(origin, connections)
    return connections
  }

  return {
    async exchange(request) {
      const { dispatcher, queued } = connectionsTo(request.origin)
      if (queued() >= MAX_QUEUED) {
        throw new UpstreamFailure(503, 'too many requests wait for the upstream')
      }
      const answer = await collectAnswer(dispatcher, request, maxBodyBytes)
      if (answer.contentEncoding === 'identity') return answer
      return decodeAnswer(answer, maxBodyBytes(answer))
    },
    async close() {
      await Promise.all([...opened.values()].map(({ dispatcher }) => dispatcher.destroy()))
    },
  }
}
