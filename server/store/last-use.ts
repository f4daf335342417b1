import { sql } from 'kysely'

/** A use is noted again only after this long, so that most calls change nothing. */
const NOTED_AGAIN_AFTER_MS = 60_000

/** Whether a use was noted so lately that this one need not be. */
export function wasNoted(lastUsedAt: number | null, at: number): boolean {
  return lastUsedAt !== null && lastUsedAt > at - NOTED_AGAIN_AFTER_MS
}

/** The condition that a row's last use was noted long enough ago to be noted again. */
export function isUseDue(at: number) {
  const lastUsedAt = sql.ref('lastUsedAt')
  return sql<boolean>`(${lastUsedAt} is null or ${lastUsedAt} <= ${at - NOTED_AGAIN_AFTER_MS})`
}
