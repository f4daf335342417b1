import type { Transaction } from 'kysely'
import { GRANT_COLUMNS, toGrant } from './grant-rows.ts'
import type { Grant, GrantEnd } from './grants.ts'
import type { Schema } from './schema.ts'

/** Of one statement; databases take some ten thousand parameters. */
const MAX_IDS = 1_000

/** Which grants to end; without a filter, all that live. */
export type GrantsToEnd = {
  readonly id?: string
  readonly organizationId?: string
  readonly memberId?: string
}

/**
 * Ends grants that live, with all that hangs on them: records of the authorization server are
 * removed, credentials erased, API keys revoked.
 *
 * @returns those that it ended
 */
export async function endGrants(
  transaction: Transaction<Schema>,
  wish: GrantsToEnd & { readonly reason: GrantEnd; readonly at: number },
): Promise<readonly Grant[]> {
  const { id, organizationId, memberId, reason, at } = wish
  let query = transaction
    .updateTable('memberGrant')
    .set({ endedAt: at, endReason: reason, credential: null, renewalClaimedAt: null })
    .where('endedAt', 'is', null)
  if (id !== undefined) query = query.where('id', '=', id)
  if (organizationId !== undefined) query = query.where('organizationId', '=', organizationId)
  if (memberId !== undefined) query = query.where('memberId', '=', memberId)
  const rows = await query.returning(GRANT_COLUMNS).execute()
  const ended = rows.map(toGrant)
  await removeRecords(
    transaction,
    ended.map((grant) => grant.id),
    at,
  )
  return ended
}

/** Removes what hangs on grants, also on a consent that never became one. */
export async function removeRecords(
  transaction: Transaction<Schema>,
  ids: readonly string[],
  at: number,
): Promise<void> {
  for (let first = 0; first < ids.length; first += MAX_IDS) {
    const some = ids.slice(first, first + MAX_IDS)
    await transaction
      .deleteFrom('model')
      .where((eb) =>
        eb.or([
          eb('grantId', 'in', some),
          eb.and([eb('id', 'in', some), eb('model', '=', 'Grant')]),
        ]),
      )
      .execute()
    await transaction
      .updateTable('apiKey')
      .set({ revokedAt: at })
      .where('grantId', 'in', some)
      .where('revokedAt', 'is', null)
      .execute()
  }
}
