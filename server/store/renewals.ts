import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** What is kept for a member with their sealed credential: both have the same columns for it. */
type HoldingTable = 'memberGrant' | 'consoleSession'

/** Over all processes, one at a time replaces a credential by the next. */
export interface Renewals {
  /**
   * Claims the right to renew the credential; `true` for one caller over all processes until the
   * claim is saved, released or `leaseMs` old.
   */
  claimRenewal(id: string, version: number, leaseMs: number): Promise<boolean>
  releaseRenewal(id: string, version: number): Promise<void>
  /** Replaces the credential of that version by the next; `false` if it was replaced or ended. */
  saveCredential(id: string, version: number, sealed: string): Promise<boolean>
}

/** Makes them for one table. A row whose credential was erased has ended. */
export function createRenewals(
  db: Kysely<Schema>,
  table: HoldingTable,
  now: () => number,
): Renewals {
  return {
    async claimRenewal(id, version, leaseMs) {
      const at = now()
      const { numUpdatedRows } = await db
        .updateTable<HoldingTable>(table)
        .set({ renewalClaimedAt: at })
        .where('id', '=', id)
        .where('credentialVersion', '=', version)
        .where('credential', 'is not', null)
        .where((eb) =>
          eb.or([eb('renewalClaimedAt', 'is', null), eb('renewalClaimedAt', '<=', at - leaseMs)]),
        )
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async releaseRenewal(id, version) {
      await db
        .updateTable<HoldingTable>(table)
        .set({ renewalClaimedAt: null })
        .where('id', '=', id)
        .where('credentialVersion', '=', version)
        .execute()
    },

    async saveCredential(id, version, sealed) {
      const { numUpdatedRows } = await db
        .updateTable<HoldingTable>(table)
        .set({ credential: sealed, credentialVersion: version + 1, renewalClaimedAt: null })
        .where('id', '=', id)
        .where('credentialVersion', '=', version)
        .where('credential', 'is not', null)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
  }
}
