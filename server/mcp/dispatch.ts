import {
  createMcpHandler,
  isLegacyRequest,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server'
import pMap from 'p-map'
import type { Logger } from 'pino'
import { isRecord } from '../json.ts'
import { createTrail, methodOf, type Trail } from './exchange.ts'
import { isRequest, MAX_BATCH } from './message.ts'
import { INTERNAL_ERROR, INVALID_REQUEST, SERVER_ERROR, type RpcError } from './protocol-errors.ts'
import type { BuildServer } from './rpc-server.ts'
import { tameSdkErrors } from './sdk-errors.ts'
import type { Session } from './session.ts'

/** Elements of one batch that are answered at the same time. */
const BATCH_CONCURRENCY = 4
/** Answers of one batch, together; what comes after is refused. */
const MAX_BATCH_CHARS = 16 * 1024 * 1024
/** The client went away: nothing of this answer is sent. */
const CLIENT_CLOSED_REQUEST = 499

/** An HTTP answer that is ready to be written. */
export type HttpAnswer = {
  readonly status: number
  readonly contentType: string | null
  readonly body: string
  /** Of the JSON-RPC error that it is; `null` where it is none, or a batch. */
  readonly code: number | null
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
      // Its message may quote the caller's headers.
      onerror: (error) => log.debug({ event: 'message_refused', reason: error.name }),
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
      return observe(null, session, ({ trail }) => refuseBatch(trail))
    }
    let chars = 0
    const answerOne = async (message: { readonly id: unknown }): Promise<HttpAnswer> => {
      const answer = await observe(message, session, (own) =>
        chars > MAX_BATCH_CHARS
          ? refuseElement(message, own.trail)
          : answerLegacy(message, toRequest(httpHeaders, own), own),
      )
      chars += answer.body.length
      return answer
    }
    const requests = batch.filter(isRequest)
    // Nobody answers the others, and those that have a method are on record.
    for (const message of batch) {
      if (methodOf(message) !== null && !isRequest(message)) {
        await observe(message, session, () => new Response(null, { status: 202 }))
      }
    }
    const answers = await pMap(requests, answerOne, { concurrency: BATCH_CONCURRENCY })
    // What the transport refuses about the HTTP request, it refuses for every element alike.
    const refused = answers.find(({ status }) => status !== 200)
    if (refused !== undefined) return refused
    if (answers.length === 0) return EMPTY_ANSWER
    const body = `[${answers.map((answer) => answer.body).join(',')}]`
    return { status: 200, contentType: 'application/json', body, code: null }
  }

  async function answerSingle(
    message: unknown,
    httpHeaders: Readonly<Record<string, string>>,
    session: Session,
  ): Promise<Response> {
    const request = toRequest(httpHeaders, session)
    if (await isLegacyRequest(request, message)) return answerLegacy(message, request, session)
    return untilGone(modern.fetch(request, { parsedBody: message }), session.signal)
  }

  return async function dispatch(message, httpHeaders, session) {
    const isBatch = Array.isArray(message)
    if (isBatch && (await isLegacyRequest(toRequest(httpHeaders, session), message))) {
      return answerBatch(message, httpHeaders, session)
    }
    return observe(message, session, (own) => answerSingle(message, httpHeaders, own))
  }
}

/** Answers one message, and reports what became of it. */
async function observe(
  message: unknown,
  session: Session,
  answer: (session: Session) => Response | Promise<Response>,
): Promise<HttpAnswer> {
  const startedAt = performance.now()
  const trail = createTrail(session.traceparent)
  const report = (code: number | null, body: string) =>
    session.report({
      ...trail,
      method: methodOf(message),
      code,
      durationMs: performance.now() - startedAt,
      bytes: Buffer.byteLength(body),
    })
  try {
    const answered = await toAnswer(await answer({ ...session, trail }))
    if (answered.status === CLIENT_CLOSED_REQUEST) trail.reason = 'client_gone'
    report(answered.code, answered.body)
    return answered
  } catch (error) {
    report(INTERNAL_ERROR, '')
    throw error
  }
}

const EMPTY_ANSWER: HttpAnswer = { status: 202, contentType: null, body: '', code: null }

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
  const contentType = response.headers.get('content-type')
  const body = await response.text()
  // What is not JSON is the stream of `subscriptions/listen`, which the SDK opens and ends at once.
  const isJson = contentType?.startsWith('application/json') === true
  const tamed = isJson ? tameSdkErrors(body) : { body, code: null }
  return { status: response.status, contentType, ...tamed }
}

function refuseBatch(trail: Trail): Response {
  trail.reason = 'batch_too_long'
  const message = `Invalid Request: a batch holds at most ${MAX_BATCH} messages`
  return toErrorResponse(400, null, { code: INVALID_REQUEST, message })
}

function refuseElement({ id }: { readonly id: unknown }, trail: Trail): Response {
  trail.reason = 'batch_too_large'
  const message = 'The answers of this batch are too large together; ask for the rest separately'
  return toErrorResponse(200, id, { code: SERVER_ERROR, message })
}

function toErrorResponse(status: number, id: unknown, error: RpcError): Response {
  return Response.json({ jsonrpc: '2.0', id, error }, { status })
}
