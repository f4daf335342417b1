import Router from '@koa/router'
import Koa from 'koa'
import type { Logger } from 'pino'
import { assembleAuthentication } from './access/assemble.ts'
import { organizationGate } from './access/organization-gate.ts'
import { publicCaller } from './access/public-caller.ts'
import type { AuditLog } from './audit/audit-log.ts'
import type { Config } from './config.ts'
import { accessLog } from './http/access-log.ts'
import { jsonBody } from './http/body.ts'
import { clientSignal } from './http/client-signal.ts'
import type { Middleware, State } from './http/context.ts'
import { connectorCors, publicCors } from './http/cors.ts'
import { errorBoundary } from './http/error-boundary.ts'
import { hostCheck } from './http/host-check.ts'
import { createOriginRule, originCheck } from './http/origin-check.ts'
import { plainTarget } from './http/plain-target.ts'
import { reportStrayError } from './http/report-stray-error.ts'
import { requestId } from './http/request-id.ts'
import { requestRealm } from './http/request-realm.ts'
import { sendJson } from './http/send-json.ts'
import type { RateWindow } from './limits/rate-window.ts'
import { isLoopbackHost } from './loopback.ts'
import { assembleDispatch } from './mcp/assemble.ts'
import { createCatalogue, type Catalogue } from './mcp/catalogue.ts'
import { jsonRpcMessage, mcpEndpoint, postOnly, readableMessage } from './mcp/endpoint.ts'
import { toPublicConnector } from './mcp/public-tools.ts'
import { rateHeaders } from './mcp/rate-headers.ts'
import { addressBucket, memberBucket, rateLimit } from './mcp/rate-limit.ts'
import { recordRequests } from './mcp/record-requests.ts'
import { rpcErrors } from './mcp/rpc-errors.ts'
import { scopeCheck } from './mcp/scope-check.ts'
import type { Connector } from './mcp/tool.ts'
import { upstreamErrors } from './mcp/upstream-errors.ts'
import { assembleOauth } from './oauth/assemble.ts'
import type { OutboundOptions } from './oauth/client-documents.ts'
import { addOauthRoutes } from './oauth/router.ts'
import { assets } from './pages/assets.ts'
import { createRealms, MCP_PATH, PUBLIC_MCP_PATH } from './realm.ts'
import type { Services } from './services.ts'
import { maintenanceGate } from './switches/maintenance-gate.ts'
import type { Switchboard } from './switches/switchboard.ts'
import type { Telemetry } from './telemetry/assemble.ts'
import type { UpstreamClient } from './upstream/client.ts'
import { traceReads } from './upstream/trace-reads.ts'

/** A read and its filters need little; a batch of twenty has room. */
const MAX_REQUEST_BYTES = 128 * 1024

/** Messages of one address at the public endpoint: nobody there can be asked to stop. */
const PUBLIC_PER_MINUTE = 60

/** What a running connector is made of. */
export type AppOptions = {
  readonly config: Config
  /** The origin that clients see. */
  readonly publicUrl: URL
  readonly connector: Connector
  /** The pruned document, as `GET /mcp/openapi.json` shows it. */
  readonly document: unknown
  readonly upstream: UpstreamClient
  /** Where the upstream's base path begins. */
  readonly upstreamUrl: URL
  readonly services: Services
  readonly switchboard: Switchboard
  readonly audit: AuditLog
  /** What every limit of a minute counts in. */
  readonly rateWindow: RateWindow
  readonly outbound: OutboundOptions
  readonly telemetry: Telemetry
  readonly log: Logger
}

/** Puts the connector together. Each list is the way of a request, from top to bottom. */
export function createApp(options: AppOptions): Koa<State> {
  const { config, publicUrl, connector, services, audit, switchboard, rateWindow, telemetry, log } =
    options
  const { apiCredentials, activation, workspaceOrigin, maxResultChars } = config
  const realms = createRealms({ publicUrl, tenantHosts: config.tenantHosts })
  const mcpPaths = listMcpPaths(config)
  const catalogue = createCatalogue(connector, config.toolNames, switchboard)
  const oauth = assembleOauth({ ...options, ...services, mcpPaths })
  const origins = [publicUrl.origin, workspaceOrigin, ...config.allowedOrigins]
  const isAllowed = createOriginRule({
    origins: origins.filter((each) => each !== null),
    loopback: isLoopbackHost(publicUrl.hostname),
  })
  const limitOf = (organizationId: string) =>
    switchboard.rateLimitOf(organizationId) ?? config.rateLimitPerMinute
  const credentialHeaders = Object.values(connector.upstream.apiCredentials ?? {})
  const url = new URL(MCP_PATH, publicUrl)
  const { tracing } = telemetry
  const upstream = traceReads({ ...options, baseUrl: options.upstreamUrl, tracing })
  const mcpSide = { upstream, url, maxResultChars, tracing, log }
  const dispatch = assembleDispatch({ ...mcpSide, connector, catalogue })

  const mcp = [
    rpcErrors({ log }),
    recordRequests({ audit, catalogue }),
    upstreamErrors({ title: connector.title, log }),
    originCheck({ isAllowed }),
    connectorCors({ isAllowed, credentialsOrigin: workspaceOrigin, credentialHeaders }),
    maintenanceGate(switchboard),
    postOnly(),
    jsonBody({ maxBytes: MAX_REQUEST_BYTES }),
    assembleAuthentication({ connector, apiCredentials, activation, ...services }),
    organizationGate(services.store.organizations),
    jsonRpcMessage(),
    rateLimit({ window: rateWindow, bucketOf: memberBucket(limitOf) }),
    readableMessage(),
    scopeCheck(catalogue),
    mcpEndpoint({ dispatch }),
  ]
  const publicMcp = (offered: Connector, catalogue: Catalogue) => [
    rpcErrors({ log }),
    recordRequests({ audit, catalogue }),
    upstreamErrors({ title: connector.title, log }),
    publicCors(),
    maintenanceGate(switchboard),
    postOnly(),
    jsonBody({ maxBytes: MAX_REQUEST_BYTES }),
    publicCaller(),
    jsonRpcMessage(),
    rateLimit({ window: rateWindow, bucketOf: addressBucket('public', PUBLIC_PER_MINUTE) }),
    readableMessage(),
    mcpEndpoint({
      dispatch: assembleDispatch({ ...mcpSide, connector: offered, catalogue }),
    }),
  ]
  const everyRequest: readonly Middleware[] = [
    requestId(),
    plainTarget(),
    requestRealm(realms),
    clientSignal(),
    ...telemetry.middleware,
    accessLog({ log }),
    errorBoundary({ log }),
    rateHeaders({ paths: mcpPaths, limit: config.rateLimitPerMinute }),
    rateHeaders({ paths: [PUBLIC_MCP_PATH], limit: PUBLIC_PER_MINUTE }),
    ...(isLoopbackHost(config.host) ? [hostCheck({ publicUrl, realms })] : []),
    assets(),
  ]

  const router = new Router<State>()
  for (const path of mcpPaths) {
    router.all(path, ...mcp)
    router.get(`${path}/openapi.json`, publicCors(), sendJson(options.document))
  }
  const offered = toPublicConnector(connector)
  if (offered !== null) {
    const own = createCatalogue(offered, config.toolNames, switchboard)
    router.all(PUBLIC_MCP_PATH, ...publicMcp(offered, own))
  }
  router.get('/health', publicCors(), sendJson({ status: 'ok' }))
  router.get('/ready', telemetry.ready)
  router.get('/metrics', telemetry.metrics)
  const parts = { oauth, rateWindow, switchboard, realms, mcpPaths }
  addOauthRoutes(router, { ...parts, title: connector.title, callbackUrl: services.callbackUrl })

  const app = new Koa<State>({ proxy: config.trustProxy > 0, maxIpsCount: config.trustProxy })
  for (const middleware of everyRequest) app.use(middleware)
  app.use(router.routes())
  app.use(router.allowedMethods())
  app.on('error', reportStrayError(log))
  return app
}

/** Where messages are taken. */
export function listMcpPaths({ mcpPath }: Pick<Config, 'mcpPath'>): readonly string[] {
  return [...new Set([MCP_PATH, mcpPath ?? MCP_PATH])]
}
