import type { Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * Says that something has changed that every instance keeps in memory. The last step of the
 * transaction that changes it: all changes wait for this row, so whoever sees a revision sees what
 * raised it, and no two wait for each other.
 */
export async function raiseRevision(transaction: Transaction<Schema>): Promise<void> {
  await transaction
    .updateTable('deployment')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', 1)
    .execute()
}
