import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { isIP, type AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import type { Logger } from 'pino'
import { noteOrganization } from './access/note-organization.ts'
import { createApp, listMcpPaths } from './app.ts'
import { openAudit, type Audit } from './audit/open-audit.ts'
import { recordGrantEnds, toGrantEnded } from './audit/record-grant-ends.ts'
import { startSinks } from './audit/sinks/assemble.ts'
import type { Config } from './config.ts'
import { assembleRateWindow } from './limits/assemble.ts'
import type { Connector } from './mcp/tool.ts'
import type { OutboundOptions } from './oauth/client-documents.ts'
import { openRedis } from './redis.ts'
import type { Secret } from './secret.ts'
import { createServices } from './services.ts'
import { openStore } from './store/open-store.ts'
import type { Store } from './store/store.ts'
import { startSweeping } from './store/sweep-job.ts'
import { hearNotices } from './switches/notices.ts'
import { loadSwitchboard } from './switches/live-switchboard.ts'
import { POLL_MS, startWatch } from './switches/watch.ts'
import { assembleTelemetry } from './telemetry/assemble.ts'
import { fitUpstreamCredential } from './upstream-credential.ts'
import { openUpstreamNetwork } from './upstream-network.ts'
import { assembleUpstream } from './upstream/assemble.ts'
import { reportBreaker } from './upstream/report-breaker.ts'
import { readVersion } from './version.ts'

/** A client that needs longer to send its request is cut off. */
const REQUEST_TIMEOUT_MS = 30_000
/** A client that neither sends nor reads for so long is cut off, unless it waits for a longer call. */
const MIN_IDLE_MS = 60_000
/** What runs at a stop may go on this long; orchestrators should wait for 40 seconds. */
export const DRAIN_MS = 25_000
/** How often connections that became idle are closed at a stop. */
const DRAIN_STEP_MS = 50

/** A connector that answers. */
export type RunningConnector = {
  /** The origin that clients see. */
  readonly publicUrl: URL
  /** The port that it listens on. */
  readonly port: number
  /** Stops accepting, lets what runs finish, closes the upstream's pool. */
  readonly close: () => Promise<void>
}

/**
 * Starts a connector and resolves once it listens.
 *
 * @param options.upstreamUrl where the upstream's base path begins
 * @param options.secretKey 32 bytes in base64: everything sealed in the store is sealed under it
 * @param options.outbound how client id metadata documents are reached
 * @param options.pollMs how often to look whether a switch has changed: a second by default
 * @throws {Error} with `code` `EADDRINUSE` or alike when the address cannot be had
 * @throws {StoreError} when the database cannot be used
 * @throws {ConfigError} when the environment does not fit the connector or the database
 */
export async function startConnector(options: StartOptions): Promise<RunningConnector> {
  const store = await openStore({ url: options.config.databaseUrl, now: Date.now })
  try {
    return await startWithStore(options, store)
  } catch (error) {
    await store.close()
    throw error
  }
}

async function startWithStore(options: StartOptions, store: Store): Promise<RunningConnector> {
  const { config, connector, secretKey, log } = options
  const instanceId = randomUUID()
  const audit = openAudit({
    config: config.audit,
    connector: connector.name,
    store: store.auditEvents,
    secretKey,
    isServer: true,
    startSinks: (outbox) =>
      startSinks({
        ...{ config: config.audit, otlp: config.otlp, connector: connector.name, instanceId },
        ...{ hostname: hostname(), pid: process.pid, stdout: process.stdout },
        ...{ outbox, log, now: Date.now, random: Math.random },
      }),
    log,
    now: Date.now,
  })
  try {
    const grants = recordGrantEnds(store.grants, audit.log)
    return await startWithAudit({ ...options, instanceId }, { ...store, grants }, audit)
  } catch (error) {
    await audit.close()
    throw error
  }
}

type StartOptions = {
  readonly config: Config
  readonly connector: Connector
  readonly document: unknown
  readonly upstreamUrl: URL
  readonly secretKey: Secret
  readonly outbound?: OutboundOptions
  readonly pollMs?: number
  readonly log: Logger
}

async function startWithAudit(
  options: StartOptions & { readonly instanceId: string },
  store: Store,
  audit: Audit,
): Promise<RunningConnector> {
  const { config, connector, document, upstreamUrl, secretKey, outbound = {}, log } = options
  const switchboard = await loadSwitchboard(store.switches)
  const {
    upstream,
    status,
    close: closeUpstream,
  } = assembleUpstream({
    connector,
    baseUrl: upstreamUrl,
    credential: fitUpstreamCredential(config, connector),
    timeoutMs: config.upstreamTimeoutMs,
    network: openUpstreamNetwork(config.upstreamNetwork),
    onBreakerChange: reportBreaker(log),
  })
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS })
  server.setTimeout(Math.max(MIN_IDLE_MS, config.upstreamTimeoutMs + REQUEST_TIMEOUT_MS))
  const handling = Promise.withResolvers<ReturnType<ReturnType<typeof createApp>['callback']>>()
  server.on('request', (request, response) => {
    void handling.promise.then((handle) => handle(request, response))
  })
  const publicUrl = await listen(server, config)
  const now = Date.now
  const made = { config, connector, upstream, store, secretKey, publicUrl, now }
  const services = await createServices(made).catch(async (error: unknown) => {
    server.close()
    server.closeAllConnections()
    await closeUpstream()
    throw error
  })
  const { login } = connector.upstream
  // It has one, which nobody brings with a sign-in: the operator can activate it from now on.
  if (login.kind === 'service') {
    await noteOrganization(store.organizations, config.activation, login.organization)
  }
  const redis =
    config.redisUrl === null
      ? null
      : openRedis({ url: config.redisUrl, connectorName: connector.name, log })
  const rateWindow = assembleRateWindow({ redis, log })
  const telemetry = await assembleTelemetry({
    config,
    connector,
    version: readVersion(),
    instanceId: options.instanceId,
    ping: store.ping,
    sources: {
      rateWindow: () => rateWindow.status(),
      isInMaintenance: () => switchboard.isInMaintenance(),
      audit: () => audit.status(),
      upstream: status,
    },
    mcpPaths: listMcpPaths(config),
    log,
  })
  const app = createApp({
    config,
    publicUrl,
    connector,
    document,
    upstream,
    upstreamUrl,
    services,
    switchboard,
    audit: telemetry.countAudited(audit.log),
    rateWindow,
    outbound,
    telemetry,
    log,
  })
  handling.resolve(app.callback())
  const stopSweeping = startSweeping(store, log, (grant) => audit.log.record(toGrantEnded(grant)))
  const watch = startWatch({
    store: store.switches,
    known: switchboard.revision(),
    async onMove() {
      await switchboard.reload()
      await services.keyRing.reread()
    },
    pollMs: options.pollMs ?? POLL_MS,
    random: Math.random,
    log,
  })
  if (redis !== null) hearNotices(redis, watch)
  return {
    publicUrl,
    port: portOf(server.address()),
    async close() {
      telemetry.setStopping()
      await drain(server)
      await closeUpstream()
      await redis?.close()
      await telemetry.close()
      await stopSweeping()
      await watch.stop()
      await audit.close()
      await store.close()
    },
  }
}

async function listen(server: Server, { host, port, publicUrl }: Config): Promise<URL> {
  const listening = Promise.withResolvers<undefined>()
  server.once('error', listening.reject)
  server.listen(port, host, () => listening.resolve(undefined))
  await listening.promise
  const authority = isIP(host) === 6 ? `[${host}]` : host
  return publicUrl ?? new URL(`http://${authority}:${portOf(server.address())}`)
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

/** Idle connections are closed as soon as they are idle: a keep-alive would hold the stop up. */
async function drain(server: Server): Promise<void> {
  const closed = Promise.withResolvers<undefined>()
  server.prependListener('request', (_, response) => void response.setHeader('connection', 'close'))
  server.close(() => closed.resolve(undefined))
  const closing = setInterval(() => server.closeIdleConnections(), DRAIN_STEP_MS)
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  await closed.promise
  clearInterval(closing)
  clearTimeout(deadline)
}
