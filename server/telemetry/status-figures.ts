import { Counter, Gauge, type Registry } from 'prom-client'
import type { StatusSources } from './status.ts'

const BREAKER_STATES = ['closed', 'half-open', 'open'] as const

/**
 * Shows how the parts are doing. Each is asked when somebody looks; a part that a deployment does
 * not have has no figures.
 */
export function addStatusFigures(registry: Registry, sources: StatusSources): void {
  const registers = [registry]
  addStore(registers, sources)
  addRateWindow(registers, sources)
  addUpstream(registers, sources)
  addAudit(registers, sources)
  addMaintenance(registers, sources)
  addExporter(registers, sources)
}

/** What runs here, for joining with other figures; the value is always 1. */
export function addBuildInfo(
  registry: Registry,
  build: {
    /** Of Sluice. */
    readonly version: string
    readonly connector: string
    /** The upstream document's. */
    readonly documentVersion: string
    /** Of the document's bytes, in hexadecimal. */
    readonly documentSha256: string
  },
): void {
  const info = new Gauge({
    name: 'sluice_build_info',
    help: 'What runs: always 1.',
    labelNames: ['version', 'connector', 'document_version', 'document_sha256', 'node'],
    registers: [registry],
  })
  info.set(
    {
      version: build.version,
      connector: build.connector,
      document_version: build.documentVersion,
      document_sha256: build.documentSha256,
      node: process.versions.node,
    },
    1,
  )
}

function addStore(registers: Registry[], { store }: StatusSources): void {
  new Gauge({
    name: 'sluice_store_up',
    help: 'Whether the store answers: 1 or 0.',
    registers,
    async collect() {
      this.set(Number((await store()).isUp))
    },
  })
  new Gauge({
    name: 'sluice_store_ping_seconds',
    help: 'How long the store took for its last answer.',
    registers,
    async collect() {
      this.set((await store()).latencyMs / 1000)
    },
  })
}

function addRateWindow(registers: Registry[], { rateWindow }: StatusSources): void {
  if (rateWindow === null) return
  new Gauge({
    name: 'sluice_rate_window_fallback',
    help: 'Whether this instance counts rate windows for itself because Redis is away: 1 or 0.',
    registers,
    collect() {
      this.set(Number(rateWindow().isFallback))
    },
  })
  new Counter({
    name: 'sluice_rate_window_fallbacks_total',
    help: 'How often Redis went away.',
    registers,
    collect() {
      this.reset()
      this.inc(rateWindow().fallbacks)
    },
  })
}

function addUpstream(registers: Registry[], { upstream }: StatusSources): void {
  if (upstream === null) return
  new Gauge({
    name: 'sluice_upstream_breaker_state',
    help: 'The state of each upstream host’s circuit breaker: 1 for the one that it is in.',
    labelNames: ['origin', 'state'],
    registers,
    collect() {
      this.reset()
      for (const { origin, state } of upstream().breakers) {
        for (const each of BREAKER_STATES) this.set({ origin, state: each }, Number(each === state))
      }
    },
  })
  new Gauge({
    name: 'sluice_upstream_waiting_requests',
    help: 'Calls that wait for their turn at the upstream.',
    registers,
    collect() {
      this.set(upstream().waiting)
    },
  })
  new Counter({
    name: 'sluice_upstream_retries_total',
    help: 'Requests that were sent to the upstream again.',
    registers,
    collect() {
      this.reset()
      this.inc(upstream().retries)
    },
  })
}

function addAudit(registers: Registry[], { audit }: StatusSources): void {
  if (audit === null) return
  const labelNames = ['sink'] as const
  new Gauge({
    name: 'sluice_audit_pending_events',
    help: 'Audit events that are recorded and not yet in the store.',
    registers,
    collect() {
      this.set(audit().pending)
    },
  })
  new Gauge({
    name: 'sluice_audit_spool_up',
    help: 'Whether audit events can be written to the disk: 1 or 0.',
    registers,
    collect() {
      this.set(Number(audit().isSpoolWritable))
    },
  })
  new Counter({
    name: 'sluice_audit_lost_events_total',
    help: 'Audit events that there was no room for, neither on the disk nor in memory.',
    registers,
    collect() {
      this.reset()
      this.inc(audit().lost)
    },
  })
  new Gauge({
    name: 'sluice_audit_sink_up',
    help: 'Whether the last try to deliver to a sink went well: 1 or 0.',
    labelNames,
    registers,
    collect() {
      this.reset()
      for (const { name, isHealthy } of audit().sinks) {
        this.set({ sink: name }, Number(isHealthy))
      }
    },
  })
  new Gauge({
    name: 'sluice_audit_sink_pending_events',
    help: 'Audit events that wait for a sink.',
    labelNames,
    registers,
    collect() {
      this.reset()
      for (const { name, pending } of audit().sinks) this.set({ sink: name }, pending)
    },
  })
  new Counter({
    name: 'sluice_audit_sink_dropped_events_total',
    help: 'Audit events that a sink will not get, because its spool was full.',
    labelNames,
    registers,
    collect() {
      this.reset()
      for (const { name, dropped } of audit().sinks) this.inc({ sink: name }, dropped)
    },
  })
}

function addMaintenance(registers: Registry[], { isInMaintenance }: StatusSources): void {
  if (isInMaintenance === null) return
  new Gauge({
    name: 'sluice_maintenance',
    help: 'Whether the operator has taken the connector out of service: 1 or 0.',
    registers,
    collect() {
      this.set(Number(isInMaintenance()))
    },
  })
}

function addExporter(registers: Registry[], { exporter }: StatusSources): void {
  if (exporter === null) return
  new Gauge({
    name: 'sluice_trace_exporter_up',
    help: 'Whether the collector took the last batch of spans: 1 or 0.',
    registers,
    collect() {
      this.set(Number(exporter().isHealthy))
    },
  })
  new Counter({
    name: 'sluice_trace_lost_spans_total',
    help: 'Spans that no collector has taken.',
    registers,
    collect() {
      this.reset()
      this.inc(exporter().lost)
    },
  })
}
