import { Counter, type Registry } from 'prom-client'
import type { AuditLog } from '../audit/audit-log.ts'
import type { AuditType } from '../audit/event.ts'
import { createReasonLabel } from './labels.ts'

/** Somebody could not prove who they are, or may not do what they asked for. */
const FAILED_PROOFS: readonly AuditType[] = [
  'authentication.failed',
  'authorization.denied',
  'sign-in.failed',
  'token.refused',
  'token.reused',
]

/**
 * Counts what goes on record. Types and reasons are names of ours; who did what is on record only.
 *
 * @returns the same log
 */
export function countAudited(registry: Registry, audit: AuditLog): AuditLog {
  const registers = [registry]
  const reasonLabel = createReasonLabel()
  const events = new Counter({
    name: 'sluice_audit_events_total',
    help: 'Audit events, by what happened.',
    labelNames: ['type', 'outcome'],
    registers,
  })
  const failures = new Counter({
    name: 'sluice_authentication_failures_total',
    help: 'Callers and people who did not prove who they are, or may not do what they asked for.',
    labelNames: ['reason'],
    registers,
  })
  return {
    record(fact) {
      const { type, outcome, reason = null } = fact
      events.inc({ type, outcome })
      if (FAILED_PROOFS.includes(type)) failures.inc({ reason: reasonLabel(reason) })
      audit.record(fact)
    },
  }
}
