import { isRecord } from '../../json.ts'
import type { SealedEvent } from '../sealed-event.ts'
import { classify, type OcsfClass } from './ocsf-class.ts'
import { toJsonLine } from './one-line.ts'
import { severityOf, type Severity } from './severity.ts'

/** The schema's release that these fields are of. */
const VERSION = '1.8.0'

const CLASSES = {
  'API Activity': { uid: 6003, category: 6, categoryName: 'Application Activity' },
  Authentication: { uid: 3002, category: 3, categoryName: 'Identity & Access Management' },
  'Entity Management': { uid: 3004, category: 3, categoryName: 'Identity & Access Management' },
} as const satisfies Record<OcsfClass, object>

const SEVERITIES = {
  informational: { severity_id: 1, severity: 'Informational' },
  warning: { severity_id: 3, severity: 'Medium' },
  alert: { severity_id: 4, severity: 'High' },
} as const satisfies Record<Severity, object>

const OUTCOMES = {
  success: { status_id: 1, status: 'Success' },
  failure: { status_id: 2, status: 'Failure' },
} as const satisfies Record<SealedEvent['outcome'], object>

/** Stands where the schema wants a name and nobody knows one. */
const UNKNOWN = 'unknown'

/**
 * An event in OCSF 1.8.0, on one line: API Activity (6003), Authentication (3002) or Entity
 * Management (3004). What the schema has no place for is in `unmapped`, the chain's hashes among it.
 */
export function toOcsf(event: SealedEvent): string {
  const { className, activityId, activityName } = classify(event.type)
  const { uid, category, categoryName } = CLASSES[className]
  return toJsonLine(
    withoutNulls({
      activity_id: activityId,
      activity_name: activityName,
      category_uid: category,
      category_name: categoryName,
      class_uid: uid,
      class_name: className,
      type_uid: uid * 100 + activityId,
      ...SEVERITIES[severityOf(event)],
      ...OUTCOMES[event.outcome],
      status_detail: event.reason,
      time: event.time,
      duration: event.durationMs === null ? null : Math.round(event.durationMs),
      metadata: {
        version: VERSION,
        product: { name: 'Sluice', vendor_name: 'Sluice' },
        uid: event.id,
        event_code: event.type,
        sequence: event.sequence,
        tenant_uid: event.organization,
        correlation_uid: event.requestId,
        profiles: className === 'API Activity' ? ['trace'] : null,
      },
      actor: actorOf(event),
      src_endpoint: event.address === null ? { name: UNKNOWN } : { ip: event.address },
      http_request: event.requestId === null ? null : { uid: event.requestId },
      http_response:
        event.httpStatus === null ? null : { code: event.httpStatus, length: event.bytes },
      ...OWN_PARTS[className](event),
      unmapped: {
        connector: event.connector,
        credential: event.credential,
        tool: event.tool,
        route: event.route,
        upstreamStatus: event.upstreamStatus,
        subject: event.subject,
        count: event.count,
        traceId: event.traceId,
        previousHash: event.previousHash,
        hash: event.hash,
      },
    }),
  )
}

/** What only one class has. */
const OWN_PARTS: Readonly<Record<OcsfClass, (event: SealedEvent) => object>> = {
  'API Activity': ({ type, method, tool, connector, rpcCode, traceId }) => ({
    api: {
      operation: tool ?? method ?? type,
      service: { name: connector },
      response: rpcCode === null ? null : { code: rpcCode },
    },
    trace: traceId === null ? null : { uid: traceId },
  }),
  Authentication: (event) => ({
    user: userOf(event) ?? { name: event.clientName ?? UNKNOWN, type_id: 0 },
    service: { name: event.connector },
    ...protocolOf(event),
    is_remote: true,
  }),
  'Entity Management': ({ type, subject }) => ({ entity: entityOf(type, subject) }),
}

/** The schema wants one of person and program. */
function actorOf(event: SealedEvent): object {
  const { clientId, clientName, credential } = event
  const user = userOf(event)
  const isKnown = user !== null || clientId !== null || clientName !== null
  return { user, app_uid: clientId, app_name: isKnown ? clientName : (credential ?? UNKNOWN) }
}

function userOf({ member, organization }: SealedEvent): object | null {
  if (member === null) return null
  return { uid: member, type_id: 1, org: organization === null ? null : { uid: organization } }
}

function protocolOf({ type, credential }: SealedEvent): object {
  if (credential === 'oauth' || credential === 'client' || type.startsWith('token.')) {
    return { auth_protocol_id: 6, auth_protocol: 'OAUTH 2.0' }
  }
  return { auth_protocol_id: credential === null ? 0 : 99, auth_protocol: credential }
}

/** `kind:id` for what has an id; a type names its kind, too. */
function entityOf(type: string, subject: string | null): object {
  const [kind = type] = (subject ?? type).split(/[.:]/)
  const id = subject?.slice(kind.length + 1) ?? ''
  const typeId = kind === 'organization' ? 4 : 99
  return { type: kind, type_id: typeId, ...(id === '' ? { name: subject ?? kind } : { uid: id }) }
}

/** Absent is how the schema says that there is none. */
function withoutNulls(value: unknown): unknown {
  if (!isRecord(value)) return value
  const entries = Object.entries(value).filter(([, each]) => each !== null)
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutNulls(each)]))
}
