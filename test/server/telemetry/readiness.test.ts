import { describe, expect, it } from '@jest/globals'
import { readReadiness } from '../../../server/telemetry/readiness.ts'
import type {
  AuditStatus,
  BreakerStatus,
  SinkStatus,
  StatusSources,
  UpstreamStatus,
} from '../../../server/telemetry/status.ts'

const SINK: SinkStatus = { name: 'https://siem.example', isHealthy: true, pending: 0, dropped: 0 }
const AUDIT: AuditStatus = { pending: 0, isSpoolWritable: true, lost: 0, sinks: [SINK] }
const upstreamIs = (state: BreakerStatus['state']): UpstreamStatus => ({
  breakers: [{ origin: 'https://api.example', state }],
  lastAnswerAt: null,
  waiting: 0,
  retries: 0,
})
const WELL: StatusSources = {
  store: () => Promise.resolve({ isUp: true, latencyMs: 1.4 }),
  rateWindow: () => ({ backend: 'redis', isFallback: false, fallbacks: 0 }),
  upstream: () => upstreamIs('closed'),
  audit: () => AUDIT,
  isInMaintenance: () => false,
  exporter: () => ({ isHealthy: true, lost: 0 }),
}

describe('an instance', () => {
  it('is ready where every part is well, and says what was looked at', async () => {
    const sink = { name: SINK.name, status: 'ok', pending: 0, dropped: 0 }

    expect(await readReadiness(WELL, false)).toEqual({
      status: 'ok',
      checks: {
        store: { status: 'ok', latencyMs: 1 },
        redis: { status: 'ok' },
        upstream: { status: 'ok', waiting: 0 },
        audit: { status: 'ok', pending: 0, spool: 'ok', lost: 0, sinks: [sink] },
        traces: { status: 'ok' },
      },
    })
  })

  it('says nothing of parts that it does not have', async () => {
    const { store } = WELL
    const alone: StatusSources = {
      store,
      rateWindow: () => ({ backend: 'memory', isFallback: false, fallbacks: 0 }),
      upstream: null,
      audit: null,
      isInMaintenance: null,
      exporter: null,
    }

    const { status, checks } = await readReadiness(alone, false)

    expect([status, Object.keys(checks)]).toEqual(['ok', ['store']])
  })

  it.each<[string, Partial<StatusSources>, string, string]>([
    [
      'Redis is away',
      { rateWindow: () => ({ backend: 'memory', isFallback: true, fallbacks: 1 }) },
      'redis',
      'degraded',
    ],
    ['an upstream breaker is open', { upstream: () => upstreamIs('open') }, 'upstream', 'degraded'],
    [
      'an upstream breaker tries again',
      { upstream: () => upstreamIs('half-open') },
      'upstream',
      'degraded',
    ],
    [
      'a sink is away',
      { audit: () => ({ ...AUDIT, sinks: [SINK, { ...SINK, isHealthy: false }] }) },
      'audit',
      'degraded',
    ],
    [
      'the disk takes no events',
      { audit: () => ({ ...AUDIT, isSpoolWritable: false }) },
      'audit',
      'degraded',
    ],
    [
      'the trace collector is away',
      { exporter: () => ({ isHealthy: false, lost: 9 }) },
      'traces',
      'degraded',
    ],
    [
      'the operator has switched it off',
      { isInMaintenance: () => true },
      'maintenance',
      'degraded',
    ],
    [
      'the store is away',
      { store: () => Promise.resolve({ isUp: false, latencyMs: 2000 }) },
      'store',
      'unavailable',
    ],
  ])('where %s', async (_title, change, check, verdict) => {
    const { status, checks } = await readReadiness({ ...WELL, ...change }, false)

    expect(status).toBe(verdict)
    expect(checks[check]?.status).toBe(verdict)
    const others = Object.entries(checks).filter(([name]) => name !== check)
    expect(others.map(([, { status }]) => status)).toEqual(others.map(() => 'ok'))
  })

  it('that stops is unavailable, however well its parts are', async () => {
    const { status, checks } = await readReadiness(WELL, true)

    expect([status, checks['stopping']]).toEqual(['unavailable', { status: 'unavailable' }])
  })
})
