import { DatabaseSync } from 'node:sqlite'
import { seedDatabase } from '../seed/seed.ts'
import { fold } from './fold.ts'
import { SCHEMA } from './schema.ts'

/** Opens the demo's data; a new database (always so with `:memory:`) is created and seeded. */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true })
  database.function('fold', { deterministic: true }, (text) =>
    typeof text === 'string' ? fold(text) : '',
  )
  if (isEmpty(database)) {
    database.exec('BEGIN')
    database.exec(SCHEMA)
    seedDatabase(database)
    database.exec('COMMIT')
  }
  return database
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
}
