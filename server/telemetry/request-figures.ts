import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { routeOf } from '../http/route.ts'
import type { Context, Middleware } from '../http/context.ts'
import { NONE, OTHER, toCodeLabel, toHttpMethodLabel, toStatusLabel } from './labels.ts'

/** The reason that an exchange has where a rate limit refused it. */
const RATE_LIMITED = 'rate_limited'
/** What a limit by address answers with. */
const TOO_MANY_REQUESTS = 429
/** Seconds; from a list out of memory to an upstream that takes all of its time. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/**
 * Counts what HTTP requests, the JSON-RPC messages in them and their upstream calls come to.
 *
 * Every label has a closed vocabulary: routes of the server, tools and routes of the catalogue,
 * methods that MCP has, numbers. Nothing that a caller, an organization or the upstream writes is one.
 *
 * @param options.mcpPaths where messages are taken: what is refused there before it was read counts
 *   as a message without a method
 */
export function requestFigures(options: {
  readonly registry: Registry
  readonly mcpPaths: readonly string[]
}): Middleware {
  const mcpPaths = new Set(options.mcpPaths)
  const figures = createFigures(options.registry)
  const { http, httpSeconds, inFlight, rateLimited, rpc, rpcSeconds, upstreamSeconds } = figures

  function countMessages(ctx: Context): void {
    const status = toStatusLabel(ctx.status)
    for (const exchange of ctx.state.exchanges) {
      const { tool, route, upstreamStatus, upstreamMs, durationMs } = exchange
      const method = exchange.method ?? NONE
      // What is read for another message is no message, but the upstream was asked all the same.
      if (exchange.partOf === null) {
        rpc.inc({ method, tool: tool ?? NONE, code: toCodeLabel(exchange), status })
        rpcSeconds.observe({ method }, durationMs / 1000)
      }
      if (tool === null || route === null || upstreamStatus === null || upstreamMs === null)
        continue
      const labels = { tool, route, status: toStatusLabel(upstreamStatus) }
      upstreamSeconds.observe(labels, upstreamMs / 1000)
    }
  }

  /** A request to the connector that was refused before a message was read. */
  function countUnread(ctx: Context, route: string): void {
    if (!mcpPaths.has(route) || ctx.state.exchanges.length > 0 || ctx.status < 400) return
    const status = toStatusLabel(ctx.status)
    rpc.inc({ method: NONE, tool: NONE, code: NONE, status })
  }

  function countLimited(ctx: Context, route: string): void {
    const limited = ctx.state.exchanges.filter(({ reason }) => reason === RATE_LIMITED).length
    const isLimited = limited === 0 && ctx.status === TOO_MANY_REQUESTS
    if (limited > 0 || isLimited) rateLimited.inc({ route }, isLimited ? 1 : limited)
  }

  return async function requestFigures(ctx, next) {
    const startedAt = performance.now()
    inFlight.inc()
    ctx.res.on('close', () => inFlight.dec())
    await next()
    const route = routeOf(ctx) ?? OTHER
    http.inc({
      route,
      method: toHttpMethodLabel(ctx.method),
      status: toStatusLabel(ctx.status),
    })
    httpSeconds.observe({ route }, (performance.now() - startedAt) / 1000)
    countLimited(ctx, route)
    countMessages(ctx)
    countUnread(ctx, route)
  }
}

function createFigures(registry: Registry) {
  const registers = [registry]
  return {
    http: new Counter({
      name: 'sluice_http_requests_total',
      help: 'HTTP requests that were answered.',
      labelNames: ['route', 'method', 'status'],
      registers,
    }),
    httpSeconds: new Histogram({
      name: 'sluice_http_request_duration_seconds',
      help: 'From the head of an HTTP request to its answer.',
      labelNames: ['route'],
      buckets: BUCKETS,
      registers,
    }),
    inFlight: new Gauge({
      name: 'sluice_http_requests_in_flight',
      help: 'HTTP requests that are being answered now.',
      registers,
    }),
    rateLimited: new Counter({
      name: 'sluice_rate_limited_total',
      help: 'Messages and other requests that a rate limit refused.',
      labelNames: ['route'],
      registers,
    }),
    rpc: new Counter({
      name: 'sluice_rpc_requests_total',
      help: 'JSON-RPC messages that were answered, and requests that were refused before one was read.',
      labelNames: ['method', 'tool', 'code', 'status'],
      registers,
    }),
    rpcSeconds: new Histogram({
      name: 'sluice_rpc_request_duration_seconds',
      help: 'From a JSON-RPC message to its answer.',
      labelNames: ['method'],
      buckets: BUCKETS,
      registers,
    }),
    upstreamSeconds: new Histogram({
      name: 'sluice_upstream_duration_seconds',
      help: 'From a tool’s request to the whole answer of the upstream, with every retry.',
      labelNames: ['tool', 'route', 'status'],
      buckets: BUCKETS,
      registers,
    }),
  }
}
