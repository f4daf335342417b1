import type { Registry } from 'prom-client'
import { AppError } from '../errors.ts'
import type { Middleware } from '../http/context.ts'
import type { FiguresAccess } from './access.ts'
import type { Readiness } from './readiness.ts'

/** Answers `GET /metrics` in Prometheus' text format; who may not see it is not told that it is there. */
export function metricsEndpoint(options: {
  readonly registry: Registry
  readonly access: FiguresAccess
}): Middleware {
  const { registry, access } = options
  return async function metricsEndpoint(ctx) {
    const verdict = access(ctx)
    if (verdict === 'refused') throw new AppError('not_found', { detail: 'not a private address' })
    if (verdict === 'unproven') {
      ctx.set('WWW-Authenticate', 'Bearer realm="metrics"')
      throw new AppError('unauthorized', { hint: 'Send METRICS_TOKEN as a bearer token.' })
    }
    ctx.set('Cache-Control', 'no-store')
    ctx.type = registry.contentType
    ctx.body = await registry.metrics()
  }
}

/**
 * Answers `GET /ready`: 200 as long as the instance should get requests, 503 where it should not.
 * Everybody sees the status, and who may see `/metrics` sees the checks.
 */
export function readyEndpoint(options: {
  readonly readReadiness: () => Promise<Readiness>
  readonly access: FiguresAccess
}): Middleware {
  const { readReadiness, access } = options
  return async function readyEndpoint(ctx) {
    const { status, checks } = await readReadiness()
    ctx.set('Cache-Control', 'no-store')
    ctx.status = status === 'unavailable' ? 503 : 200
    ctx.body = access(ctx) === 'allowed' ? { status, checks } : { status }
  }
}
