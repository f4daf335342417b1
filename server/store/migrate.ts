import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { MIGRATIONS } from './migrations.ts'
import type { Migration } from './migrations.ts'
import type { Schema } from './schema.ts'
import { StoreError } from './store-error.ts'
import { transact } from './transact.ts'

/** Any number will do that nobody else locks in the same database. */
const ADVISORY_LOCK = 7_253_001

/**
 * Brings the schema up to date, in one transaction: of several processes that start at once, one
 * does it and the others find it done.
 *
 * This is not Kysely's `Migrator`: on SQLite that one neither locks nor rolls back, and it has no
 * answer of its own to a database that a newer version has written.
 *
 * @throws {StoreError} `newer_schema`
 */
export async function migrate(
  db: Kysely<Schema>,
  options: {
    readonly kind: 'sqlite' | 'postgres'
    readonly now: () => number
    /** Names the database in messages. */
    readonly place: string
    readonly migrations?: readonly Migration[]
  },
): Promise<void> {
  const { kind, now, place, migrations = MIGRATIONS } = options
  await transact(db, async (transaction) => {
    // On SQLite the transaction itself is the lock.
    if (kind === 'postgres')
      await sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`.execute(transaction)
    await sql`create table if not exists schema_version (version bigint primary key, applied_at bigint not null)`.execute(
      transaction,
    )
    const { version } = await transaction
      .selectFrom('schemaVersion')
      .select((eb) => eb.fn.coalesce(eb.fn.max('version'), eb.lit(0)).as('version'))
      .executeTakeFirstOrThrow()
    if (version > migrations.length) throw newerSchema(place, version, migrations.length)
    for (const [index, statements] of migrations.entries()) {
      if (index < version) continue
      for (const statement of statements) await sql.raw(statement).execute(transaction)
      await transaction
        .insertInto('schemaVersion')
        .values({ version: index + 1, appliedAt: now() })
        .execute()
    }
  })
}

/** Refuses a database that this version would not understand. */
export function newerSchema(place: string, found: number, known: number): StoreError {
  return new StoreError(
    'newer_schema',
    `"DATABASE_URL": ${place} has schema ${found}, this version knows up to ${known}: start the newer version again, or restore the backup from before its first start`,
  )
}
