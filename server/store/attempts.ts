import type { Kysely } from 'kysely'
import { sha256 } from '../hash.ts'
import type { Schema } from './schema.ts'

/** Counts attempts in windows, over all instances. */
export interface AttemptStore {
  /**
   * Counts one attempt, in one statement.
   *
   * @param key hashed before it is stored
   * @returns how many there were in the window that is open now, this one included, and its end
   */
  count(key: string, windowMs: number): Promise<{ readonly count: number; readonly endsAt: number }>
  clear(key: string): Promise<void>
}

/** Keeps the counts in the database. A window opens with its first attempt, and does not slide. */
export function createAttemptStore(db: Kysely<Schema>, now: () => number): AttemptStore {
  return {
    async count(key, windowMs) {
      const at = now()
      const { tries, endsAt } = await db
        .insertInto('attempt')
        .values({ keyHash: sha256(key), tries: 1, endsAt: at + windowMs })
        .onConflict((conflict) =>
          conflict.column('keyHash').doUpdateSet({
            tries: (eb) =>
              eb
                .case()
                .when('attempt.endsAt', '<=', at)
                .then(eb.lit(1))
                .else(eb('attempt.tries', '+', eb.lit(1)))
                .end(),
            endsAt: (eb) =>
              eb
                .case()
                .when('attempt.endsAt', '<=', at)
                .then(eb.ref('excluded.endsAt'))
                .else(eb.ref('attempt.endsAt'))
                .end(),
          }),
        )
        .returning(['tries', 'endsAt'])
        .executeTakeFirstOrThrow()
      return { count: tries, endsAt }
    },

    async clear(key) {
      await db.deleteFrom('attempt').where('keyHash', '=', sha256(key)).execute()
    },
  }
}
