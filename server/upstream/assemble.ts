import type { Connector } from '../mcp/tool.ts'
import { createUpstreamClient, type UpstreamClient } from './client.ts'
import { withFixedCredential, type FixedCredential } from './fixed-credential.ts'
import { bodyLimitOf } from './judge-answer.ts'
import { createTransport } from './transport.ts'

/**
 * Opens a connector's upstream.
 *
 * @param options.baseUrl where the upstream's base path begins
 * @param options.credential goes with every request; `null` where members have their own
 * @param options.timeoutMs for a whole call
 */
export function assembleUpstream(options: {
  readonly connector: Connector
  readonly baseUrl: URL
  readonly credential: FixedCredential | null
  readonly timeoutMs: number
}): { readonly upstream: UpstreamClient; readonly close: () => Promise<void> } {
  const { connector, baseUrl, credential, timeoutMs } = options
  const transport = createTransport({ maxBodyBytes: bodyLimitOf })
  const upstream = createUpstreamClient({
    transport: credential === null ? transport : withFixedCredential(transport, credential),
    baseUrl,
    organizationHeader: connector.upstream.organizationHeader,
    timeoutMs,
    userAgent: `Sluice (${connector.name})`,
    now: Date.now,
  })
  return { upstream, close: () => transport.close() }
}
