import { sql, type Kysely } from 'kysely'
import { gather } from './gather.ts'
import { compileFor, KEY, type CreateLookup, type Lookup, type LookupPlan } from './lookup.ts'
import { replaceNul } from './nul.ts'
import type { Schema } from './schema.ts'

/** Makes lookups that put what is asked for at the same time into one query. */
export function createGatheredLookups(reader: Kysely<Schema>): CreateLookup {
  return function createLookup<Row extends object, Found extends object>({
    column,
    query,
    keyOf,
    read,
  }: LookupPlan<Row, Found>): Lookup<Found> {
    const toQuery = compileFor(query(sql<boolean>`${sql.ref(column)} = any(${KEY})`))

    const lookUp = gather(async (keys) => {
      const found = new Map<string, Found>()
      for (const row of (await reader.executeQuery(toQuery(keys))).rows) {
        const one = read(row)
        if (one !== null) found.set(keyOf(row), one)
      }
      return found
    })

    return (key) => lookUp(replaceNul(key))
  }
}
