import type Router from '@koa/router'
import type { Logger } from 'pino'
import { assembleAuthentication } from '../access/assemble.ts'
import { organizationGate } from '../access/organization-gate.ts'
import { publicCaller } from '../access/public-caller.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Config } from '../config.ts'
import { jsonBody } from '../http/body.ts'
import type { Middleware, State } from '../http/context.ts'
import type { DirectRoute } from '../http/direct-routes.ts'
import { connectorCors, publicCors } from '../http/cors.ts'
import { createOriginRule, originCheck } from '../http/origin-check.ts'
import { sendJson } from '../http/send-json.ts'
import type { RateWindow } from '../limits/rate-window.ts'
import { isLoopbackHost } from '../loopback.ts'
import { MCP_PATH, PUBLIC_MCP_PATH } from '../realm.ts'
import type { Services } from '../services.ts'
import { maintenanceGate } from '../switches/maintenance-gate.ts'
import { createOrganizationTexts } from '../texts/organization-texts.ts'
import type { Switchboard } from '../switches/switchboard.ts'
import type { Tracing } from '../telemetry/tracing.ts'
import type { UpstreamClient } from '../upstream/client.ts'
import { assembleDispatch } from './assemble.ts'
import { createReadTool } from './call-tool.ts'
import { createCatalogue, type Catalogue } from './catalogue.ts'
import { createReadContext } from './context/read-context.ts'
import { jsonRpcMessage, mcpEndpoint, postOnly, readableMessage } from './endpoint.ts'
import { MAX_REQUEST_BYTES, PUBLIC_PER_MINUTE } from './limits.ts'
import { assembleInsights } from './own-tools/assemble-insights.ts'
import { isSearched } from './own-tools/is-searched.ts'
import { organizationContextTool } from './own-tools/organization-context.ts'
import { researchTools } from './own-tools/research-tools.ts'
import { withSearchHint } from './own-tools/search-hint.ts'
import { createSearchTools } from './own-tools/search-tools.ts'
import { createPromptBook } from './prompts/prompt-book.ts'
import { toPublicConnector } from './public-tools.ts'
import { rateHeaders } from './rate-headers.ts'
import { addressBucket, memberBucket, rateLimit } from './rate-limit.ts'
import { recordRequests } from './record-requests.ts'
import { rpcErrors } from './rpc-errors.ts'
import { scopeCheck } from './scope-check.ts'
import type { Connector } from './tool.ts'
import { upstreamErrors } from './upstream-errors.ts'

/** What the connector's own addresses need. */
export type McpOptions = {
  readonly config: Config
  readonly connector: Connector
  /** The pruned document, as `GET /mcp/openapi.json` shows it. */
  readonly document: unknown
  /** The origin that clients see. */
  readonly publicUrl: URL
  readonly services: Services
  readonly upstream: UpstreamClient
  readonly switchboard: Switchboard
  readonly rateWindow: RateWindow
  readonly audit: AuditLog
  readonly tracing: Tracing
  readonly log: Logger
}

/** Where messages are taken from callers who prove who they are. */
export function listMcpPaths({ mcpPath }: Pick<Config, 'mcpPath'>): readonly string[] {
  return [...new Set([MCP_PATH, mcpPath ?? MCP_PATH])]
}

/** Where the connector takes messages, and their way. */
export function listMcpRoutes(options: McpOptions): readonly DirectRoute[] {
  const chain = memberChain(options)
  const routes = listMcpPaths(options.config).map((path) => ({ path, chain }))
  const offered = toPublicConnector(options.connector)
  if (offered === null) return routes
  const ofAnybody = publicChain({ ...options, connector: offered })
  return [...routes, { path: PUBLIC_MCP_PATH, chain: ofAnybody }]
}

/** Shows the document beside every address of the connector. */
export function addDocumentRoutes(
  router: Router<State>,
  { config, document }: Pick<McpOptions, 'config' | 'document'>,
): void {
  for (const path of listMcpPaths(config)) {
    router.get(`${path}/openapi.json`, publicCors(), sendJson(document))
  }
}

/** States the limits of every address of the connector, also where a request goes no further. */
export function mcpRateHeaders(config: Config): Middleware {
  const ofMembers = listMcpPaths(config).map((path) => [path, config.rateLimitPerMinute] as const)
  return rateHeaders(new Map([...ofMembers, [PUBLIC_MCP_PATH, PUBLIC_PER_MINUTE]]))
}

/** The way of a message whose sender proves who they are, from top to bottom. */
function memberChain(options: McpOptions): readonly Middleware[] {
  const { config, connector, publicUrl, services, switchboard, rateWindow, audit, log } = options
  const { apiCredentials, activation, workspaceOrigin: credentialsOrigin } = config
  const { catalogue, dispatch } = assembleCatalogue(options)
  const origins = [publicUrl.origin, credentialsOrigin, ...config.allowedOrigins]
  const isAllowed = createOriginRule({
    origins: origins.filter((each) => each !== null),
    loopback: isLoopbackHost(publicUrl.hostname),
  })
  const credentialHeaders = Object.values(connector.upstream.apiCredentials ?? {})

  return [
    rpcErrors({ log }),
    recordRequests({ audit, catalogue }),
    upstreamErrors({ title: connector.title, log }),
    originCheck({ isAllowed }),
    connectorCors({ isAllowed, credentialsOrigin, credentialHeaders }),
    maintenanceGate(switchboard),
    postOnly(),
    jsonBody({ maxBytes: MAX_REQUEST_BYTES }),
    assembleAuthentication({ connector, apiCredentials, activation, ...services }),
    organizationGate(services.store.organizations),
    jsonRpcMessage(),
    rateLimit({ window: rateWindow, bucketOf: memberBucket(createLimitOf(options)) }),
    readableMessage(),
    scopeCheck(catalogue),
    mcpEndpoint({ dispatch }),
  ]
}

/** The way of a message from anybody, to the tools that need no token. */
function publicChain(options: McpOptions): readonly Middleware[] {
  const { connector, switchboard, rateWindow, audit, log } = options
  const { catalogue, dispatch } = assembleCatalogue(options, 'anybody')

  return [
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
    mcpEndpoint({ dispatch }),
  ]
}

/** Calls of one member in a minute, for an organization. */
export function createLimitOf({
  config,
  switchboard,
}: Pick<McpOptions, 'config' | 'switchboard'>): (organizationId: string) => number {
  return (organizationId) => switchboard.rateLimitOf(organizationId) ?? config.rateLimitPerMinute
}

/**
 * The connector's tools, and the way of a message that is let in to one of them.
 *
 * @param audience whom they are for: what tells of the caller is no tool for anybody
 */
export function assembleCatalogue(
  { config, connector, publicUrl, switchboard, ...rest }: McpOptions,
  audience: 'members' | 'anybody' = 'members',
) {
  const { services, upstream, tracing, log } = rest
  const texts = createOrganizationTexts({ store: services.store.toolTexts, switchboard })
  const read = createReadTool(upstream, log)
  const readContext = createReadContext({ connector, read, now: services.now })
  const { maxResultChars, upstreamTimeoutMs: timeoutMs } = config
  const context = organizationContextTool({ connector, switchboard, readContext })
  const insights = assembleInsights({ config, connector, switchboard, services, upstream, read })
  const own = [...(audience === 'members' ? [context] : []), ...insights]
  const searched = isSearched(connector.catalogue)
  const search = createSearchTools({ connector, own, catalogue: () => catalogue })
  // They find records, and are no answer to a question for a tool.
  const research = researchTools({ connector, switchboard, timeoutMs, maxChars: maxResultChars })
  const catalogue: Catalogue = createCatalogue({
    ...{ connector, names: config.toolNames, switchboard, texts },
    ...{ own: [...own, ...research, ...(searched ? search : [])], isSearched: searched },
  })
  const prompts = createPromptBook({ connector, catalogue })
  const url = new URL(MCP_PATH, publicUrl)
  const told = searched ? withSearchHint(connector) : connector
  const side = { connector: told, catalogue, prompts, upstream, url, maxResultChars, tracing, log }
  const describePrompt = prompts?.describeGet ?? (() => null)
  return { catalogue: { ...catalogue, describePrompt }, dispatch: assembleDispatch(side) }
}
