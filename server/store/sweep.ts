import type { ExpressionBuilder, Kysely } from 'kysely'
import { SESSION_IDLE_MS, SESSION_MAX_AGE_MS } from './console-sessions.ts'
import { GRANT_COLUMNS, toGrant } from './grant-rows.ts'
import type { Grant } from './grants.ts'
import type { Schema } from './schema.ts'

const DAY_MS = 86_400_000
/** A client that registered itself, got no grant and was not used for so long is given up. */
export const UNGRANTED_CLIENT_MS = 30 * DAY_MS
/** Ended grants are kept this long, so that people see what happened to a connection. */
export const ENDED_GRANT_MS = 90 * DAY_MS
/** Expired and revoked API keys, for the same reason. */
export const DEAD_API_KEY_MS = 90 * DAY_MS
/** A client document that was not fetched for so long has no user any more. */
const STALE_DOCUMENT_MS = 90 * DAY_MS

/** A younger grant may be waiting for its code to be exchanged, or for its first API key. */
const UNUSED_GRANT_MS = DAY_MS

/** What one sweep did. */
export type Swept = { readonly removed: number; readonly ended: readonly Grant[] }

/**
 * Removes what has expired, in one statement for each table: several processes may sweep at once.
 *
 * A spent token is kept until it expires, so that its reuse is seen; a client that had a grant is
 * kept for good, as programs remember their client id and do not register again.
 *
 * @param at epoch milliseconds
 * @returns how many rows went, and the grants that it ended
 */
export async function sweep(db: Kysely<Schema>, at: number): Promise<Swept> {
  const expired = await db.deleteFrom('model').where('expiresAt', '<=', at).executeTakeFirst()
  const ended = await endUnusable(db, at)
  const deletions = [
    // Written by a request that was under way while the grant ended.
    db
      .deleteFrom('model')
      .where('grantId', 'in', (eb) =>
        eb.selectFrom('memberGrant').select('id').where('endedAt', 'is not', null),
      ),
    db
      .deleteFrom('model')
      .where('model', '=', 'Grant')
      .where('id', 'in', (eb) =>
        eb.selectFrom('memberGrant').select('id').where('endedAt', 'is not', null),
      ),
    db.deleteFrom('attempt').where('endsAt', '<=', at),
    db
      .deleteFrom('consoleSession')
      .where((eb) =>
        eb.or([
          eb('lastUsedAt', '<=', at - SESSION_IDLE_MS),
          eb('createdAt', '<=', at - SESSION_MAX_AGE_MS),
        ]),
      ),
    db
      .deleteFrom('client')
      .where('kind', '=', 'dynamic')
      .where('grantedAt', 'is', null)
      .where('createdAt', '<=', at - UNGRANTED_CLIENT_MS)
      .where((eb) =>
        eb.or([eb('lastUsedAt', 'is', null), eb('lastUsedAt', '<=', at - UNGRANTED_CLIENT_MS)]),
      ),
    db
      .deleteFrom('apiKey')
      .where((eb) =>
        eb.or([
          eb('revokedAt', '<=', at - DEAD_API_KEY_MS),
          eb('expiresAt', '<=', at - DEAD_API_KEY_MS),
        ]),
      ),
    db.deleteFrom('memberGrant').where('endedAt', '<=', at - ENDED_GRANT_MS),
    db.deleteFrom('signingKey').where('verifiesUntil', '<=', at),
    db.deleteFrom('clientDocument').where('fetchedAt', '<=', at - STALE_DOCUMENT_MS),
  ]
  let removed = Number(expired.numDeletedRows)
  for (const deletion of deletions) {
    const { numDeletedRows } = await deletion.executeTakeFirst()
    removed += Number(numDeletedRows)
  }
  return { removed, ended }
}

/**
 * Ends grants that nothing can use any more, and erases their credentials: the refresh token has
 * expired unused, the code was never exchanged, the last API key is gone.
 */
async function endUnusable(db: Kysely<Schema>, at: number): Promise<readonly Grant[]> {
  const rows = await db
    .updateTable('memberGrant')
    .set({ endedAt: at, endReason: 'expired', credential: null, renewalClaimedAt: null })
    .where('endedAt', 'is', null)
    .where('createdAt', '<=', at - UNUSED_GRANT_MS)
    .where(({ eb }) => eb.not(eb.exists(tokensOf(eb))))
    .where(({ eb }) => eb.not(eb.exists(liveKeysOf(eb, at))))
    .returning(GRANT_COLUMNS)
    .execute()
  return rows.map(toGrant)
}

type GrantCondition = ExpressionBuilder<Schema, 'memberGrant'>

function tokensOf(eb: GrantCondition) {
  return eb.selectFrom('model').select('model.id').whereRef('model.grantId', '=', 'memberGrant.id')
}

function liveKeysOf(eb: GrantCondition, at: number) {
  return eb
    .selectFrom('apiKey')
    .select('apiKey.id')
    .whereRef('apiKey.grantId', '=', 'memberGrant.id')
    .where('apiKey.revokedAt', 'is', null)
    .where((key) => key.or([key('apiKey.expiresAt', 'is', null), key('apiKey.expiresAt', '>', at)]))
}
