import { isIPv6 } from 'node:net'
import type { SealedEvent } from '../sealed-event.ts'
import { withoutControls } from './one-line.ts'
import { severityOf, type Severity } from './severity.ts'

/** Of 10: ArcSight calls 0–3 low, 4–6 medium, 7–8 high, 9–10 very high. */
const SEVERITIES = { informational: 3, warning: 5, alert: 8 } as const satisfies Record<
  Severity,
  number
>

/** Of the format: a receiver that knows this number knows the fields. */
const DEVICE_VERSION = '1'

/** "ArcSight Common Event Format", version 26, "CEF Key Names": what a consumer stores of each. */
const MAX_CHARS = 1023
const MAX_CUSTOM_CHARS = 4000

type Value = string | number | null

/**
 * An event in ArcSight's CEF:0, on one line. Fields without a value are left out; what the standard
 * has no key for has one of ours, which begins with `Sluice`, as its naming guidelines ask for.
 */
export function toCef(event: SealedEvent): string {
  const header = [
    'CEF:0',
    'Sluice',
    'Sluice',
    DEVICE_VERSION,
    escapeHeader(event.type),
    escapeHeader(event.type.replaceAll(/[.-]/g, ' ')),
    String(SEVERITIES[severityOf(event)]),
  ]
  return `${header.join('|')}|${extensionOf(event).map(toPair).join(' ')}`
}

function extensionOf(event: SealedEvent): readonly (readonly [key: string, value: string])[] {
  const isLong = event.address !== null && isIPv6(event.address)
  const fields: readonly (readonly [key: string, value: Value])[] = [
    ['rt', event.time],
    ['externalId', event.id],
    ['outcome', event.outcome],
    ['reason', event.reason],
    ['destinationServiceName', event.connector],
    ['suid', event.member],
    ['src', isLong ? null : event.address],
    ...labelled('c6a2', 'Source IPv6 Address', isLong ? event.address : null),
    ['requestMethod', event.method],
    ['requestClientApplication', event.clientName],
    ['out', event.bytes],
    ...labelled('cs1', 'organization', event.organization),
    ...labelled('cs2', 'tool', event.tool),
    ...labelled('cs3', 'route', event.route),
    ...labelled('cs4', 'clientId', event.clientId),
    ...labelled('cs5', 'requestId', event.requestId),
    ...labelled('cs6', 'subject', event.subject),
    ...labelled('cn1', 'httpStatus', event.httpStatus),
    ...labelled('cn2', 'rpcCode', event.rpcCode),
    ...labelled('cn3', 'durationMs', event.durationMs),
    ['SluiceCredential', event.credential],
    ['SluiceCount', event.count],
    ['SluiceUpstreamStatus', event.upstreamStatus],
    ['SluiceTraceId', event.traceId],
    ['SluiceSequence', event.sequence],
    ['SluicePreviousHash', event.previousHash],
    ['SluiceHash', event.hash],
  ]
  return fields.flatMap(([key, value]) => (value === null ? [] : [[key, String(value)] as const]))
}

function labelled(key: string, label: string, value: Value): readonly (readonly [string, Value])[] {
  return [
    [key, value],
    [`${key}Label`, value === null ? null : label],
  ]
}

function toPair([key, value]: readonly [key: string, value: string]): string {
  const max = /^cs\d$/.test(key) ? MAX_CUSTOM_CHARS : MAX_CHARS
  return `${key}=${escapeExtension(cut(value, max))}`
}

/** No character is cut in two. */
function cut(text: string, max: number): string {
  return text.slice(0, max).toWellFormed()
}

function escapeHeader(text: string): string {
  return withoutControls(text).replaceAll(/[\\|]/g, '\\$&')
}

/** Line ends are the only controls that an extension can hold; the rest becomes a space. */
function escapeExtension(text: string): string {
  return text
    .replaceAll(/[\\=]/g, '\\$&')
    .split(/(\r|\n)/)
    .map((part) => (part === '\n' ? '\\n' : part === '\r' ? '\\r' : withoutControls(part)))
    .join('')
}
