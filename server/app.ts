import Koa from 'koa'
import type { Docs } from '../site/docs.ts'
import { toConsoleCallback } from './console/addresses.ts'
import { CONSOLE_ASSETS } from './console/assets.ts'
import { addConsole } from './console/router.ts'
import { accessLog } from './http/access-log.ts'
import { clientSignal } from './http/client-signal.ts'
import type { Middleware, State } from './http/context.ts'
import { publicCors } from './http/cors.ts'
import { errorBoundary } from './http/error-boundary.ts'
import { hostCheck } from './http/host-check.ts'
import { plainTarget } from './http/plain-target.ts'
import { reportStrayError } from './http/report-stray-error.ts'
import { requestId } from './http/request-id.ts'
import { requestRealm } from './http/request-realm.ts'
import { createRouter } from './http/router.ts'
import { sendJson } from './http/send-json.ts'
import { isLoopbackHost } from './loopback.ts'
import { createConsoleCall } from './mcp/console-call.ts'
import { addMcpRoutes, listMcpPaths, mcpRateHeaders, type McpOptions } from './mcp/routes.ts'
import { assembleOauth } from './oauth/assemble.ts'
import type { OutboundOptions } from './oauth/client-documents.ts'
import { addOauthRoutes } from './oauth/router.ts'
import { assets, PAGE_ASSETS } from './pages/assets.ts'
import { createRealms } from './realm.ts'
import { SITE_ASSETS } from './site/assets.ts'
import type { Site } from './site/create-site.ts'
import { addSiteRoutes } from './site/routes.ts'
import type { Telemetry } from './telemetry/assemble.ts'
import type { UpstreamStatus } from './telemetry/status.ts'

/** What a running connector is made of. */
export type AppOptions = Omit<McpOptions, 'tracing'> & {
  /** How the upstream is doing, without asking it. */
  readonly upstreamStatus: () => UpstreamStatus
  /** Has every instance look for what was switched. */
  readonly announce: () => Promise<void>
  /** How client id metadata documents are reached. */
  readonly outbound: OutboundOptions
  readonly site: Site
  /** What the published pages say of each tool. */
  readonly docs: Docs
  readonly telemetry: Telemetry
}

/** Puts the connector together: what every request passes, from top to bottom, and where it may go. */
export function createApp(options: AppOptions): Koa<State> {
  const { config, publicUrl, connector, services, telemetry, log } = options
  const realms = createRealms({ publicUrl, tenantHosts: config.tenantHosts })
  const mcpPaths = listMcpPaths(config)

  const everyRequest: readonly Middleware[] = [
    requestId(),
    plainTarget(),
    requestRealm(realms),
    clientSignal(),
    ...telemetry.middleware,
    accessLog({ log }),
    errorBoundary({ log }),
    ...mcpRateHeaders(config),
    ...(isLoopbackHost(config.host) ? [hostCheck({ publicUrl, realms })] : []),
    assets([...PAGE_ASSETS, ...CONSOLE_ASSETS, ...SITE_ASSETS]),
  ]

  const router = createRouter()
  addMcpRoutes(router, { ...options, tracing: telemetry.tracing })
  router.get('/health', publicCors(), sendJson({ status: 'ok' }))
  router.get('/ready', telemetry.ready)
  router.get('/metrics', telemetry.metrics)
  addSiteRoutes(router, options.site)
  addOauthRoutes(router, {
    ...options,
    ...{ realms, mcpPaths },
    oauth: assembleOauth({ ...options, ...services, mcpPaths }),
    title: connector.title,
    callbackUrl: services.callbackUrl,
    otherPathOf: toConsoleCallback,
  })
  const callTool = createConsoleCall({ ...options, tracing: telemetry.tracing })
  addConsole(router, { ...options, callTool })

  const app = new Koa<State>({ proxy: config.trustProxy > 0, maxIpsCount: config.trustProxy })
  for (const middleware of everyRequest) app.use(middleware)
  app.use(router.routes())
  app.use(router.allowedMethods())
  app.on('error', reportStrayError(log))
  return app
}
