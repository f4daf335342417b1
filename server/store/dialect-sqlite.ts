import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { DatabaseConnection, Dialect, Kysely } from 'kysely'
import { isSqliteBusy } from '../sqlite-busy.ts'
import { toStoreFailure } from './sqlite-disk.ts'
import { toSqliteDatabase } from './sqlite-statements.ts'
import { StoreError } from './store-error.ts'

/** How long a statement waits for another process's transaction, and how often it looks. */
const BUSY_TIMEOUT_MS = 5_000
const BUSY_RETRY_MS = 3
/** A database that is gone when it is closed, and has one connection. */
export const MEMORY = ':memory:'

/**
 * Opens a file with `node:sqlite`; it and its folder are created where they are missing, readable
 * by their owner only.
 *
 * There is one connection, so Kysely lets one query or transaction run at a time. A commit is on
 * the disk before it is answered (`synchronous=FULL`): with `NORMAL`, a power cut would bring back
 * spent tokens and revoked grants.
 *
 * @param path a file, or `:memory:`
 * @throws {StoreError} `unusable`
 */
export async function openSqliteDialect(path: string): Promise<Dialect> {
  try {
    if (path !== MEMORY) createFile(resolve(path))
    // An absolute path: SQLite would read "file:…" as a URI with options.
    const database = new DatabaseSync(path === MEMORY ? path : resolve(path), {
      // SQLite would wait inside the call, and the whole process with it: see `whileBusy`.
      timeout: 0,
      enableForeignKeyConstraints: true,
    })
    await prepareDatabase(database)
    return toDialect(database)
  } catch (error) {
    throw unusable(path, error)
  }
}

/** A second connection to a file, for reads that wait for no transaction of this process. */
export type SqliteReader = {
  readonly dialect: Dialect
  /** Changes with every commit to the file; `null` where a lock keeps it from being told. */
  readonly readVersion: () => number | null
}

/**
 * Opens a file, that `openSqliteDialect` has opened, once more: it sees what is committed, and
 * nothing else.
 *
 * @throws {StoreError} `unusable`
 */
export function openSqliteReader(path: string): SqliteReader {
  try {
    const database = new DatabaseSync(resolve(path), { timeout: 0, readOnly: true })
    const version = database.prepare('PRAGMA data_version')
    return { dialect: toDialect(database), readVersion: () => readVersion(version) }
  } catch (error) {
    throw unusable(path, error)
  }
}

/** https://www.sqlite.org/pragma.html#pragma_data_version: it tells of all connections but its own. */
function readVersion(version: StatementSync): number | null {
  try {
    const value = version.get()?.['data_version']
    return typeof value === 'number' ? value : null
  } catch (error) {
    if (isSqliteBusy(error)) return null
    throw toStoreFailure(error)
  }
}

function toDialect(database: DatabaseSync): Dialect {
  return {
    createDriver: () => new ImmediateSqliteDriver(database),
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  }
}

function unusable(path: string, error: unknown): StoreError {
  return new StoreError(
    'unusable',
    `"DATABASE_URL": the file ${path} cannot be used as a database (${String(error)}): name a file that this user may write, in a folder that this user may write`,
    { cause: error },
  )
}

function createFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
}

async function prepareDatabase(database: DatabaseSync): Promise<void> {
  try {
    await whileBusy(() => database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;'))
  } catch (error) {
    database.close()
    throw error
  }
}

/** Tries again, without blocking the process, while another one holds the lock. */
async function whileBusy<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  const deadline = performance.now() + BUSY_TIMEOUT_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isSqliteBusy(error) || performance.now() > deadline) throw error
      await sleep(BUSY_RETRY_MS)
    }
  }
}

/**
 * Takes the write lock when a transaction begins: one that begins as a reader and writes later
 * fails at once, without waiting, if another process wrote in between.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    super({ database: toSqliteDatabase(database) })
    this.#database = database
  }

  /** A statement that found the database busy has done nothing, so it can be repeated. */
  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection()
    return {
      executeQuery: <Row>(query: CompiledQuery) =>
        whileBusy(() => connection.executeQuery<Row>(query)).catch((error: unknown) => {
          throw toStoreFailure(error)
        }),
      streamQuery: <Row>(query: CompiledQuery, chunkSize: number) =>
        connection.streamQuery<Row>(query, chunkSize),
    }
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** SQLite may have rolled back by itself, on a full disk for example. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(connection)
  }
}
