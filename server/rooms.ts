import type { Published } from './connector.ts'
import { lateRoutes, type LateRoutes } from './http/late-routes.ts'
import type { Router } from './http/router.ts'
import { loadQuietly } from './library-notices.ts'
import { listMcpPaths, type McpOptions } from './mcp/routes.ts'
import type { OutboundOptions } from './oauth/client-documents.ts'
import { once } from './once.ts'
import { createRealms } from './realm.ts'
import type { UpstreamStatus } from './telemetry/status.ts'

/** What the rooms are made of. */
export type RoomOptions = McpOptions & {
  readonly published: Published
  /** How client id metadata documents are reached. */
  readonly outbound: OutboundOptions
  /** How the upstream is doing, without asking it. */
  readonly upstreamStatus: () => UpstreamStatus
  /** Has every instance look for what was switched. */
  readonly announce: () => Promise<void>
}

/** The parts of the server that no call of a tool needs; each is loaded when somebody first visits it. */
export type Rooms = {
  readonly authorization: LateRoutes
  readonly console: LateRoutes
  readonly documentation: LateRoutes
  /** Ends what a room does in the background. */
  readonly close: () => void
}

/** Says where the paths of each room begin, and how it is put together once somebody comes. */
export function createRooms(options: RoomOptions): Rooms {
  const { log, publicUrl } = options
  const openLibrary = once(() => loadQuietly(() => import('oidc-provider'), log))
  const background = new DisposableStack()
  return {
    authorization: lateRoutes({
      segments: ['.well-known', 'oauth'],
      async add(router) {
        await openLibrary()
        await addAuthorization(router, options)
      },
    }),
    console: lateRoutes({
      segments: ['account', 'console'],
      async add(router) {
        await openLibrary()
        await addConsole(router, options)
      },
    }),
    documentation: lateRoutes({
      segments: ['', 'docs', 'index.md', 'llms-full.txt', 'llms.txt'],
      async add(router) {
        const [{ createSite }, { addSiteRoutes }, { startWarmUp }] = await Promise.all([
          import('./site/create-site.ts'),
          import('./site/routes.ts'),
          import('./site/warm-up.ts'),
        ])
        const site = createSite(options)
        addSiteRoutes(router, site)
        background.defer(startWarmUp({ site, publicUrl, log }))
      },
    }),
    close: () => background.dispose(),
  }
}

async function addAuthorization(router: Router, options: RoomOptions): Promise<void> {
  const { config, connector, publicUrl, services } = options
  const [{ assembleOauth }, { addOauthRoutes }, { toConsoleCallback }] = await Promise.all([
    import('./oauth/assemble.ts'),
    import('./oauth/router.ts'),
    import('./console/addresses.ts'),
  ])
  const mcpPaths = listMcpPaths(config)
  addOauthRoutes(router, {
    ...options,
    realms: createRealms({ publicUrl, tenantHosts: config.tenantHosts }),
    mcpPaths,
    oauth: assembleOauth({ ...options, ...services, mcpPaths }),
    title: connector.title,
    callbackUrl: services.callbackUrl,
    otherPathOf: toConsoleCallback,
  })
}

async function addConsole(router: Router, options: RoomOptions): Promise<void> {
  const [{ addConsole: add }, { createConsoleCall }] = await Promise.all([
    import('./console/router.ts'),
    import('./mcp/console-call.ts'),
  ])
  const { docs } = options.published
  add(router, { ...options, docs, callTool: createConsoleCall(options) })
}
