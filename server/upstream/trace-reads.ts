import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '@opentelemetry/semantic-conventions'
import type { Operation } from '../mcp/tool.ts'
import { ATTRIBUTES } from '../telemetry/attributes.ts'
import type { Tracing } from '../telemetry/tracing.ts'
import type { UpstreamClient } from './client.ts'
import { ArgumentRefused, UpstreamFailure } from './failure.ts'

const DEFAULT_PORTS = { 'https:': 443, 'http:': 80 } as const

/**
 * Makes a span of every read that belongs to a trace, and tells the upstream that span: what the
 * upstream records hangs below it. The route's template is on it, never a value of the request.
 *
 * @param options.baseUrl of the connector; an operation that names a server of its own is sent there
 */
export function traceReads(options: {
  readonly upstream: UpstreamClient
  readonly baseUrl: URL
  readonly tracing: Tracing
}): UpstreamClient {
  const { upstream, baseUrl, tracing } = options
  return {
    startDeadline: (caller) => upstream.startDeadline(caller),
    async read(operation, caller, send) {
      const { traceparent: parent } = caller
      if (parent === null) return upstream.read(operation, caller, send)
      const name = `${operation.method} ${operation.path}`
      const span = tracing.begin({ name, kind: 'client', parent })
      const end = (status: number | null, errorType: string | null) =>
        span.end({
          attributes: {
            ...describe(operation, baseUrl),
            ...(status !== null && { [ATTR_HTTP_RESPONSE_STATUS_CODE]: status }),
          },
          errorType,
        })
      try {
        const answer = await upstream.read(
          operation,
          { ...caller, traceparent: span.traceparent },
          send,
        )
        end(answer.status, null)
        return answer
      } catch (error) {
        if (error instanceof UpstreamFailure) end(error.status, String(error.status))
        // Of a refused argument nothing was sent, and there is nothing to tell.
        else if (!(error instanceof ArgumentRefused)) end(null, 'unplanned')
        throw error
      }
    },
  }
}

function describe({ method, path, server }: Operation, baseUrl: URL) {
  const { protocol, hostname, port } = server === null ? baseUrl : new URL(server, baseUrl)
  return {
    [ATTR_HTTP_REQUEST_METHOD]: method,
    [ATTRIBUTES.urlTemplate]: path,
    [ATTR_SERVER_ADDRESS]: hostname,
    [ATTR_SERVER_PORT]: Number(port) || DEFAULT_PORTS[protocol === 'https:' ? 'https:' : 'http:'],
  }
}
