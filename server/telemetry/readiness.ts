import type {
  AuditStatus,
  ExporterStatus,
  RateWindowStatus,
  StatusSources,
  StoreStatus,
  UpstreamStatus,
} from './status.ts'

/** `degraded` still takes requests: taking the instance out would help nobody. */
export type Verdict = 'ok' | 'degraded' | 'unavailable'

/** What was looked at, with what an operator wants to know of it. */
export type Check = { readonly status: Verdict } & Readonly<Record<string, unknown>>

/** Whether this instance should get requests. */
export type Readiness = {
  readonly status: Verdict
  readonly checks: Readonly<Record<string, Check>>
}

/**
 * Looks at every part. Only an instance that stops, or whose store does not answer, is unavailable.
 * What all instances share and what each can do without makes it degraded: Redis (it counts for
 * itself then), the upstream, the sinks, a maintenance that callers are told of.
 */
export async function readReadiness(
  sources: StatusSources,
  isStopping: boolean,
): Promise<Readiness> {
  const { rateWindow, upstream, audit, isInMaintenance, exporter } = sources
  const checks = {
    store: judgeStore(await sources.store()),
    ...(rateWindow !== null && judgeRateWindow(rateWindow())),
    ...(upstream !== null && { upstream: judgeUpstream(upstream()) }),
    ...(audit !== null && { audit: judgeAudit(audit()) }),
    ...(exporter !== null && { traces: judgeExporter(exporter()) }),
    ...(isInMaintenance?.() === true && { maintenance: { status: 'degraded' as const } }),
    ...(isStopping && { stopping: { status: 'unavailable' as const } }),
  }
  return { status: worstOf(Object.values(checks).map(({ status }) => status)), checks }
}

function worstOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('unavailable')) return 'unavailable'
  return verdicts.includes('degraded') ? 'degraded' : 'ok'
}

function judgeStore({ isUp, latencyMs }: StoreStatus): Check {
  return { status: isUp ? 'ok' : 'unavailable', latencyMs: Math.round(latencyMs) }
}

/** Without Redis there is nothing that could be away. */
function judgeRateWindow({ backend, isFallback }: RateWindowStatus): { readonly redis?: Check } {
  if (backend === 'memory' && !isFallback) return {}
  return { redis: { status: isFallback ? 'degraded' : 'ok' } }
}

function judgeUpstream({ breakers, waiting }: UpstreamStatus): Check {
  const failing = breakers.filter(({ state }) => state !== 'closed')
  return {
    status: failing.length > 0 ? 'degraded' : 'ok',
    waiting,
    ...(failing.length > 0 && { failing: failing.map(({ origin }) => origin) }),
  }
}

function judgeAudit({ pending, isSpoolWritable, lost, sinks }: AuditStatus): Check {
  const isWell = isSpoolWritable && sinks.every(({ isHealthy }) => isHealthy)
  return {
    status: isWell ? 'ok' : 'degraded',
    pending,
    spool: isSpoolWritable ? 'ok' : 'degraded',
    lost,
    sinks: sinks.map(({ name, isHealthy, pending, dropped }) => ({
      name,
      status: isHealthy ? 'ok' : 'degraded',
      pending,
      dropped,
    })),
  }
}

function judgeExporter({ isHealthy }: ExporterStatus): Check {
  return { status: isHealthy ? 'ok' : 'degraded' }
}
