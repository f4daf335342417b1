import { LRUCache } from 'lru-cache'
import type { Store } from '../../store/store.ts'
import type { AuditSummary } from '../../store/audit-summary.ts'

const HOUR_MS = 3_600_000
const HOURS = 24
/** So old what is shown may be: whoever reloads the page again and again does not ask the store. */
const KEPT_MS = 5_000
const MAX_KEPT = 1_000

/** What an organization's members called in this hour and the 23 before it, hour by hour. */
export type ReadActivity = (organizationId: string) => Promise<AuditSummary>

/**
 * Reads it from what is on record; an answer is kept for five seconds.
 *
 * @param options.now milliseconds since the epoch
 */
export function createReadActivity(options: {
  readonly auditEvents: Pick<Store['auditEvents'], 'summarize'>
  readonly now: () => number
}): ReadActivity {
  const { auditEvents, now } = options
  const kept = new LRUCache<string, AuditSummary>({
    max: MAX_KEPT,
    ttl: KEPT_MS,
    fetchMethod: (organizationId) => {
      const until = (Math.floor(now() / HOUR_MS) + 1) * HOUR_MS
      const since = until - HOURS * HOUR_MS
      return auditEvents.summarize({ organizationId, since, until, bucketMs: HOUR_MS })
    },
  })
  return (organizationId) => kept.forceFetch(organizationId)
}
