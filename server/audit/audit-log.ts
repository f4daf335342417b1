import type { AuditFact } from './event.ts'

/** Where everything that happens is put on record. */
export interface AuditLog {
  /**
   * Puts a fact on record before it returns: a process that is killed the moment after has not lost
   * it. It never throws and never waits for the database or a sink.
   */
  record(fact: AuditFact): void
}
