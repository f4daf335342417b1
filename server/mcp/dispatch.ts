import {
  createMcpHandler,
  isLegacyRequest,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server'
import pMap from 'p-map'
import type { Logger } from 'pino'
import { isRecord } from '../json.ts'
import type { CallTool } from './call-tool.ts'
import { createTrail, methodOf, type Trail } from './exchange.ts'
import type { AnswerFast } from './fast-path.ts'
import { byteLengthOf, toText, type HttpAnswer } from './http-answer.ts'
import { isRequest, MAX_BATCH } from './message.ts'
import { recognizeMessage } from './plain-message.ts'
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
 * The SDK judges every message that is not recognized as one of the usual ones: shape, envelope,
 * headers, version. What is ours is the routing: modern messages go to its handler, legacy ones to a
 * transport of their own, batches are unrolled.
 */
export function createDispatch(options: {
  readonly url: URL
  readonly buildServer: BuildServer
  readonly callTool: CallTool
  readonly answerFast: AnswerFast
  readonly log: Logger
}): Dispatch {
  const { url, buildServer, callTool, answerFast, log } = options
  // The SDK hands the request object through to the factory; what belongs to it travels beside it.
  const asked = new WeakMap<Request, Asked>()
  const modern = createMcpHandler(
    ({ requestInfo }) => {
      const own = requestInfo === undefined ? undefined : asked.get(requestInfo)
      if (own === undefined) throw new Error('a message without a session')
      return buildServer(own.session, own.callTool)
    },
    {
      legacy: 'reject',
      // Its message may quote the caller's headers.
      onerror: (error) => log.debug({ event: 'message_refused', reason: error.name }),
    },
  )

  function toRequest(httpHeaders: Readonly<Record<string, string>>, session: Session): Request {
    return new Request(url, {
      method: 'POST',
      headers: { ...httpHeaders, accept: 'application/json, text/event-stream' },
      signal: session.signal,
    })
  }

  async function answerLegacy(
    message: unknown,
    request: Request,
    { session, callTool: call }: Asked,
  ) {
    const server = buildServer(session, call)
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    await server.connect(transport)
    try {
      const parsedBody = completeInitialize(message)
      const answer = transport.handleRequest(request, { parsedBody })
      return await toAnswer(await untilGone(answer, session.signal))
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
          : answerLegacy(message, toRequest(httpHeaders, own), { session: own, callTool }),
      )
      chars += byteLengthOf(answer.body)
      return answer
    }
    const requests = batch.filter(isRequest)
    // Nobody answers the others, and those that have a method are on record.
    for (const message of batch) {
      if (methodOf(message) !== null && !isRequest(message)) {
        await observe(message, session, () => EMPTY_ANSWER)
      }
    }
    const answers = await pMap(requests, answerOne, { concurrency: BATCH_CONCURRENCY })
    // What the transport refuses about the HTTP request, it refuses for every element alike.
    const refused = answers.find(({ status }) => status !== 200)
    if (refused !== undefined) return refused
    if (answers.length === 0) return EMPTY_ANSWER
    const body = `[${answers.map((answer) => toText(answer.body)).join(',')}]`
    return { status: 200, contentType: 'application/json', body, code: null }
  }

  async function answerWithSdk(
    message: unknown,
    httpHeaders: Readonly<Record<string, string>>,
    own: Asked,
  ): Promise<HttpAnswer> {
    const request = toRequest(httpHeaders, own.session)
    asked.set(request, own)
    if (await isLegacyRequest(request, message)) return answerLegacy(message, request, own)
    const answer = modern.fetch(request, { parsedBody: message })
    return toAnswer(await untilGone(answer, own.session.signal))
  }

  async function answerSingle(
    message: unknown,
    httpHeaders: Readonly<Record<string, string>>,
    session: Session,
  ): Promise<HttpAnswer> {
    const viaSdk = (call = callTool) =>
      answerWithSdk(message, httpHeaders, { session, callTool: call })
    const recognized = recognizeMessage(message, httpHeaders)
    return recognized === null ? viaSdk() : answerFast(recognized, session, viaSdk)
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
  answer: (session: Session) => HttpAnswer | Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  const startedAt = performance.now()
  const trail = createTrail(session.traceparent)
  const report = (code: number | null, body: HttpAnswer['body']) =>
    session.report({
      ...trail,
      method: methodOf(message),
      code,
      durationMs: performance.now() - startedAt,
      bytes: byteLengthOf(body),
    })
  try {
    const answered = await answer({ ...session, trail })
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

function refuseBatch(trail: Trail): HttpAnswer {
  trail.reason = 'batch_too_long'
  const message = `Invalid Request: a batch holds at most ${MAX_BATCH} messages`
  return toErrorAnswer(400, null, { code: INVALID_REQUEST, message })
}

function refuseElement({ id }: { readonly id: unknown }, trail: Trail): HttpAnswer {
  trail.reason = 'batch_too_large'
  const message = 'The answers of this batch are too large together; ask for the rest separately'
  return toErrorAnswer(200, id, { code: SERVER_ERROR, message })
}

function toErrorAnswer(status: number, id: unknown, error: RpcError): HttpAnswer {
  const body = JSON.stringify({ jsonrpc: '2.0', id, error })
  return { status, contentType: 'application/json', body, code: error.code }
}

/** What belongs to one message while the SDK answers it. */
type Asked = { readonly session: Session; readonly callTool: CallTool }
