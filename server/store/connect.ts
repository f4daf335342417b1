import { CamelCasePlugin, Kysely, type Dialect } from 'kysely'
import type { DatabaseLocation } from './database-url.ts'
import { MEMORY, openSqliteDialect, openSqliteReader } from './dialect-sqlite.ts'
import { createGatheredLookups } from './gathered-lookup.ts'
import type { CreateLookup } from './lookup.ts'
import { createRememberedLookups } from './remembered-lookup.ts'
import type { Schema } from './schema.ts'

/** The ways to one database. */
export type Connections = {
  readonly db: Kysely<Schema>
  /** For what runs on nearly every call; they have connections of their own where there can be some. */
  readonly createLookup: CreateLookup
  readonly close: () => Promise<void>
}

/** Opens a database. @throws {StoreError} `unusable` */
export async function connect(location: DatabaseLocation): Promise<Connections> {
  if (location.kind === 'postgres') return connectPostgres(location.url)
  if (location.path === MEMORY) return connectMemory()
  return connectFile(location.path)
}

/** The driver is loaded only where there is a server to talk to. */
async function connectPostgres(url: string): Promise<Connections> {
  const { createPostgresDialect, createPostgresReader } = await import('./dialect-postgres.ts')
  const db = toKysely(createPostgresDialect(url))
  const reader = toKysely(createPostgresReader(url))
  return { db, createLookup: createGatheredLookups(reader), close: () => closeBoth(reader, db) }
}

async function connectFile(path: string): Promise<Connections> {
  const db = toKysely(await openSqliteDialect(path))
  const { dialect, readVersion } = openSqliteReader(path)
  const reader = toKysely(dialect)
  const createLookup = createRememberedLookups({ reader, readVersion })
  return { db, createLookup, close: () => closeBoth(reader, db) }
}

async function connectMemory(): Promise<Connections> {
  const db = toKysely(await openSqliteDialect(MEMORY))
  const createLookup = createRememberedLookups({ reader: db, readVersion: () => null })
  return { db, createLookup, close: () => db.destroy() }
}

function toKysely(dialect: Dialect): Kysely<Schema> {
  return new Kysely<Schema>({ dialect, plugins: [new CamelCasePlugin()] })
}

/** The reader first: what closes a SQLite file last tidies it up, and that takes writing. */
async function closeBoth(reader: Kysely<Schema>, db: Kysely<Schema>): Promise<void> {
  await reader.destroy()
  await db.destroy()
}
