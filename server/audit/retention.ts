import type { Logger } from 'pino'
import type { AuditEventStore } from '../store/audit-events.ts'
import type { AuditRow, ChainHead } from '../store/audit-rows.ts'
import type { AuditLog } from './audit-log.ts'
import type { ChainSeal } from './chain.ts'
import { checkRow } from './check-row.ts'

const DAY_MS = 86_400_000
/** How many events one transaction removes. */
const STEP = 500

/**
 * Removes events that are older than the retention, whole days (UTC) at a time, from the start of
 * each chain: the chain's head then says where it begins. What was altered is not removed, for it
 * would take the trace of that along. How many went is an event.
 *
 * Several instances may do it at once.
 *
 * @param options.isStopping ends it between two steps
 */
export async function pruneChains(options: {
  readonly store: Pick<AuditEventStore, 'listChains' | 'prune'>
  readonly seal: ChainSeal
  readonly audit: AuditLog
  readonly retentionDays: number
  readonly log: Logger
  readonly now: number
  readonly isStopping: () => boolean
}): Promise<void> {
  const { store, seal, audit, retentionDays, log, now, isStopping } = options
  const before = Math.floor(now / DAY_MS) * DAY_MS - retentionDays * DAY_MS

  for (const organizationId of await store.listChains()) {
    let count = 0
    let told = 0
    const decide = (head: ChainHead, rows: readonly AuditRow[]) => {
      const end = seal.isHead(head) ? findEnd(head, rows, before) : null
      if (end === null) log.error({ event: 'audit_altered', organization: organizationId })
      if (end === null || end.sequence === head.prunedSequence) return null
      return seal.head({ ...head, prunedSequence: end.sequence, prunedHash: end.hash })
    }
    try {
      for (;;) {
        const removed = await store.prune(organizationId, STEP, decide)
        count += removed.length
        told += removed.filter(({ type }) => type === 'audit.pruned').length
        if (removed.length < STEP || isStopping()) break
      }
    } finally {
      // Else the record of a removal would be removed, and recorded, for ever.
      if (count > told) {
        const organization = organizationId === '' ? null : organizationId
        audit.record({ type: 'audit.pruned', outcome: 'success', organization, count })
      }
    }
  }
}

/** @returns the last event to remove, or the one before the first; `null` where something is wrong */
function findEnd(head: ChainHead, rows: readonly AuditRow[], before: number) {
  let end = { sequence: head.prunedSequence, hash: head.prunedHash }
  for (const row of rows) {
    if (checkRow(row, end) !== null) return null
    if (row.at >= before) break
    end = row
  }
  return end
}
