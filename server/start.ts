import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { noteOrganization } from './access/note-organization.ts'
import { createApp } from './app.ts'
import { assembleAudit } from './audit/assemble.ts'
import { recordGrantEnds, toGrantEnded } from './audit/record-grant-ends.ts'
import type { Config } from './config.ts'
import type { Published } from './connector.ts'
import { assembleRateWindow } from './limits/assemble.ts'
import { openListener } from './listener.ts'
import { listMcpPaths } from './mcp/routes.ts'
import type { Connector } from './mcp/tool.ts'
import type { OutboundOptions } from './oauth/client-documents.ts'
import type { Redis } from './redis.ts'
import type { Secret } from './secret.ts'
import { createRooms } from './rooms.ts'
import { createServices } from './services.ts'
import { openStore } from './store/open-store.ts'
import { startSweeping } from './store/sweep-job.ts'
import { loadSwitchboard } from './switches/live-switchboard.ts'
import { announceChange, hearNotices } from './switches/notices.ts'
import { POLL_MS, startWatch } from './switches/watch.ts'
import { assembleTelemetry } from './telemetry/assemble.ts'
import { fitUpstreamCredential } from './upstream-credential.ts'
import { openUpstreamNetwork } from './upstream-network.ts'
import { assembleUpstream } from './upstream/assemble.ts'
import { reportBreaker } from './upstream/report-breaker.ts'
import { traceReads } from './upstream/trace-reads.ts'
import { readVersion } from './version.ts'

/** A connector that answers. */
export type RunningConnector = {
  /** The origin that clients see. */
  readonly publicUrl: URL
  /** The port that it listens on. */
  readonly port: number
  /** People can sign in, at consent and in the console. */
  readonly hasSignIn: boolean
  /** Stops accepting, lets what runs finish, writes what was recorded, and ends. */
  readonly close: () => Promise<void>
}

type StartOptions = {
  readonly config: Config
  readonly connector: Connector
  readonly document: unknown
  readonly published: Published
  readonly upstreamUrl: URL
  readonly secretKey: Secret
  readonly outbound?: OutboundOptions
  readonly pollMs?: number
  readonly log: Logger
}

/**
 * Starts a connector and resolves once it answers. What is opened first is closed last: the store
 * outlives the audit log, which outlives every request.
 *
 * @param options.upstreamUrl where the upstream's base path begins
 * @param options.secretKey 32 bytes in base64: everything sealed in the store is sealed under it
 * @param options.outbound how client id metadata documents are reached
 * @param options.pollMs how often to look whether a switch has changed: a second by default
 * @throws {Error} with `code` `EADDRINUSE` or alike when the address cannot be had
 * @throws {StoreError} when the database cannot be used
 * @throws {ConfigError} when the environment does not fit the connector, the database or the disk
 */
export async function startConnector(options: StartOptions): Promise<RunningConnector> {
  const opened = new AsyncDisposableStack()
  try {
    return await open(options, opened)
  } catch (error) {
    await opened.disposeAsync()
    throw error
  }
}

async function open(
  options: StartOptions,
  opened: AsyncDisposableStack,
): Promise<RunningConnector> {
  const { config, connector, document, published, upstreamUrl, secretKey, log } = options
  const { outbound = {} } = options
  const now = Date.now
  const instanceId = randomUUID()

  const database = await openStore({ url: config.databaseUrl, now })
  opened.defer(database.close)
  const audit = await assembleAudit({
    ...{ config, connector: connector.name, store: database, secretKey, instanceId, log, now },
    isServer: true,
  })
  opened.defer(audit.close)
  const store = { ...database, grants: recordGrantEnds(database.grants, audit.log) }

  const switchboard = await loadSwitchboard(store.switches)
  const { upstream, ...upstreamAtWork } = assembleUpstream({
    connector,
    baseUrl: upstreamUrl,
    credential: fitUpstreamCredential(config, connector),
    timeoutMs: config.upstreamTimeoutMs,
    network: openUpstreamNetwork(config.upstreamNetwork),
    onBreakerChange: reportBreaker(log),
  })
  opened.defer(upstreamAtWork.close)

  const { host, port, upstreamTimeoutMs: callMs, redisUrl } = config
  const listener = await openListener({ host, port, callMs })
  opened.defer(() => listener.close())
  const publicUrl = config.publicUrl ?? listener.url
  const made = { config, connector, upstream, store, secretKey, publicUrl, now }
  const services = await createServices(made)
  const { login } = connector.upstream
  // It has one, which nobody brings with a sign-in: the operator can activate it from now on.
  if (login.kind === 'service') {
    await noteOrganization(store.organizations, config.activation, login.organization)
  }

  const redis = redisUrl && (await openShared(redisUrl, connector.name, log))
  if (redis !== null) opened.defer(() => redis.close())
  const rateWindow = await assembleRateWindow({ redis, log })
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
  opened.defer(watch.stop)
  if (redis !== null) hearNotices(redis, watch)
  const telemetry = await assembleTelemetry({
    ...{ config, connector, instanceId, log },
    version: readVersion(),
    ping: store.ping,
    sources: {
      rateWindow: () => rateWindow.status(),
      isInMaintenance: () => switchboard.isInMaintenance(),
      audit: () => audit.status(),
      upstream: upstreamAtWork.status,
    },
    mcpPaths: listMcpPaths(config),
  })
  opened.defer(telemetry.close)

  const parts = {
    ...{ config, connector, document, publicUrl, services, switchboard, rateWindow, log },
    upstream: traceReads({ upstream, baseUrl: upstreamUrl, tracing: telemetry.tracing }),
    audit: telemetry.countAudited(audit.log),
  }
  const rooms = createRooms({
    ...{ ...parts, published, outbound, tracing: telemetry.tracing },
    upstreamStatus: upstreamAtWork.status,
    announce: () => announceChange({ watch, redis }),
  })
  opened.defer(rooms.close)
  const app = createApp({ ...parts, rooms, telemetry })
  const handle = app.callback()
  listener.serve((request, response) => void handle(request, response))

  opened.defer(startSweeping(store, log, (grant) => audit.log.record(toGrantEnded(grant))))
  // Last, so that it is the first: nothing else ends before the requests that use it.
  opened.defer(async () => {
    telemetry.setStopping()
    await listener.drain()
  })
  return {
    publicUrl,
    port: listener.port,
    hasSignIn: services.people !== null,
    close: () => opened.disposeAsync(),
  }
}

/** The library is loaded only where it is used: it is larger than the rest of the server. */
async function openShared(url: Secret, connectorName: string, log: Logger): Promise<Redis> {
  const { openRedis } = await import('./redis.ts')
  return openRedis({ url, connectorName, log })
}
