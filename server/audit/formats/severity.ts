import type { AuditEvent } from '../event.ts'

/** How much an event calls for somebody's eyes; each format has its own figure for it. */
export type Severity = 'informational' | 'warning' | 'alert'

/** A refresh token that was stolen, and events that are gone, are more than a failure. */
const ALERTS: ReadonlySet<string> = new Set<AuditEvent['type']>(['token.reused', 'audit.dropped'])

/** Judges an event by its type and its outcome. */
export function severityOf({ type, outcome }: Pick<AuditEvent, 'type' | 'outcome'>): Severity {
  if (ALERTS.has(type)) return 'alert'
  return outcome === 'success' ? 'informational' : 'warning'
}
