import { errors, type Dispatcher } from 'undici'
import { parseConnectionLoss } from './connection-loss.ts'
import { UpstreamFailure } from './failure.ts'
import type { WireAnswer, WireHead, WireRequest } from './transport.ts'

/**
 * Sends a request and collects its answer in memory, chunk by chunk as the socket gives them: no
 * stream is between, which would cost more than the rest of a small call.
 *
 * @param maxBodyBytes by an answer's head; a larger body is given up, and its connection closed
 * @throws {UpstreamFailure} when there is no answer; the signal's reason when it aborts
 */
export function collectAnswer(
  dispatcher: Dispatcher,
  request: WireRequest,
  maxBodyBytes: (head: WireHead) => number,
): Promise<WireAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<WireAnswer>()
  const collector = new AnswerCollector({ request, maxBodyBytes, resolve, reject })
  if (collector.isOver) return promise
  const { origin, method, target: path, headers, body } = request
  try {
    dispatcher.dispatch({ origin, method, path, headers, body }, collector)
  } catch (error) {
    collector.fail(error)
  }
  return promise
}

type Collecting = {
  readonly request: WireRequest
  readonly maxBodyBytes: (head: WireHead) => number
  readonly resolve: (answer: WireAnswer) => void
  readonly reject: (reason: unknown) => void
}

/** Is told of one request by undici, in the order of the methods below. */
class AnswerCollector implements Dispatcher.DispatchHandler {
  readonly #collecting: Collecting
  readonly #onAbort = () => this.fail(this.#collecting.request.signal.reason)
  readonly #chunks: Buffer[] = []
  #controller: Dispatcher.DispatchController | null = null
  #head: WireHead | null = null
  #bytes = 0
  #maxBytes = 0
  #isOver = false

  constructor(collecting: Collecting) {
    this.#collecting = collecting
    const { signal } = collecting.request
    if (signal.aborted) this.#onAbort()
    else signal.addEventListener('abort', this.#onAbort, { once: true })
  }

  /** The answer was given, or is not waited for any more. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Ends the request, wherever it is. */
  fail(error: unknown): void {
    if (this.#isOver) return
    this.#end()
    this.#collecting.reject(translate(error, this.#collecting.request.signal))
    this.#giveUp()
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    // It waited for a connection, and its caller left meanwhile.
    if (this.#isOver) this.#giveUp()
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (this.#isOver || status < 200) return
    const head = toHead(status, headers)
    this.#head = head
    this.#maxBytes = this.#collecting.maxBodyBytes(head)
    // The answer to HEAD says how long a body would be that never comes (RFC 9110, section 9.3.2).
    const isAnnounced = this.#collecting.request.method !== 'HEAD'
    if (isAnnounced && (head.contentLength ?? 0) > this.#maxBytes) this.#succeed(head, null)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver || this.#head === null) return
    this.#bytes += chunk.length
    if (this.#bytes > this.#maxBytes) this.#succeed(this.#head, null)
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (this.#isOver || this.#head === null) return
    const [first] = this.#chunks
    const isWhole = this.#chunks.length === 1 && first !== undefined
    this.#succeed(this.#head, isWhole ? first : Buffer.concat(this.#chunks, this.#bytes))
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error)
  }

  #succeed(head: WireHead, body: Buffer | null): void {
    this.#end()
    this.#collecting.resolve({ ...head, body })
    // The rest of what is too large would keep its connection busy, an endless one for ever.
    if (body === null) this.#giveUp()
  }

  #end(): void {
    this.#isOver = true
    this.#collecting.request.signal.removeEventListener('abort', this.#onAbort)
  }

  #giveUp(): void {
    // undici takes another error for one of the connection, and fails what else waits for it.
    this.#controller?.abort(new errors.InformationalError('the answer is not waited for'))
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
    contentEncoding: join(headers['content-encoding']) ?? 'identity',
    contentDisposition: first(headers['content-disposition']),
    contentLength: /^\d{1,15}$/.test(length) ? Number(length) : null,
    retryAfter: first(headers['retry-after']),
  }
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

/** A list may come in several lines (RFC 9110, section 5.3). */
function join(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header.join() : header) ?? null
}
