import { ProtocolError, type Server } from '@modelcontextprotocol/server'
import type { Logger } from 'pino'
import { AppError, publicError } from '../errors.ts'
import { reportError } from '../http/report-error.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import { reportFailure } from '../upstream/report-failure.ts'
import { LenientServer } from './absent-capabilities.ts'
import type { CallTool } from './call-tool.ts'
import { INTERNAL_ERROR, SERVER_ERROR, toProtocolError, upstreamError } from './protocol-errors.ts'
import type { Guard, RpcFeature } from './rpc-feature.ts'
import type { Session } from './session.ts'
import type { Connector } from './tool.ts'

/** How long a client may keep what the connector says of itself, in milliseconds. */
export const DISCOVER_HINT = { ttlMs: 3_600_000, cacheScope: 'private' } as const

/** What the server says of itself. */
export type ServerInfo = { readonly name: string; readonly title: string; readonly version: string }

/** Builds the SDK's server for one request; it is used once and never shared between callers. */
export type BuildServer = (session: Session, callTool: CallTool) => Server

/** Binds the connector to the SDK's low-level server, which leaves tool errors to us. */
export function createServerBuilder(options: {
  readonly connector: Connector
  readonly info: ServerInfo
  readonly features: readonly RpcFeature[]
  readonly log: Logger
}): BuildServer {
  const { connector, info, features, log } = options
  const serverOptions = {
    capabilities: join(features.map(({ capabilities }) => capabilities)),
    ...(connector.instructions !== null && { instructions: connector.instructions }),
    cacheHints: {
      'server/discover': DISCOVER_HINT,
      ...join(features.map(({ cacheHints }) => cacheHints)),
    },
  }

  return (session, callTool) => {
    const server = new LenientServer(info, serverOptions)
    const guard = createGuard(connector, session, log)
    for (const { register } of features) register(server, { session, callTool, guard })
    return server
  }
}

/** What all say together. */
function join<Said extends object>(parts: readonly Said[]): Partial<Said> {
  return parts.reduce<Partial<Said>>((all, part) => ({ ...all, ...part }), {})
}

/** Any thrown object's integer `code`, message and data would reach the wire; only planned ones may. */
function createGuard(connector: Connector, session: Session, log: Logger): Guard {
  const { requestId } = session
  return async (handle) => {
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
