import type { Kysely } from 'kysely'
import { raiseRevision } from './revision.ts'
import type { Schema } from './schema.ts'
import { transact } from './transact.ts'

/** A key that access tokens are signed with. Times are epoch milliseconds. */
export type SigningKey = {
  /** 1, 2, 3 …; two processes that make the same generation agree on one of them. */
  readonly generation: number
  /** The private JWK, sealed. */
  readonly sealed: string
  readonly createdAt: number
  /** Published from its creation on, used from this time on. */
  readonly signsFrom: number
  /** Published until then; `null` for the newest. */
  readonly verifiesUntil: number | null
}

/** Where signing keys are kept, sealed. */
export interface SigningKeyStore {
  /** Those still published, oldest first. */
  list(): Promise<readonly SigningKey[]>
  /**
   * Adds a generation and lets all earlier ones end at `othersVerifyUntil`; `false` if that
   * generation exists.
   */
  add(
    key: Pick<SigningKey, 'generation' | 'sealed' | 'signsFrom'>,
    othersVerifyUntil: number,
  ): Promise<boolean>
}

/** Keeps the signing keys in the database. */
export function createSigningKeyStore(db: Kysely<Schema>, now: () => number): SigningKeyStore {
  return {
    list() {
      return db
        .selectFrom('signingKey')
        .select(['generation', 'sealed', 'createdAt', 'signsFrom', 'verifiesUntil'])
        .where((eb) => eb.or([eb('verifiesUntil', 'is', null), eb('verifiesUntil', '>', now())]))
        .orderBy('generation')
        .execute()
    },

    add({ generation, sealed, signsFrom }, othersVerifyUntil) {
      return transact(db, async (transaction) => {
        const later = await transaction
          .selectFrom('signingKey')
          .select('generation')
          .where('generation', '>=', generation)
          .executeTakeFirst()
        if (later !== undefined) return false
        // Two at once: the second waits here, and then finds the generation taken.
        const added = await transaction
          .insertInto('signingKey')
          .values({ generation, sealed, createdAt: now(), signsFrom, verifiesUntil: null })
          .onConflict((conflict) => conflict.column('generation').doNothing())
          .executeTakeFirst()
        if (added.numInsertedOrUpdatedRows !== 1n) return false
        await transaction
          .updateTable('signingKey')
          .set({ verifiesUntil: othersVerifyUntil })
          .where('generation', '<', generation)
          .where((eb) =>
            eb.or([eb('verifiesUntil', 'is', null), eb('verifiesUntil', '>', othersVerifyUntil)]),
          )
          .execute()
        await raiseRevision(transaction)
        return true
      })
    },
  }
}
