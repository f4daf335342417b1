import { sql, type Kysely } from 'kysely'
import { LRUCache } from 'lru-cache'
import { compileFor, KEY, type CreateLookup, type Lookup, type LookupPlan } from './lookup.ts'
import type { Schema } from './schema.ts'

/** By each lookup, until the next commit. */
const MAX_REMEMBERED = 1_000

/**
 * Makes lookups that remember what they found for as long as nothing at all is committed.
 *
 * @param options.readVersion changes with every commit, by whichever connection or process; `null`
 *   where that cannot be told, and then nothing is remembered
 */
export function createRememberedLookups(options: {
  readonly reader: Kysely<Schema>
  readonly readVersion: () => number | null
}): CreateLookup {
  const { reader, readVersion } = options

  return function createLookup<Row extends object, Found extends object>({
    column,
    query,
    read,
  }: LookupPlan<Row, Found>): Lookup<Found> {
    const toQuery = compileFor(query(sql<boolean>`${sql.ref(column)} = ${KEY}`))
    const remembered = new LRUCache<string, Found>({ max: MAX_REMEMBERED })
    let seen: number | null = null

    return async function lookUp(key) {
      const version = readVersion()
      if (version === null || version !== seen) remembered.clear()
      seen = version
      const known = remembered.get(key)
      if (known !== undefined) return known
      const [row] = (await reader.executeQuery(toQuery(key))).rows
      const found = row === undefined ? null : read(row)
      // Another lookup may have met a commit since, that this row was read before.
      if (found !== null && version !== null && version === seen) remembered.set(key, found)
      return found
    }
  }
}
