import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { sql, type Kysely } from 'kysely'
import { parseDatabaseUrl } from '../../server/store/database-url.ts'
import type { Schema } from '../../server/store/schema.ts'

/** Every row of every table, as one text each. */
export async function dumpRows(db: Kysely<Schema>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables()
  const rows: string[] = []
  for (const { name } of tables) {
    const result = await sql`select * from ${sql.table(name)}`.execute(db)
    rows.push(...result.rows.map((row) => `${name} ${JSON.stringify(row)}`))
  }
  return rows
}

/** The bytes of a SQLite database, its log included; none for PostgreSQL. */
export async function readFiles(url: string): Promise<readonly Buffer[]> {
  const location = parseDatabaseUrl(url)
  if (location.kind !== 'sqlite') return []
  const folder = dirname(location.path)
  const names = (await readdir(folder)).filter((name) => name.startsWith(basename(location.path)))
  return Promise.all(names.map((name) => readFile(join(folder, name))))
}
