import { Registry } from 'prom-client'
import type { Logger } from 'pino'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Config } from '../config.ts'
import type { Middleware } from '../http/context.ts'
import type { Connector } from '../mcp/tool.ts'
import { PUBLIC_MCP_PATH } from '../realm.ts'
import { createFiguresAccess } from './access.ts'
import { countAudited } from './audit-figures.ts'
import { metricsEndpoint, readyEndpoint } from './endpoints.ts'
import { watchProcess } from './process-figures.ts'
import { readReadiness } from './readiness.ts'
import { requestFigures } from './request-figures.ts'
import { addBuildInfo, addStatusFigures } from './status-figures.ts'
import type { StatusSources } from './status.ts'
import { createStoreHealth } from './store-health.ts'
import { passTraceparent, traceRequests } from './trace-requests.ts'
import { noTracing, type Tracing } from './tracing.ts'

/** What shows how a connector is doing. */
export type Telemetry = {
  readonly tracing: Tracing
  /** For every request, before everything that may answer it. */
  readonly middleware: readonly Middleware[]
  /** Answers `GET /metrics`. */
  readonly metrics: Middleware
  /** Answers `GET /ready`. */
  readonly ready: Middleware
  /** Counts what is recorded on its way to a log; for one log only. */
  readonly countAudited: (audit: AuditLog) => AuditLog
  /** From now on `/ready` answers 503, so that load balancers send nobody any more. */
  readonly setStopping: () => void
  /** Stops watching the process, and sends the spans that wait, in bounded time. */
  readonly close: () => Promise<void>
}

/**
 * Puts figures, readiness and traces of one connector together. Each connector has its own: nothing
 * is registered in the process.
 *
 * @param options.ping throws where the store does not answer
 * @param options.sources the parts of this deployment; what it does not have is left out
 * @param options.mcpPaths where messages are taken beside `/public/mcp`
 * @param options.instanceId tells the instances of one deployment apart
 */
export async function assembleTelemetry(options: {
  readonly config: Pick<Config, 'metricsToken' | 'otlp'>
  readonly connector: Connector
  readonly version: string
  readonly instanceId: string
  readonly ping: () => Promise<void>
  readonly sources: Partial<Omit<StatusSources, 'store' | 'exporter'>>
  readonly mcpPaths: readonly string[]
  readonly log: Logger
}): Promise<Telemetry> {
  const { config, connector, version, ping, mcpPaths } = options
  const registry = new Registry()
  const otlp = await openTracing(options)
  const sources: StatusSources = {
    ...{ rateWindow: null, upstream: null, audit: null, isInMaintenance: null },
    ...options.sources,
    store: createStoreHealth({ ping, now: () => performance.now() }),
    exporter: otlp?.status ?? null,
  }
  const stopWatching = watchProcess(registry)
  addStatusFigures(registry, sources)
  addBuildInfo(registry, {
    version,
    connector: connector.name,
    documentVersion: connector.document.version,
    documentSha256: connector.document.sha256,
  })
  const access = createFiguresAccess(config.metricsToken)
  const tracing = otlp?.tracing ?? noTracing
  let isStopping = false
  return {
    tracing,
    middleware: [
      otlp === null ? passTraceparent() : traceRequests(tracing),
      requestFigures({ registry, mcpPaths: [...mcpPaths, PUBLIC_MCP_PATH] }),
    ],
    metrics: metricsEndpoint({ registry, access }),
    ready: readyEndpoint({ readReadiness: () => readReadiness(sources, isStopping), access }),
    countAudited: (audit) => countAudited(registry, audit),
    setStopping: () => {
      isStopping = true
    },
    async close() {
      stopWatching()
      await otlp?.close()
    },
  }
}

/** The SDK is loaded only where there is somebody to send to. */
async function openTracing(options: {
  readonly config: Pick<Config, 'otlp'>
  readonly connector: Connector
  readonly version: string
  readonly instanceId: string
  readonly log: Logger
}) {
  const { config, connector, version, instanceId, log } = options
  if (config.otlp === null) return null
  const { createOtlpTracing } = await import('./otlp-tracing.ts')
  return createOtlpTracing({
    ...{ endpoint: config.otlp, connector: connector.name },
    ...{ version, instanceId, log },
  })
}
