import type { DatabaseSync } from 'node:sqlite'

/** Runs several writes as one: all of them happen, or none. */
export function transact<Result>(database: DatabaseSync, write: () => Result): Result {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = write()
    database.exec('COMMIT')
    return result
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}
