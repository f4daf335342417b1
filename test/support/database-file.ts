import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A SQLite file for a server under test, that a test can look into and let time pass in. */
export type DatabaseFile = {
  /** What `DATABASE_URL` takes. */
  readonly url: string
  /** Runs one statement beside the server; gives the number of rows that it changed. */
  readonly run: (statement: string, ...values: readonly (string | number)[]) => number
  /** Reads all rows of one query. */
  readonly all: (query: string) => readonly unknown[]
  readonly drop: () => Promise<void>
}

/** Makes the name of a new one; the server makes the file. */
export async function createDatabaseFile(): Promise<DatabaseFile> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-test-'))
  const path = join(folder, 'sluice.db')

  function visit<Result>(look: (database: DatabaseSync) => Result): Result {
    const database = new DatabaseSync(path, { timeout: 5_000 })
    try {
      return look(database)
    } finally {
      database.close()
    }
  }

  return {
    url: `sqlite:${path}`,
    run: (statement, ...values) =>
      visit((database) => Number(database.prepare(statement).run(...values).changes)),
    all: (query) => visit((database) => database.prepare(query).all()),
    drop: () => rm(folder, { recursive: true, force: true }),
  }
}
