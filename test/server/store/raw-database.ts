import { CamelCasePlugin, Kysely } from 'kysely'
import { parseDatabaseUrl } from '../../../server/store/database-url.ts'
import { createPostgresDialect } from '../../../server/store/dialect-postgres.ts'
import { openSqliteDialect } from '../../../server/store/dialect-sqlite.ts'
import type { Schema } from '../../../server/store/schema.ts'

/** Opens a database without bringing its schema up to date, to look behind the store's ports. */
export async function openRawDatabase(url: string): Promise<Kysely<Schema>> {
  const location = parseDatabaseUrl(url)
  const dialect =
    location.kind === 'sqlite'
      ? await openSqliteDialect(location.path)
      : createPostgresDialect(location.url)
  return new Kysely<Schema>({ dialect, plugins: [new CamelCasePlugin()] })
}
