import { sql } from 'kysely'

/** A use is noted again only after this long, so that most calls change nothing. */
const NOTED_AGAIN_AFTER_MS = 60_000

/** The condition that a row's last use was noted long enough ago to be noted again. */
export function isUseDue(at: number) {
  const lastUsedAt = sql.ref('lastUsedAt')
  return sql<boolean>`(${lastUsedAt} is null or ${lastUsedAt} <= ${at - NOTED_AGAIN_AFTER_MS})`
}
