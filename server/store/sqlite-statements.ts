import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { LRUCache } from 'lru-cache'
import { replaceNul } from './nul.ts'

/** Of all kept statements' texts together; SQLite needs some eighty bytes for each. */
const MAX_KEPT_CHARS = 50_000

/**
 * What Kysely calls of a database, over `node:sqlite`: a statement is prepared once, while it is in
 * use. One whose parameters are lists runs once for each of them.
 */
export function toSqliteDatabase(database: DatabaseSync): SqliteDatabase {
  const kept = new LRUCache<string, SqliteStatement>({
    maxSize: MAX_KEPT_CHARS,
    sizeCalculation: (_, text) => text.length,
  })
  return {
    prepare(text) {
      const known = kept.get(text)
      if (known !== undefined) return known
      const statement = toSqliteStatement(database, database.prepare(text))
      kept.set(text, statement)
      return statement
    },
    close: () => database.close(),
  }
}

function toSqliteStatement(database: DatabaseSync, statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(toInputValue)),
    run: (parameters) => runEach(statement, parameters),
    // One of its own: the kept one may run again before this one has given its last row.
    iterate: (parameters) =>
      database.prepare(statement.sourceSQL).iterate(...parameters.map(toInputValue)),
  }
}

function runEach(statement: StatementSync, parameters: readonly unknown[]) {
  const rows = parameters.filter((parameter) => Array.isArray(parameter))
  if (rows.length === 0) return statement.run(...parameters.map(toInputValue))
  return rows
    .map((row) => statement.run(...row.map(toInputValue)))
    .reduce((all, each) => ({ ...each, changes: Number(all.changes) + Number(each.changes) }))
}

function toInputValue(parameter: unknown): SQLInputValue {
  const value = replaceNul(parameter)
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new TypeError(`a query's parameter must be a text, a number or null, not ${typeof value}`)
}
