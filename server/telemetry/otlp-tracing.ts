import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Link,
  type SpanContext,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import {
  ATTR_ERROR_TYPE,
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_VERSION,
} from '@opentelemetry/semantic-conventions'
import type { Logger } from 'pino'
import type { OtlpEndpoint } from '../config.ts'
import { watchExporter } from './exporter-health.ts'
import type { ExporterStatus } from './status.ts'
import { readTraceparent, writeTraceparent } from './traceparent.ts'
import type { Tracing } from './tracing.ts'

/** Spans that wait for the collector; more are lost. */
const MAX_QUEUE = 2_048
const BATCH_DELAY_MS = 2_000
/** For one batch, with its retries, which go on beside a stop: it may outlast the flush by a second. */
const EXPORT_TIMEOUT_MS = 3_000
/** A stop waits for the collector no longer than this. */
const FLUSH_MS = 2_000

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT } as const

/** Traces that go to a collector. */
export type OtlpTracing = {
  readonly tracing: Tracing
  readonly status: () => ExporterStatus
  /** Sends what waits, in bounded time. */
  readonly close: () => Promise<void>
}

/**
 * Makes spans and sends them to an OpenTelemetry collector (OTLP over HTTP, JSON), in batches behind
 * the requests: a collector that is slow or away costs spans and nothing else.
 *
 * A caller's decision whether its trace is recorded is kept; what begins here is. Nothing is
 * registered with the OpenTelemetry API, so two connectors in one process do not meet.
 *
 * @param options.instanceId tells the instances of one deployment apart
 */
export function createOtlpTracing(options: {
  readonly endpoint: OtlpEndpoint
  /** The connector's name. */
  readonly connector: string
  /** Of Sluice. */
  readonly version: string
  readonly instanceId: string
  readonly log: Logger
}): OtlpTracing {
  const { endpoint, connector, version, instanceId, log } = options
  const agent =
    endpoint.url.protocol === 'https:'
      ? new HttpsAgent({ keepAlive: true })
      : new HttpAgent({ keepAlive: true })
  const { exporter, status } = watchExporter(
    new OTLPTraceExporter({
      url: tracesUrl(endpoint.url),
      headers: Object.fromEntries(
        Object.entries(endpoint.headers).map(([name, secret]) => [name, secret.reveal()]),
      ),
      timeoutMillis: EXPORT_TIMEOUT_MS,
      httpAgentOptions: () => agent,
      userAgent: `Sluice/${version}`,
    }),
    log,
  )
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: `sluice-${connector}`,
      [ATTR_SERVICE_VERSION]: version,
      [ATTR_SERVICE_INSTANCE_ID]: instanceId,
    }),
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter,
        maxQueueSize: MAX_QUEUE,
        scheduledDelayMillis: BATCH_DELAY_MS,
        exportTimeoutMillis: EXPORT_TIMEOUT_MS,
      }),
    ],
  })
  const tracer = provider.getTracer('sluice', version)

  const tracing: Tracing = {
    begin({ name, kind, parent, link = null }) {
      const context =
        parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, toContext(parent))
      const links: readonly Link[] = link === null ? [] : [{ context: toContext(link) }]
      const span = tracer.startSpan(name, { kind: KINDS[kind], links: [...links] }, context)
      const { traceId, spanId, traceFlags } = span.spanContext()
      const isSampled = (traceFlags & TraceFlags.SAMPLED) !== 0
      return {
        traceparent: writeTraceparent({ traceId, spanId, isSampled }),
        end({ name, attributes, errorType }) {
          if (name !== undefined) span.updateName(name)
          span.setAttributes(attributes)
          if (errorType !== null) {
            span.setAttribute(ATTR_ERROR_TYPE, errorType).setStatus({ code: SpanStatusCode.ERROR })
          }
          span.end()
        },
      }
    },
  }

  return {
    tracing,
    status,
    async close() {
      const late = Promise.withResolvers<undefined>()
      const timer = setTimeout(() => late.resolve(undefined), FLUSH_MS)
      // What the collector did not take is told by `watchExporter`.
      const flushed = provider.shutdown().catch(() => undefined)
      await Promise.race([flushed, late.promise])
      clearTimeout(timer)
      agent.destroy()
    },
  }
}

/** The endpoint is a base URL (OTLP specification, "Endpoint URLs for OTLP/HTTP"). */
function tracesUrl(base: URL): string {
  return `${base.href.replace(/\/+$/, '')}/v1/traces`
}

function toContext(traceparent: string): SpanContext {
  const { traceId, spanId, isSampled } = readTraceparent(traceparent)
  const traceFlags = isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE
  return { traceId, spanId, traceFlags, isRemote: true }
}
