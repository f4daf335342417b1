import Router from '@koa/router'
import Koa from 'koa'
import type { Logger } from 'pino'
import { assembleAuthentication } from './access/assemble.ts'
import { isLoopbackHost, type Config } from './config.ts'
import { accessLog } from './http/access-log.ts'
import { jsonBody } from './http/body.ts'
import { clientSignal } from './http/client-signal.ts'
import type { Middleware, State } from './http/context.ts'
import { connectorCors, publicCors } from './http/cors.ts'
import { errorBoundary } from './http/error-boundary.ts'
import { hostCheck } from './http/host-check.ts'
import { createOriginRule, originCheck } from './http/origin-check.ts'
import { requestId } from './http/request-id.ts'
import { sendJson } from './http/send-json.ts'
import { assembleDispatch } from './mcp/assemble.ts'
import { mcpEndpoint, postOnly } from './mcp/endpoint.ts'
import { rpcErrors } from './mcp/rpc-errors.ts'
import type { Connector } from './mcp/tool.ts'
import { upstreamErrors } from './mcp/upstream-errors.ts'
import type { UpstreamClient } from './upstream/client.ts'

const MCP_PATH = '/mcp'
/** A read and its filters need little; a batch of twenty has room. */
const MAX_REQUEST_BYTES = 128 * 1024

/** What a running connector is made of. */
export type AppOptions = {
  readonly config: Config
  /** The origin that clients see. */
  readonly publicUrl: URL
  readonly connector: Connector
  /** The pruned document, as `GET /mcp/openapi.json` shows it. */
  readonly document: unknown
  readonly upstream: UpstreamClient
  readonly log: Logger
}

/** Puts the connector together. Each list is the way of a request, from top to bottom. */
export function createApp(options: AppOptions): Koa<State> {
  const { config, publicUrl, connector, upstream, log } = options
  const { toolNames, apiCredentials, workspaceOrigin } = config
  const listensOnLoopback = isLoopbackHost(config.host)
  const loopback = isLoopbackHost(publicUrl.hostname)
  const origins = [publicUrl.origin, workspaceOrigin, ...config.allowedOrigins]
  const isAllowed = createOriginRule({ origins: origins.filter((each) => each !== null), loopback })
  const credentialHeaders = Object.values(connector.upstream.apiCredentials ?? {})
  const url = new URL(MCP_PATH, publicUrl)

  const mcp = [
    rpcErrors({ log }),
    upstreamErrors({ title: connector.title, log }),
    originCheck({ isAllowed }),
    connectorCors({ isAllowed, credentialsOrigin: workspaceOrigin, credentialHeaders }),
    postOnly(),
    jsonBody({ maxBytes: MAX_REQUEST_BYTES }),
    assembleAuthentication({ connector, upstream, apiCredentials }),
    mcpEndpoint({ dispatch: assembleDispatch({ connector, upstream, toolNames, url, log }) }),
  ]
  const everyRequest: readonly Middleware[] = [
    requestId(),
    clientSignal(),
    accessLog({ log }),
    errorBoundary({ log }),
    ...(listensOnLoopback ? [hostCheck({ publicUrl })] : []),
  ]

  const router = new Router<State>()
  for (const path of new Set([MCP_PATH, config.mcpPath ?? MCP_PATH])) {
    router.all(path, ...mcp)
    router.get(`${path}/openapi.json`, publicCors(), sendJson(options.document))
  }
  router.get('/health', publicCors(), sendJson({ status: 'ok' }))

  const app = new Koa<State>()
  for (const middleware of everyRequest) app.use(middleware)
  app.use(router.routes())
  app.use(router.allowedMethods())
  app.on('error', (error: Error) => log.debug({ event: 'connection_error', reason: error.message }))
  return app
}
