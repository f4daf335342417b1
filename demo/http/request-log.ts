import type { IncomingHttpHeaders } from 'node:http'
import type { Middleware } from 'koa'

const MAX_ENTRIES = 1_000

/** Headers that tests ask about. */
const SHOWN = [
  'accept',
  'content-type',
  'traceparent',
  'user-agent',
  'x-mcp-client',
  'x-organization-id',
  'x-request-id',
  'x-user-email',
] as const

/** Headers of which only the presence is told. */
const SECRET = ['authorization', 'cookie', 'x-api-key', 'x-api-secret'] as const

/** One request as it arrived; `status` is null when the connection was cut instead. */
export type LoggedRequest = {
  readonly method: string
  /** The request target, byte for byte. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  status: number | null
}

/** The last thousand requests to the API, so that tests can prove what was sent. */
export type RequestLog = {
  readonly middleware: Middleware
  list(): readonly LoggedRequest[]
  clear(): void
}

/** Creates an empty log; it forgets the oldest request first. */
export function createRequestLog(): RequestLog {
  let entries: LoggedRequest[] = []

  return {
    async middleware(ctx, next) {
      const { method = '', url = '', headers } = ctx.req
      const entry: LoggedRequest = {
        method,
        target: url,
        headers: pickHeaders(headers),
        status: null,
      }
      entries = [...entries.slice(1 - MAX_ENTRIES), entry]
      await next()
      entry.status = ctx.respond === false ? null : ctx.status
    },
    list: () => entries,
    clear() {
      entries = []
    },
  }
}

function pickHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const shown = SHOWN.flatMap((name) => {
    const value = headers[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  const secret = SECRET.filter((name) => headers[name] !== undefined)
  return Object.fromEntries([...shown, ...secret.map((name) => [name, '[sent]'] as const)])
}
