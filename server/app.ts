import Koa from 'koa'
import { CONSOLE_ASSETS } from './console/assets.ts'
import { accessLog } from './http/access-log.ts'
import { clientSignal } from './http/client-signal.ts'
import type { Middleware, State } from './http/context.ts'
import { publicCors } from './http/cors.ts'
import { directRoutes } from './http/direct-routes.ts'
import { errorBoundary } from './http/error-boundary.ts'
import { hostCheck } from './http/host-check.ts'
import { writeLatin1 } from './http/latin1.ts'
import { plainTarget } from './http/plain-target.ts'
import { reportStrayError } from './http/report-stray-error.ts'
import { requestId } from './http/request-id.ts'
import { requestRealm } from './http/request-realm.ts'
import { createRouter } from './http/router.ts'
import { sendJson } from './http/send-json.ts'
import { isLoopbackHost } from './loopback.ts'
import { addDocumentRoutes, listMcpRoutes, mcpRateHeaders, type McpOptions } from './mcp/routes.ts'
import { assets, PAGE_ASSETS } from './pages/assets.ts'
import { createRealms } from './realm.ts'
import type { Rooms } from './rooms.ts'
import { SITE_ASSETS } from './site/assets.ts'
import type { Telemetry } from './telemetry/assemble.ts'

/** What a running connector is made of. */
export type AppOptions = Omit<McpOptions, 'tracing'> & {
  readonly rooms: Rooms
  readonly telemetry: Telemetry
}

/** Puts the connector together: what every request passes, from top to bottom, and where it may go. */
export function createApp(options: AppOptions): Koa<State> {
  const { config, publicUrl, rooms, telemetry, log } = options
  const realms = createRealms({ publicUrl, tenantHosts: config.tenantHosts })

  const everyRequest: readonly Middleware[] = [
    requestId(),
    writeLatin1(),
    plainTarget(),
    requestRealm(realms),
    clientSignal(),
    ...telemetry.middleware,
    accessLog({ log }),
    errorBoundary({ log }),
    mcpRateHeaders(config),
    ...(isLoopbackHost(config.host) ? [hostCheck({ publicUrl, realms })] : []),
    assets([...PAGE_ASSETS, ...CONSOLE_ASSETS, ...SITE_ASSETS]),
  ]

  const router = createRouter()
  addDocumentRoutes(router, options)
  router.get('/health', publicCors(), sendJson({ status: 'ok' }))
  router.get('/ready', telemetry.ready)
  router.get('/metrics', telemetry.metrics)

  const app = new Koa<State>({ proxy: config.trustProxy > 0, maxIpsCount: config.trustProxy })
  for (const middleware of everyRequest) app.use(middleware)
  app.use(directRoutes(listMcpRoutes({ ...options, tracing: telemetry.tracing })))
  app.use(router.routes())
  app.use(router.allowedMethods())
  for (const { middleware } of [rooms.authorization, rooms.console, rooms.documentation]) {
    app.use(middleware)
  }
  app.on('error', reportStrayError(log))
  return app
}
