import {
  createMcpHandler,
  isLegacyRequest,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server'
import type { Logger } from 'pino'
import { INVALID_REQUEST } from './protocol-errors.ts'
import type { BuildServer } from './rpc-server.ts'
import type { Session } from './session.ts'

/** A batch of more messages is refused (2025-03-26 allows batches, later revisions do not have them). */
const MAX_BATCH = 20
/** The client went away: nothing of this answer is sent. */
const CLIENT_CLOSED_REQUEST = 499

/** An HTTP answer that is ready to be written. */
export type HttpAnswer = {
  readonly status: number
  readonly contentType: string | null
  readonly body: string
}

/** Answers one parsed HTTP body. */
export type Dispatch = (
  message: unknown,
  httpHeaders: Readonly<Record<string, string>>,
  session: Session,
) => Promise<HttpAnswer>

/**
 * Serves both protocol eras with JSON answers (`createMcpHandler` alone would ask plain clients for
 * an `Accept` header and answer them with an event stream).
 *
 * The SDK judges every message: shape, envelope, headers, version. What is ours is the routing:
 * modern messages go to its handler, legacy ones to a transport of their own, batches are unrolled.
 */
export function createDispatch(options: {
  readonly url: URL
  readonly buildServer: BuildServer
  readonly log: Logger
}): Dispatch {
  const { url, buildServer, log } = options
  // The SDK hands the request object through to the factory; the session travels beside it.
  const sessions = new WeakMap<Request, Session>()
  const modern = createMcpHandler(
    ({ requestInfo }) => {
      const session = requestInfo === undefined ? undefined : sessions.get(requestInfo)
      if (session === undefined) throw new Error('a message without a session')
      return buildServer(session)
    },
    {
      legacy: 'reject',
      onerror: (error) => log.debug({ event: 'message_refused', reason: error.message }),
    },
  )

  function toRequest(httpHeaders: Readonly<Record<string, string>>, session: Session): Request {
    const request = new Request(url, {
      method: 'POST',
      headers: { ...httpHeaders, accept: 'application/json, text/event-stream' },
      signal: session.signal,
    })
    sessions.set(request, session)
    return request
  }

  async function answerLegacy(message: unknown, request: Request, session: Session) {
    const server = buildServer(session)
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    await server.connect(transport)
    try {
      const parsedBody = completeInitialize(message)
      return await untilGone(transport.handleRequest(request, { parsedBody }), session.signal)
    } finally {
      await server.close()
    }
  }

  async function answerBatch(
    batch: readonly unknown[],
    httpHeaders: Readonly<Record<string, string>>,
    session: Session,
  ): Promise<HttpAnswer> {
    if (batch.length > MAX_BATCH) {
      const message = `Invalid Request: a batch holds at most ${MAX_BATCH} messages`
      const error = { code: INVALID_REQUEST, message }
      return toJsonAnswer(400, { jsonrpc: '2.0', id: null, error })
    }
    const answers = await Promise.all(
      batch.filter(isRequest).map(async (message) => {
        const response = await answerLegacy(message, toRequest(httpHeaders, session), session)
        const answer: unknown = await response.json()
        return answer
      }),
    )
    return answers.length === 0 ? EMPTY_ANSWER : toJsonAnswer(200, answers)
  }

  return async function dispatch(message, httpHeaders, session) {
    const request = toRequest(httpHeaders, session)
    if (!(await isLegacyRequest(request, message))) {
      return toAnswer(
        await untilGone(modern.fetch(request, { parsedBody: message }), session.signal),
      )
    }
    if (Array.isArray(message)) return answerBatch(message, httpHeaders, session)
    return toAnswer(await answerLegacy(message, request, session))
  }
}

const EMPTY_ANSWER: HttpAnswer = { status: 202, contentType: null, body: '' }

/** Plain clients initialize with nothing but a version; the schema of the SDK wants to know who asks. */
function completeInitialize(message: unknown): unknown {
  if (!isRecord(message) || message['method'] !== 'initialize' || !isRecord(message['params'])) {
    return message
  }
  const unknown = { capabilities: {}, clientInfo: { name: 'unknown', version: '0' } }
  return { ...message, params: { ...unknown, ...message['params'] } }
}

/** Without this race a client's disconnect would neither abort the handler nor free the promise. */
async function untilGone(answer: Promise<Response>, signal: AbortSignal): Promise<Response> {
  const gone = Promise.withResolvers<Response>()
  const onAbort = () => gone.resolve(new Response(null, { status: CLIENT_CLOSED_REQUEST }))
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  try {
    return await Promise.race([answer, gone.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

async function toAnswer(response: Response): Promise<HttpAnswer> {
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    body: await response.text(),
  }
}

function toJsonAnswer(status: number, body: unknown): HttpAnswer {
  return { status, contentType: 'application/json', body: JSON.stringify(body) }
}

function isRequest(message: unknown): boolean {
  return isRecord(message) && 'id' in message && 'method' in message
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
