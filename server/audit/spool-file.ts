import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { isSqliteBusy } from '../sqlite-busy.ts'

const TABLES = `
  create table if not exists inbox (
    position integer primary key,
    chars integer not null,
    body text not null
  );
  create table if not exists outbox (
    sink text not null,
    position integer not null,
    chars integer not null,
    body text not null,
    primary key (sink, position)
  ) without rowid;
  create table if not exists loss (name text primary key, count integer not null);
`

/**
 * Opens a spool's file for this process alone; it is created where it is missing, readable by its
 * owner only.
 *
 * The lock is the operating system's: it ends with the process, however that ends. What is written
 * outlives the process from then on, and a power cut up to the last moments (`synchronous=NORMAL`).
 *
 * @param path a file, or `:memory:`
 * @returns `null` where another one has it
 */
export function openSpoolFile(path: string): DatabaseSync | null {
  if (path !== ':memory:') createFile(path)
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    // Before the first read: then there is no shared memory, and the lock is taken at once.
    database.exec('PRAGMA locking_mode=EXCLUSIVE; PRAGMA auto_vacuum=INCREMENTAL;')
    database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;')
    database.exec(`BEGIN EXCLUSIVE; ${TABLES} COMMIT;`)
    return database
  } catch (error) {
    database.close()
    if (isSqliteBusy(error)) return null
    throw error
  }
}

/**
 * Never opens one that is there: to close it would end every lock that this process has on it
 * (https://www.sqlite.org/howtocorrupt.html, section 2.2).
 */
function createFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (!isThere(error)) throw error
  }
}

function isThere(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST'
}
