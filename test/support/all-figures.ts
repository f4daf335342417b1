import Router from '@koa/router'
import Koa from 'koa'
import { readConfig } from '../../server/config.ts'
import { loadConnector } from '../../server/connector.ts'
import type { State } from '../../server/http/context.ts'
import { requestId } from '../../server/http/request-id.ts'
import { createLog } from '../../server/log.ts'
import type { Exchange } from '../../server/mcp/exchange.ts'
import { assembleTelemetry } from '../../server/telemetry/assemble.ts'
import type { StatusSources } from '../../server/telemetry/status.ts'
import { portOf } from './port.ts'

/** Parts that are well, as a deployment has them that has every part. */
export const EVERY_PART: Partial<StatusSources> = {
  rateWindow: () => ({ backend: 'redis', isFallback: false, fallbacks: 2 }),
  upstream: () => ({
    breakers: [{ origin: 'https://api.example', state: 'half-open' }],
    lastAnswerAt: 1_800_000_000_000,
    waiting: 6,
    retries: 7,
  }),
  audit: () => ({
    pending: 3,
    isSpoolWritable: true,
    lost: 0,
    sinks: [{ name: 'https://siem.example', isHealthy: true, pending: 4, dropped: 5 }],
  }),
  isInMaintenance: () => false,
}

/** A call that met a rate limit after its upstream call, which no real one does: it shows every label. */
const EVERYTHING: Exchange = {
  method: 'tools/call',
  tool: 'invoices.list',
  route: 'GET /invoices',
  upstreamStatus: 200,
  upstreamMs: 12,
  code: -32000,
  isToolError: false,
  durationMs: 15,
  bytes: 100,
  traceId: null,
  reason: 'rate_limited',
  partOf: null,
}

/** Serves the figures and the readiness of a connector with these parts; its `POST /mcp` does nothing but count. */
export async function serveTelemetry(sources: Partial<StatusSources> = {}) {
  const { connector } = await loadConnector('flowtly')
  const telemetry = await assembleTelemetry({
    // Nothing is sent there as long as nothing happens.
    config: readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }),
    connector,
    version: '1.2.3',
    instanceId: 'one',
    ping: () => Promise.resolve(),
    sources,
    mcpPaths: ['/mcp'],
    log: createLog({ level: 'silent' }),
  })
  const audit = telemetry.countAudited({ record: () => undefined })
  const router = new Router<State>()
  router.get('/ready', telemetry.ready)
  router.get('/metrics', telemetry.metrics)
  router.post('/mcp', (ctx) => {
    ctx.state.exchanges.push(EVERYTHING)
    audit.record({ type: 'authentication.failed', outcome: 'failure', reason: 'unauthorized' })
    ctx.body = ''
  })
  const app = new Koa<State>()
  for (const middleware of [requestId(), ...telemetry.middleware]) app.use(middleware)
  app.use(router.routes())
  const listening = Promise.withResolvers<undefined>()
  const server = app.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    telemetry,
    [Symbol.asyncDispose]: async () => {
      await telemetry.close()
      server.closeAllConnections()
      server.close()
    },
  }
}
