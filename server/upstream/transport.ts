import { errors, type Dispatcher } from 'undici'
import { parseConnectionLoss } from './connection-loss.ts'
import { openConnections, type Connections } from './connections.ts'
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
  readonly contentEncoding: string
  readonly contentDisposition: string | null
  /** In bytes; `null` where the upstream does not say it. */
  readonly contentLength: number | null
  readonly retryAfter: string | null
}

/** One answer, read as far as it is worth. */
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
 * @param options.maxBodyBytes by an answer's head; a larger body is given up, and its connection closed
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
      try {
        const { statusCode, headers, body } = await dispatcher.request({
          origin: request.origin,
          method: request.method,
          path: request.target,
          headers: request.headers,
          body: request.body,
          signal: request.signal,
        })
        const head = toHead(statusCode, headers)
        // The answer to HEAD says how long a body would be that never comes (RFC 9110, section 9.3.2).
        const expectedBytes = request.method === 'HEAD' ? null : head.contentLength
        return { ...head, body: await readUpTo(body, maxBodyBytes(head), expectedBytes) }
      } catch (error) {
        throw translate(error, request.signal)
      }
    },
    async close() {
      await Promise.all([...opened.values()].map(({ dispatcher }) => dispatcher.destroy()))
    },
  }
}

function toHead(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): WireHead {
  const length = first(headers['content-length']) ?? ''
  return {
    status,
    contentType: first(headers['content-type']) ?? '',
    contentEncoding: first(headers['content-encoding']) ?? 'identity',
    contentDisposition: first(headers['content-disposition']),
    contentLength: /^\d{1,15}$/.test(length) ? Number(length) : null,
    retryAfter: first(headers['retry-after']),
  }
}

/** Giving the stream up destroys it, and with it the connection of an endless answer. */
async function readUpTo(
  stream: Dispatcher.ResponseData['body'],
  maxBytes: number,
  expectedBytes: number | null,
): Promise<Buffer | null> {
  if (expectedBytes !== null && expectedBytes > maxBytes) {
    // What is destroyed before it was read says so with an error that nobody waits for.
    stream.on('error', () => undefined).destroy()
    return null
  }
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) throw new Error('a body that is no bytes')
    bytes += chunk.length
    if (bytes > maxBytes) return null
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
}

function translate(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (error instanceof UpstreamFailure) return error
  if (error instanceof errors.BodyTimeoutError) {
    return new UpstreamFailure(504, 'the answer stood still', { cause: error })
  }
  const reason = error instanceof Error ? error.message : 'unknown'
  const connection = parseConnectionLoss(error)
  return new UpstreamFailure(502, `no answer: ${reason}`, { cause: error, connection })
}

function first(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null
}
