import type { Connector } from '../mcp/tool.ts'
import type { UpstreamStatus } from '../telemetry/status.ts'
import { withBreaker, type BreakerChange } from './breaker.ts'
import { withBulkhead } from './bulkhead.ts'
import { createUpstreamClient, type UpstreamClient } from './client.ts'
import { systemClock, type Clock } from './clock.ts'
import { withFixedCredential, type FixedCredential } from './fixed-credential.ts'
import { bodyLimitOf } from './judge-answer.ts'
import type { Network } from './network.ts'
import { withRetry } from './retry.ts'
import { withSharing } from './sharing.ts'
import { createTransport } from './transport.ts'

/** A connector's upstream, opened. */
export type OpenedUpstream = {
  readonly upstream: UpstreamClient
  /** How it is doing, without asking it. */
  readonly status: () => UpstreamStatus
  readonly close: () => Promise<void>
}

/**
 * Opens a connector's upstream. The care for it is a list; a call passes it from top to bottom, and
 * each part sees what the ones above it let through.
 *
 * @param options.baseUrl where the upstream's base path begins
 * @param options.credential goes with every request; `null` where members have their own
 * @param options.timeoutMs for a whole call
 * @param options.network straight to every host by default
 * @param options.onBreakerChange told of every circuit that opens or closes; nobody by default
 */
export function assembleUpstream(options: {
  readonly connector: Connector
  readonly baseUrl: URL
  readonly credential: FixedCredential | null
  readonly timeoutMs: number
  readonly network?: Network
  readonly onBreakerChange?: (change: BreakerChange) => void
  readonly clock?: Clock
}): OpenedUpstream {
  const { connector, baseUrl, credential, timeoutMs, clock = systemClock } = options
  const transport = createTransport({
    maxBodyBytes: bodyLimitOf,
    ...(options.network !== undefined && { network: options.network }),
  })
  const wire = credential === null ? transport : withFixedCredential(transport, credential)
  const breaker = withBreaker(wire, {
    timeoutMs,
    isSingleOrganization: connector.upstream.login.kind === 'service',
    clock,
    onChange: options.onBreakerChange ?? (() => undefined),
  })
  const retry = withRetry(breaker, clock)
  const bulkhead = withBulkhead(retry)
  const upstream = createUpstreamClient({
    carrier: withSharing(bulkhead, clock),
    baseUrl,
    organizationHeader: connector.upstream.organizationHeader,
    timeoutMs,
    userAgent: `Sluice (${connector.name})`,
    clock,
  })
  return {
    upstream,
    status: () => ({
      breakers: breaker.status(),
      lastAnswerAt: breaker.lastAnswerAt(),
      waiting: bulkhead.waiting(),
      retries: retry.retries(),
    }),
    close: () => transport.close(),
  }
}
