import type { Kysely, Transaction } from 'kysely'
import type { Schema } from './schema.ts'

const MAX_TRIES = 3
/** PostgreSQL's `serialization_failure` and `deadlock_detected`: tried again, they succeed. */
const CONFLICTS: readonly unknown[] = ['40001', '40P01']

/**
 * Runs work in a transaction, up to three times where it lost a conflict with another one.
 *
 * @param work touches nothing but the database, as it may run again
 */
export async function transact<Result>(
  db: Kysely<Schema>,
  work: (transaction: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (tries === MAX_TRIES || !isConflict(error)) throw error
    }
  }
}

function isConflict(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && CONFLICTS.includes(error.code)
  )
}
