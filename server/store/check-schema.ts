import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { newerSchema } from './migrate.ts'
import { MIGRATIONS } from './migrations.ts'
import type { Schema } from './schema.ts'
import { StoreError } from './store-error.ts'

/**
 * Looks at a database without changing it: it must have the schema that this version knows. A
 * program that visits a running server's database must not bring its schema up to date under it.
 *
 * @param options.place names the database in messages
 * @throws {StoreError} `absent`, `older_schema` or `newer_schema`
 */
export async function checkSchema(
  db: Kysely<Schema>,
  { kind, place }: { readonly kind: 'sqlite' | 'postgres'; readonly place: string },
): Promise<void> {
  const known = MIGRATIONS.length
  const found = (await isThere(db, kind)) ? await readVersion(db) : 0
  if (found === 0) throw absent(place)
  if (found > known) throw newerSchema(place, found, known)
  if (found < known) throw olderSchema(place, found, known)
}

/** Says that there is nothing to look at, rather than to make it. */
export function absent(place: string): StoreError {
  return new StoreError(
    'absent',
    `"DATABASE_URL": there is no database of this server at ${place}: name the one that the server uses, or start the server first`,
  )
}

async function isThere(db: Kysely<Schema>, kind: 'sqlite' | 'postgres'): Promise<boolean> {
  const found =
    kind === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where name = 'schema_version'`
      : sql<{ name: string | null }>`select to_regclass('schema_version')::text as name`
  const { rows } = await found.execute(db)
  return (rows[0]?.name ?? null) !== null
}

async function readVersion(db: Kysely<Schema>): Promise<number> {
  const { version } = await db
    .selectFrom('schemaVersion')
    .select((eb) => eb.fn.coalesce(eb.fn.max('version'), eb.lit(0)).as('version'))
    .executeTakeFirstOrThrow()
  return version
}

function olderSchema(place: string, found: number, known: number): StoreError {
  return new StoreError(
    'older_schema',
    `"DATABASE_URL": ${place} has schema ${found}, this version needs ${known}: start this version of the server once, it brings the schema up to date`,
  )
}
