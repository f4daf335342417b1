import type { SealedEvent } from '../sealed-event.ts'
import { toJson } from './json.ts'
import { severityOf, type Severity } from './severity.ts'

/** `SeverityNumber` of the log data model, and the text beside it. */
const SEVERITIES = {
  informational: { severityNumber: 9, severityText: 'INFO' },
  warning: { severityNumber: 13, severityText: 'WARN' },
  alert: { severityNumber: 17, severityText: 'ERROR' },
} as const satisfies Record<Severity, object>

const NANOSECONDS = '000000'

/** An attribute, as OTLP writes it in JSON: whole numbers are texts, since they have 64 bits. */
type KeyValue = {
  readonly key: string
  readonly value:
    | { readonly stringValue: string }
    | { readonly intValue: string }
    | { readonly doubleValue: number }
}

/**
 * Builds an `ExportLogsServiceRequest` (opentelemetry-proto 1.x, "JSON Protobuf Encoding"): a log
 * record for each event, whose body is the event in our own format, whose attributes have names of
 * the semantic conventions, and ours begin with `sluice.`.
 *
 * @param options.instanceId tells the instances of one deployment apart
 */
export function toOtlpLogs(
  events: readonly SealedEvent[],
  { connector, instanceId }: { readonly connector: string; readonly instanceId: string },
): object {
  return {
    resourceLogs: [
      {
        resource: {
          attributes: [
            ...toAttribute('service.name', `sluice-${connector}`),
            ...toAttribute('service.instance.id', instanceId),
          ],
        },
        scopeLogs: [{ scope: { name: 'sluice.audit' }, logRecords: events.map(toLogRecord) }],
      },
    ],
  }
}

function toLogRecord(event: SealedEvent): object {
  const nanoseconds = `${event.time}${NANOSECONDS}`
  return {
    timeUnixNano: nanoseconds,
    observedTimeUnixNano: nanoseconds,
    ...SEVERITIES[severityOf(event)],
    eventName: `sluice.${event.type}`,
    body: { stringValue: toJson(event) },
    attributes: attributesOf(event),
    ...(event.traceId !== null && { traceId: event.traceId }),
  }
}

function attributesOf(event: SealedEvent): readonly KeyValue[] {
  return [
    ...toAttribute('log.record.uid', event.id),
    ...toAttribute('sluice.outcome', event.outcome),
    ...toAttribute('sluice.connector', event.connector),
    ...toAttribute('sluice.organization', event.organization),
    ...toAttribute('user.id', event.member),
    ...toAttribute('sluice.client.id', event.clientId),
    ...toAttribute('sluice.client.name', event.clientName),
    ...toAttribute('sluice.credential', event.credential),
    ...toAttribute('mcp.method.name', event.method),
    ...toAttribute('gen_ai.tool.name', event.tool),
    ...toAttribute('url.template', event.route),
    ...toAttribute('http.response.status_code', event.httpStatus),
    ...toAttribute('sluice.upstream.status_code', event.upstreamStatus),
    ...toAttribute('rpc.response.status_code', event.rpcCode?.toString() ?? null),
    ...toAttribute('sluice.duration_ms', event.durationMs),
    ...toAttribute('http.response.body.size', event.bytes),
    ...toAttribute('client.address', event.address),
    ...toAttribute('sluice.request_id', event.requestId),
    ...toAttribute('error.type', event.outcome === 'failure' ? event.reason : null),
    ...toAttribute('sluice.subject', event.subject),
    ...toAttribute('sluice.count', event.count),
    ...toAttribute('sluice.sequence', event.sequence),
    ...toAttribute('sluice.hash', event.hash),
  ]
}

/** None where there is no value. */
function toAttribute(key: string, value: string | number | null): readonly KeyValue[] {
  if (value === null) return []
  if (typeof value === 'string') return [{ key, value: { stringValue: value } }]
  if (Number.isInteger(value)) return [{ key, value: { intValue: String(value) } }]
  return [{ key, value: { doubleValue: value } }]
}
