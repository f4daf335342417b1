import { Pool, errors } from 'undici'
import { UpstreamFailure } from './failure.ts'

/** Connections kept to one upstream; each carries one request at a time. */
const MAX_CONNECTIONS = 64
/** Requests that may wait for a connection; one more is refused at once rather than late. */
const MAX_QUEUED = 256
const CONNECT_TIMEOUT_MS = 10_000
/** A deadline of the call itself comes from the caller; this only ends answers that stand still. */
const IDLE_BODY_TIMEOUT_MS = 60_000

/** One request as it goes on the wire. */
export type WireRequest = {
  readonly method: string
  /** Path and query, exactly as sent. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly signal: AbortSignal
}

/** One answer, read whole. */
export type WireAnswer = {
  readonly status: number
  readonly contentType: string
  readonly contentEncoding: string
  readonly retryAfter: string | null
  readonly body: Buffer
}

/** The wire to one upstream. */
export interface Transport {
  /** @throws {UpstreamFailure} when there is no answer, or one that is too large; the signal's reason when it aborts */
  exchange(request: WireRequest): Promise<WireAnswer>
  close(): Promise<void>
}

/**
 * Opens a keep-alive pool to an upstream. Redirects are not followed: a 3xx is an answer like any.
 *
 * @param options.origin scheme, host and port
 * @param options.maxBodyBytes a larger answer is given up, and its connection closed
 */
export function createTransport(options: {
  readonly origin: string
  readonly maxBodyBytes: number
}): Transport {
  const pool = new Pool(options.origin, {
    connections: MAX_CONNECTIONS,
    pipelining: 1,
    allowH2: false,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: 0,
    bodyTimeout: IDLE_BODY_TIMEOUT_MS,
  })

  return {
    async exchange(request) {
      if (pool.stats.queued >= MAX_QUEUED) {
        throw new UpstreamFailure(503, 'too many requests wait for the upstream')
      }
      try {
        const { statusCode, headers, body } = await pool.request({
          method: request.method,
          path: request.target,
          headers: request.headers,
          body: request.body,
          signal: request.signal,
        })
        return {
          status: statusCode,
          contentType: first(headers['content-type']) ?? '',
          contentEncoding: first(headers['content-encoding']) ?? 'identity',
          retryAfter: first(headers['retry-after']),
          body: await readWhole(body, options.maxBodyBytes),
        }
      } catch (error) {
        throw translate(error, request.signal)
      }
    },
    close: () => pool.destroy(),
  }
}

/** Leaving the loop early destroys the stream, and with it the connection of an endless answer. */
async function readWhole(stream: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.length
    if (bytes > maxBytes) {
      throw new UpstreamFailure(502, `the answer is larger than ${maxBytes} bytes`)
    }
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
  return new UpstreamFailure(502, `no answer: ${reason}`, { cause: error })
}

function first(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null
}
