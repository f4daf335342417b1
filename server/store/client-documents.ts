import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** The last good copies of client id metadata documents. */
export interface ClientDocumentStore {
  find(url: string): Promise<{ readonly body: string; readonly fetchedAt: number } | null>
  /** Inserts or replaces; `true` only for the one caller, over all processes, that inserted it. */
  put(url: string, body: string): Promise<boolean>
}

/** Keeps the documents in the database. */
export function createClientDocumentStore(
  db: Kysely<Schema>,
  now: () => number,
): ClientDocumentStore {
  return {
    async find(url) {
      const row = await db
        .selectFrom('clientDocument')
        .select(['body', 'fetchedAt'])
        .where('url', '=', url)
        .executeTakeFirst()
      return row ?? null
    },

    async put(url, body) {
      const fetchedAt = now()
      const inserted = await db
        .insertInto('clientDocument')
        .values({ url, body, fetchedAt })
        .onConflict((conflict) => conflict.column('url').doNothing())
        .returning('url')
        .executeTakeFirst()
      if (inserted !== undefined) return true
      await db
        .updateTable('clientDocument')
        .set({ body, fetchedAt })
        .where('url', '=', url)
        .execute()
      return false
    },
  }
}
