import { organizationGate } from '../access/organization-gate.ts'
import type { Identity } from '../access/identity.ts'
import { AppError, publicError } from '../errors.ts'
import type { Context, Middleware } from '../http/context.ts'
import { reportError } from '../http/report-error.ts'
import { mcpEndpoint } from './endpoint.ts'
import { toText } from './http-answer.ts'
import { memberBucket, rateLimit } from './rate-limit.ts'
import { recordRequests } from './record-requests.ts'
import { assembleCatalogue, createLimitOf, type McpOptions } from './routes.ts'
import { rpcErrors } from './rpc-errors.ts'

/** One call of a tool. */
export type ToolCall = {
  readonly tool: string
  readonly args: Readonly<Record<string, unknown>>
}

/** What a client would get for it: the HTTP status, and the body, which is JSON. */
export type ConsoleAnswer = { readonly status: number; readonly body: string }

/** Calls a tool as somebody who is signed in to the console; the page that they asked for shows the answer. */
export type CallFromConsole = (
  ctx: Context,
  identity: Identity,
  call: ToolCall,
) => Promise<ConsoleAnswer>

/**
 * Makes the way of a call from the console. Whoever sends it has proven themselves there; from then
 * on it is the way of every message: the organization's switch, the member's rate window, the record
 * and the figures, the tool.
 */
export function createConsoleCall(options: McpOptions): CallFromConsole {
  const { services, rateWindow, audit, log } = options
  const { catalogue, dispatch } = assembleCatalogue(options)
  const chain: readonly Middleware[] = [
    rpcErrors({ log }),
    recordRequests({ audit, catalogue }),
    organizationGate(services.store.organizations),
    rateLimit({ window: rateWindow, bucketOf: memberBucket(createLimitOf(options)) }),
    mcpEndpoint({ dispatch, headersOf: () => JSON_HEADERS }),
  ]

  return async function callFromConsole(ctx, identity, { tool, args }) {
    ctx.state.identity = identity
    ctx.state.message = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: tool, arguments: args },
    }
    try {
      await run(chain, ctx)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      reportError(log, ctx.state.requestId, error)
      const { code, status, message } = publicError(error)
      return { status, body: JSON.stringify({ error: code, message }) }
    }
    const { status } = ctx
    return { status, body: takeBody(ctx) }
  }
}

/** What a client would be sent; the page that shows it is sent in its place. */
function takeBody({ state, body }: Context): string {
  const { latin1 } = state
  state.latin1 = null
  if (latin1 !== null) return toText({ latin1 })
  return typeof body === 'string' || Buffer.isBuffer(body) ? toText(body) : JSON.stringify(body)
}

/** What the form of a page does not send, and the protocol asks for. */
const JSON_HEADERS = { 'content-type': 'application/json' }

function run(chain: readonly Middleware[], ctx: Context): Promise<unknown> {
  const next = (index: number): Promise<unknown> =>
    Promise.resolve(chain[index]?.(ctx, () => next(index + 1)))
  return next(0)
}
