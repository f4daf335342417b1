import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openStore } from '../../server/store/open-store.ts'
import type { Store } from '../../server/store/store.ts'

/** A new, empty database; `url` is what `DATABASE_URL` takes. */
export type TestDatabase = { readonly url: string; readonly drop: () => Promise<void> }

/** A kind of database that the store runs on. */
export type StoreKind = {
  readonly kind: 'sqlite' | 'postgres'
  readonly create: () => Promise<TestDatabase>
}

const POSTGRES_URL = process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test'

/**
 * The databases to run a suite on, for `describe.each`.
 *
 * PostgreSQL is required where `CI` is set, and elsewhere left out, with a line that says so, if it
 * does not answer.
 */
export const storeKinds: readonly StoreKind[] = [
  { kind: 'sqlite', create: createSqlite },
  ...((await isPostgresThere()) ? [{ kind: 'postgres' as const, create: createPostgres }] : []),
]

/** Two stores on one new database, as two instances of the server have it, and their clock. */
export type TestStores = {
  readonly url: string
  readonly store: Store
  /** Another instance's. */
  readonly other: Store
  /** Epoch milliseconds; tests move it. */
  readonly clock: { now: number }
  readonly close: () => Promise<void>
}

/** Opens two stores on a new database; `close` drops it. */
export async function openTestStores({ create }: StoreKind): Promise<TestStores> {
  const { url, drop } = await create()
  const clock = { now: 1_800_000_000_000 }
  const store = await openStore({ url, now: () => clock.now })
  const other = await openStore({ url, now: () => clock.now })
  const close = async () => {
    await store.close()
    await other.close()
    await drop()
  }
  return { url, store, other, clock, close }
}

async function createSqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-store-'))
  return {
    url: `sqlite:${join(folder, 'sluice.db')}`,
    drop: () => rm(folder, { recursive: true, force: true }),
  }
}

async function createPostgres(): Promise<TestDatabase> {
  const name = `sluice_test_${randomBytes(8).toString('hex')}`
  await runOnServer(`create database ${name}`)
  const url = new URL(POSTGRES_URL)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => runOnServer(`drop database ${name} with (force)`) }
}

async function isPostgresThere(): Promise<boolean> {
  try {
    await runOnServer('select 1')
    return true
  } catch (error) {
    if (process.env['CI'] !== undefined) throw error
    process.stderr.write(
      `skipped on PostgreSQL: no answer from ${new URL(POSTGRES_URL).host} (set "TEST_POSTGRES_URL")\n`,
    )
    return false
  }
}

async function runOnServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: POSTGRES_URL, connectionTimeoutMillis: 3_000 })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
