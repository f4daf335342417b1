import { Agent, type Dispatcher } from 'undici'
import { basicOf } from '../../basic-credentials.ts'
import { parseRetryAfter } from '../../upstream/retry-after.ts'
import { SinkFailure } from './sink.ts'

const CONNECT_TIMEOUT_MS = 10_000
/** From the first byte sent to the last one read. */
const TIMEOUT_MS = 20_000
/** An answer is a few words; the rest of a longer one is not read. */
const MAX_ANSWER_BYTES = 64 * 1024
const MAX_HEADER_BYTES = 16 * 1024

/** What a receiver answered. */
export type PostAnswer = {
  readonly status: number
  /** At most 64 KiB; empty where nobody asked for it, and for a longer one. */
  readonly text: string
  readonly retryAfterMs: number | null
}

/** Posts batches to one receiver, over one connection that is kept. */
export type Poster = {
  /**
   * Answers are given back whatever their status is; a redirect is not followed.
   *
   * @throws {SinkFailure} or an error of the network, when there was no answer
   */
  readonly post: (request: {
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    readonly signal: AbortSignal
  }) => Promise<PostAnswer>
  readonly close: () => Promise<void>
}

/**
 * @param options.url a user and a password in it go into the `Authorization` header
 * @param options.ca certificates (PEM) that are trusted instead of the usual ones
 * @param options.now milliseconds since the epoch
 */
export function createPoster(options: {
  readonly url: URL
  readonly ca?: string
  readonly now: () => number
}): Poster {
  const { url, ca, now } = options
  const authorization = basicOf(url)
  const agent = new Agent({
    connections: 1,
    pipelining: 1,
    maxHeaderSize: MAX_HEADER_BYTES,
    maxResponseSize: MAX_ANSWER_BYTES,
    connect: { timeout: CONNECT_TIMEOUT_MS, ...(ca !== undefined && { ca }) },
  })
  return {
    async post({ headers, body, signal }) {
      const timeout = AbortSignal.timeout(TIMEOUT_MS)
      try {
        const answer = await agent.request({
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method: 'POST',
          headers: {
            'user-agent': 'Sluice',
            ...(authorization !== null && { authorization }),
            ...headers,
          },
          body,
          signal: AbortSignal.any([signal, timeout]),
        })
        return await readAnswer(answer, now())
      } catch (error) {
        if (timeout.aborted) throw new SinkFailure('timeout', { cause: error })
        throw error
      }
    },
    close: () => agent.destroy(),
  }
}

/** Every status but 2xx is a failure that is tried again: nothing may be lost. */
export function failureOf({ status, retryAfterMs }: PostAnswer): SinkFailure | null {
  if (status >= 200 && status < 300) return null
  return new SinkFailure(`status_${status}`, { retryAfterMs, isTooLarge: status === 413 })
}

async function readAnswer(answer: Dispatcher.ResponseData, now: number): Promise<PostAnswer> {
  const { statusCode: status, headers, body } = answer
  const retryAfter = headers['retry-after']
  const seconds = parseRetryAfter(typeof retryAfter === 'string' ? retryAfter : null, now)
  return {
    status,
    // The status is what counts: an answer that breaks off, or is too long, has been given.
    text: await body.text().catch(() => ''),
    retryAfterMs: seconds === null ? null : seconds * 1000,
  }
}
