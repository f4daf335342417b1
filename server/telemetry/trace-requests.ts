import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_URL_SCHEME,
} from '@opentelemetry/semantic-conventions'
import type { Middleware } from '../http/context.ts'
import { routeOf } from '../http/route.ts'
import { ATTRIBUTES } from './attributes.ts'
import { toHttpMethodLabel } from './labels.ts'
import { parseTraceparent } from './traceparent.ts'
import type { Tracing } from './tracing.ts'

/** Probes and scrapes come every few seconds and tell nothing. */
const UNTRACED = new Set(['/health', '/ready', '/metrics'])

/** Hands on the place in a trace that a caller names, where no spans are made. */
export function passTraceparent(): Middleware {
  return function passTraceparent(ctx, next) {
    ctx.state.traceparent = parseTraceparent(ctx.get('traceparent'))
    return next()
  }
}

/**
 * Begins the span of a request, below the one that its `traceparent` header names. Only requests
 * that a route answers become part of a trace: strangers who look for doors fill no trace store.
 */
export function traceRequests(tracing: Tracing): Middleware {
  return async function traceRequests(ctx, next) {
    const parent = parseTraceparent(ctx.get('traceparent'))
    if (UNTRACED.has(ctx.path)) {
      ctx.state.traceparent = parent
      await next()
      return
    }
    const method = toHttpMethodLabel(ctx.method)
    const span = tracing.begin({ name: method, kind: 'server', parent })
    ctx.state.traceparent = span.traceparent
    await next()
    const route = routeOf(ctx)
    if (route === null) return
    span.end({
      name: `${method} ${route}`,
      attributes: {
        [ATTR_HTTP_REQUEST_METHOD]: method,
        [ATTR_HTTP_ROUTE]: route,
        [ATTR_HTTP_RESPONSE_STATUS_CODE]: ctx.status,
        [ATTR_URL_SCHEME]: ctx.protocol,
        [ATTRIBUTES.requestId]: ctx.state.requestId,
      },
      // HTTP semantic conventions: of a server, only 5xx is its own failure.
      errorType: ctx.status >= 500 ? String(ctx.status) : null,
    })
  }
}
