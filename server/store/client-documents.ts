import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** The last good copies of client id metadata documents. */
export interface ClientDocumentStore {
  find(url: string): Promise<{ readonly body: string; readonly fetchedAt: number } | null>
  put(url: string, body: string): Promise<void>
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
      await db
        .insertInto('clientDocument')
        .values({ url, body, fetchedAt })
        .onConflict((conflict) => conflict.column('url').doUpdateSet({ body, fetchedAt }))
        .execute()
    },
  }
}
