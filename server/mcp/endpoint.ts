import { parseClientName } from '../client-name.ts'
import { AppError } from '../errors.ts'
import type { Context, Middleware } from '../http/context.ts'
import { setLatin1 } from '../http/latin1.ts'
import type { Dispatch } from './dispatch.ts'
import { createTrail } from './exchange.ts'
import { parseMessage } from './message.ts'
import type { Session } from './session.ts'

/** The headers that MCP's own rules are about; no other header is shown to the SDK. */
const PROTOCOL_HEADERS = ['content-type', 'mcp-protocol-version', 'mcp-method', 'mcp-name']

/** Lets only POST pass: there is no stream to open (GET) and no session to end (DELETE). */
export function postOnly(): Middleware {
  return function postOnly(ctx, next) {
    if (ctx.method !== 'POST') throw new AppError('method_not_allowed', { hint: 'Send a POST.' })
    return next()
  }
}

/**
 * Parses the body of a caller who is known: nobody else makes the server work. What cannot be parsed
 * goes on, too, because it counts: `readableMessage` refuses it.
 */
export function jsonRpcMessage(): Middleware {
  return function jsonRpcMessage(ctx, next) {
    try {
      ctx.state.message = parseMessage(ctx.state.body)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      ctx.state.unreadable = error
    }
    return next()
  }
}

/** Lets only pass what is JSON. */
export function readableMessage(): Middleware {
  return function readableMessage(ctx, next) {
    if (ctx.state.unreadable !== null) throw ctx.state.unreadable
    return next()
  }
}

/**
 * Answers the JSON-RPC message of a caller who is known.
 *
 * @param options.headersOf what the SDK is shown of the request; its protocol headers by default
 */
export function mcpEndpoint(options: {
  readonly dispatch: Dispatch
  readonly headersOf?: (ctx: Context) => Readonly<Record<string, string>>
}): Middleware {
  const { dispatch, headersOf = protocolHeaders } = options
  return async function mcpEndpoint(ctx) {
    const session = toSession(ctx)
    const answer = await dispatch(ctx.state.message, headersOf(ctx), session)
    if (answer.contentType !== null) ctx.set('Content-Type', withCharset(answer.contentType))
    ctx.status = answer.status
    const { body } = answer
    if (typeof body === 'string' || Buffer.isBuffer(body)) ctx.body = body
    else setLatin1(ctx, body)
  }
}

function toSession(ctx: Context): Session {
  const { identity, requestId, signal, exchanges, traceparent } = ctx.state
  if (identity === null) throw new Error('a message without an identity')
  return {
    identity,
    requestId,
    traceparent,
    requestTraceparent: traceparent,
    clientName: parseClientName(identity.client?.name) ?? parseClientName(ctx.get('user-agent')),
    signal,
    trail: createTrail(traceparent),
    report: (exchange) => void exchanges.push(exchange),
  }
}

function protocolHeaders({ req: { headers } }: Context): Record<string, string> {
  const shown: Record<string, string> = {}
  for (const name of PROTOCOL_HEADERS) {
    const value = headers[name]
    if (typeof value === 'string' && value !== '') shown[name] = value
  }
  return shown
}

/** Text is in UTF-8, whatever the SDK says of it. */
function withCharset(contentType: string): string {
  return contentType.includes(';') ? contentType : `${contentType}; charset=utf-8`
}
