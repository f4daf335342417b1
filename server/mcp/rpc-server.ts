import { ProtocolError, type Server } from '@modelcontextprotocol/server'
import type { Logger } from 'pino'
import { AppError, publicError } from '../errors.ts'
import { reportError } from '../http/report-error.ts'
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
import { refineSession, type Session } from './session.ts'
import type { Connector } from './tool.ts'
import { toResult } from './tool-answer.ts'

/** How long a client may keep an answer, in milliseconds. It is private: it depends on who asks. */
export const LIST_HINT = { ttlMs: 60_000, cacheScope: 'private' } as const
/** The same for what the connector says of itself. */
export const DISCOVER_HINT = { ttlMs: 3_600_000, cacheScope: 'private' } as const

/** What the server says of itself. */
export type ServerInfo = { readonly name: string; readonly title: string; readonly version: string }

/** Builds the SDK's server for one request; it is used once and never shared between callers. */
export type BuildServer = (session: Session, callTool: CallTool) => Server

/** Binds the connector to the SDK's low-level server, which leaves tool errors to us. */
export function createServerBuilder(options: {
  readonly connector: Connector
  readonly info: ServerInfo
  readonly catalogue: Catalogue
  readonly log: Logger
}): BuildServer {
  const { connector, info, catalogue, log } = options
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

  return (session, callTool) => {
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
      guard(async () => {
        const signal = AbortSignal.any([session.signal, mcpReq.signal])
        const own = { ...refineSession(session, mcpReq._meta ?? {}), signal }
        return toResult(await callTool(own, params.name, params.arguments ?? {}))
      }),
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
