import koaCors from '@koa/cors'
import type { Context, Middleware } from './context.ts'
import type { IsAllowedOrigin } from './origin-check.ts'

const PREFLIGHT_SECONDS = 600
const EXPOSED = [
  'WWW-Authenticate',
  'X-Request-Id',
  'Retry-After',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
]

/** What browsers may send to the connector: MCP's own headers, credentials, trace context. */
const ALLOWED_HEADERS = [
  'Authorization',
  'Content-Type',
  'MCP-Protocol-Version',
  'Mcp-Method',
  'Mcp-Name',
  'Mcp-Session-Id',
  'Last-Event-ID',
  'traceparent',
  'X-Request-Id',
]

/**
 * CORS for pages that may call the connector (Fetch standard, section 3.2). Each gets its own origin
 * back, never `*`; only the workspace may send credentials along.
 *
 * @param options.credentialsOrigin the one origin with `Access-Control-Allow-Credentials`, or `null`
 * @param options.credentialHeaders names of the request headers that carry API credentials
 */
export function connectorCors(options: {
  readonly isAllowed: IsAllowedOrigin
  readonly credentialsOrigin: string | null
  readonly credentialHeaders: readonly string[]
}): Middleware {
  const { isAllowed, credentialsOrigin } = options
  const ownOrigin = (ctx: Pick<Context, 'get'>) => {
    const origin = ctx.get('origin')
    return isAllowed(origin) ? origin : ''
  }
  const cors: Middleware = koaCors({
    origin: ownOrigin,
    credentials: (ctx) => credentialsOrigin !== null && ctx.get('origin') === credentialsOrigin,
    allowMethods: ['POST'],
    allowHeaders: [...ALLOWED_HEADERS, ...options.credentialHeaders],
    exposeHeaders: EXPOSED,
    maxAge: PREFLIGHT_SECONDS,
  })
  return function connectorCors(ctx, next) {
    if (ctx.get('origin') !== '') return cors(ctx, next)
    // Of what is no page's the library would say as much; nothing before it varies.
    ctx.set('Vary', 'Origin')
    return next()
  }
}

/** CORS for what anybody may read: any origin, no credentials. */
export function publicCors(): Middleware {
  return koaCors({ origin: '*', exposeHeaders: EXPOSED })
}
