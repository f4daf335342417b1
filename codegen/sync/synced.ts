import type { HistoryEntry } from './change-history.ts'

/** When a document was last asked for, and what that changed so far. */
export type Synced = {
  /** ISO 8601 in UTC; `null` before the first time. */
  readonly syncedAt: string | null
  /** The oldest first. */
  readonly history: readonly HistoryEntry[]
}

/** Of a document that nobody has fetched. */
export const NEVER_SYNCED: Synced = { syncedAt: null, history: [] }
