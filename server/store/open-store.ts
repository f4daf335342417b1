import { existsSync } from 'node:fs'
import { sql, type Kysely } from 'kysely'
import { createApiKeyStore } from './api-keys.ts'
import { createAttemptStore } from './attempts.ts'
import { createAuditEventStore } from './audit-events.ts'
import { absent, checkSchema } from './check-schema.ts'
import { createClientDocumentStore } from './client-documents.ts'
import { createClientStore } from './clients.ts'
import { connect } from './connect.ts'
import { createConsoleSessionStore } from './console-sessions.ts'
import { parseDatabaseUrl } from './database-url.ts'
import type { DatabaseLocation } from './database-url.ts'
import { createGrantStore } from './grants.ts'
import { migrate } from './migrate.ts'
import { createModelStore } from './models.ts'
import { createOrganizationStore } from './organizations.ts'
import type { Schema } from './schema.ts'
import { createSettingStore } from './settings.ts'
import { createSigningKeyStore } from './signing-keys.ts'
import { StoreError } from './store-error.ts'
import type { Store } from './store.ts'
import { sweep } from './sweep.ts'
import { createSwitchStore } from './switches.ts'
import { createToolTextStore } from './tool-texts.ts'

/**
 * Opens the store and brings its schema up to date; several processes may do so at once.
 *
 * @param options.url `sqlite:PATH`, `sqlite::memory:` (gone when it is closed) or `postgres://…`
 * @param options.now epoch milliseconds; the only clock that the store knows
 * @param options.create `false` takes a database as it is, or not at all; `true` without it
 * @throws {StoreError} `unreachable`, `unusable` or `newer_schema`; without `create` also `absent`
 *   and `older_schema`
 */
export async function openStore(options: {
  readonly url: string
  readonly now: () => number
  readonly create?: boolean
}): Promise<Store> {
  const { now, create = true } = options
  const location = parseDatabaseUrl(options.url)
  if (!create && location.kind === 'sqlite' && !existsSync(location.path)) {
    throw absent(location.place)
  }
  const { db, createLookup, close } = await connect(location)
  try {
    await checkConnection(db, location)
    if (create) await migrateDatabase(db, location, now)
    else await checkSchema(db, location)
  } catch (error) {
    await close()
    throw error
  }
  return {
    models: createModelStore(db, now),
    grants: createGrantStore({ db, createLookup, now }),
    organizations: createOrganizationStore({ db, createLookup, now }),
    clients: createClientStore(db, now),
    apiKeys: createApiKeyStore({ db, createLookup, now }),
    consoleSessions: createConsoleSessionStore(db, now),
    signingKeys: createSigningKeyStore(db, now),
    settings: createSettingStore(db),
    switches: createSwitchStore(db, now),
    toolTexts: createToolTextStore(db, now),
    attempts: createAttemptStore(db, now),
    clientDocuments: createClientDocumentStore(db, now),
    auditEvents: createAuditEventStore(db, location.kind),
    sweep: () => sweep(db, now()),
    ping: () => ping(db),
    close,
  }
}

async function checkConnection(db: Kysely<Schema>, { place }: DatabaseLocation): Promise<void> {
  try {
    await ping(db)
  } catch (error) {
    throw new StoreError(
      'unreachable',
      `"DATABASE_URL": no connection to ${place} (${reasonOf(error)}): check host, port, user, password and the database's name, and that it runs`,
      { cause: error },
    )
  }
}

async function migrateDatabase(
  db: Kysely<Schema>,
  { kind, place }: DatabaseLocation,
  now: () => number,
): Promise<void> {
  try {
    await migrate(db, { kind, place, now })
  } catch (error) {
    if (error instanceof StoreError) throw error
    throw new StoreError(
      'unusable',
      `"DATABASE_URL": the schema of ${place} cannot be brought up to date (${reasonOf(error)}): use a database that is this server's own and in which its user may create tables`,
      { cause: error },
    )
  }
}

async function ping(db: Kysely<Schema>): Promise<void> {
  await sql`select 1`.execute(db)
}

/** A refused connection to a name with several addresses has a code and no message. */
function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  const message = 'message' in error ? String(error.message) : ''
  return [code, message].filter((part) => part !== '').join(': ')
}
