import { ProtocolError, type Server } from '@modelcontextprotocol/server'
import type { Logger } from 'pino'
import { parseClientName } from '../client-name.ts'
import { AppError, publicError } from '../errors.ts'
import { reportError } from '../http/report-error.ts'
import { parseTraceparent, traceIdOf } from '../telemetry/traceparent.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import { reportFailure } from '../upstream/report-failure.ts'
import { answerAbsentCapabilities, LenientServer } from './absent-capabilities.ts'
import type { CallTool } from './call-tool.ts'
import type { Catalogue } from './catalogue.ts'
import {
  INTERNAL_ERROR,
  INVALID_PARAMS,
  SERVER_ERROR,
  toProtocolError,
  upstreamError,
} from './protocol-errors.ts'
import type { Session } from './session.ts'
import type { Connector } from './tool.ts'

/** How long a client may keep an answer, in milliseconds. It is private: it depends on who asks. */
export const LIST_HINT = { ttlMs: 60_000, cacheScope: 'private' } as const
/** The same for what the connector says of itself. */
export const DISCOVER_HINT = { ttlMs: 3_600_000, cacheScope: 'private' } as const

/** Builds the SDK's server for one request; it is used once and never shared between callers. */
export type BuildServer = (session: Session) => Server

/** Binds the connector to the SDK's low-level server, which leaves tool errors to us. */
export function createServerBuilder(options: {
  readonly connector: Connector
  readonly catalogue: Catalogue
  readonly callTool: CallTool
  readonly log: Logger
}): BuildServer {
  const { connector, catalogue, callTool, log } = options
  const info = { name: connector.name, title: connector.title, version: connector.document.version }
  const serverOptions = {
    capabilities: { tools: {} },
    ...(connector.instructions !== null && { instructions: connector.instructions }),
    cacheHints: {
      'tools/list': LIST_HINT,
      'resources/list': LIST_HINT,
      'resources/templates/list': LIST_HINT,
      'server/discover': DISCOVER_HINT,
    },
  }

  return (session) => {
    const server = new LenientServer(info, serverOptions)
    const guard = createGuard(connector, session, log)
    server.setRequestHandler('tools/list', (request) =>
      guard(async () => {
        if (request.params?.cursor === undefined)
          return { tools: await catalogue.listFor(session.identity) }
        throw new ProtocolError(INVALID_PARAMS, 'Unknown cursor: the list has one page')
      }),
    )
    server.setRequestHandler('tools/call', ({ params }, { mcpReq }) =>
      guard(() => callTool(refine(session, mcpReq), params.name, params.arguments ?? {})),
    )
    answerAbsentCapabilities(server)
    return server
  }
}

/** Any thrown object's integer `code`, message and data would reach the wire; only planned ones may. */
function createGuard(connector: Connector, session: Session, log: Logger) {
  const { requestId } = session
  return async <Result>(handle: () => Result | Promise<Result>): Promise<Result> => {
    try {
      return await handle()
    } catch (error) {
      if (ProtocolError.isInstance(error)) throw error
      if (error instanceof UpstreamFailure) {
        reportFailure(log, requestId, error)
        throw toProtocolError(upstreamError(connector.title, error, requestId))
      }
      if (error instanceof AppError) {
        reportError(log, requestId, error)
        const { status, message } = publicError(error)
        throw toProtocolError({ code: SERVER_ERROR, message, data: { status, requestId } })
      }
      if (!session.signal.aborted) log.error({ event: 'unplanned_error', requestId, err: error })
      throw new ProtocolError(INTERNAL_ERROR, 'Internal error')
    }
  }
}

type McpRequest = {
  readonly signal: AbortSignal
  readonly _meta?: Readonly<Record<string, unknown>>
}

/** What the message itself says goes before what its HTTP request says. */
function refine(session: Session, { signal, _meta }: McpRequest): Session {
  const clientInfo = _meta?.['io.modelcontextprotocol/clientInfo']
  const traceparent = parseTraceparent(_meta?.['traceparent']) ?? session.traceparent
  session.trail.traceId = traceIdOf(traceparent)
  return {
    ...session,
    signal: AbortSignal.any([session.signal, signal]),
    traceparent,
    clientName: parseClientName(nameOf(clientInfo)) ?? session.clientName,
  }
}

function nameOf(clientInfo: unknown): unknown {
  if (typeof clientInfo !== 'object' || clientInfo === null) return null
  return 'name' in clientInfo ? clientInfo.name : null
}
