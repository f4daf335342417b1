import type { Dispatcher } from 'undici'
import { collectAnswer } from './collect-answer.ts'
import { MAX_CONNECTIONS, openConnections } from './connections.ts'
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
  const opened = { http1: new Map<string, Origin>(), http2: new Map<string, Origin>() }
  const originOf = ({ origin: name, body }: WireRequest) => {
    // Node's HTTP/2 may loop for ever where a request is aborted while it sends its body.
    const http2 = network.http2 && body === null
    const origins = http2 ? opened.http2 : opened.http1
    const known = origins.get(name)
    if (known !== undefined) return known
    const origin = { dispatcher: openConnections(name, { ...network, http2 }), requests: 0 }
    origins.set(name, origin)
    return origin
  }

  return {
    async exchange(request) {
      const origin = originOf(request)
      if (origin.requests >= MAX_CONNECTIONS + MAX_QUEUED) {
        throw new UpstreamFailure(503, 'too many requests wait for the upstream')
      }
      origin.requests += 1
      try {
        const answer = await collectAnswer(origin.dispatcher, request, maxBodyBytes)
        if (answer.contentEncoding === 'identity') return answer
        return await decodeAnswer(answer, maxBodyBytes(answer))
      } finally {
        origin.requests -= 1
      }
    },
    async close() {
      const all = [...opened.http1.values(), ...opened.http2.values()]
      await Promise.all(all.map(({ dispatcher }) => dispatcher.destroy()))
    },
  }
}

/** What is open to one origin; its requests run or wait for a connection. */
type Origin = { readonly dispatcher: Dispatcher; requests: number }
