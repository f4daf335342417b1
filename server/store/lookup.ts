import type { Compilable, CompiledQuery, Expression, SqlBool } from 'kysely'

/** Finds what is committed under a key at the moment of asking; `null` where there is nothing. */
export type Lookup<Found> = (key: string) => Promise<Found | null>

/** What a lookup asks, on either database. */
export type LookupPlan<Row, Found> = {
  /** Holds the keys, each at most once. */
  readonly column: 'memberGrant.id' | 'apiKey.hash' | 'organization.id' | 'organization.tenant'
  /** @param isAsked the condition that a row is one of those asked for */
  readonly query: (isAsked: Expression<SqlBool>) => Compilable<Row>
  readonly keyOf: (row: Row) => string
  readonly read: (row: Row) => Found | null
}

/**
 * Makes lookups for what nearly every call asks. They know every ending at once, whoever made it:
 * no answer is older than its question.
 */
export type CreateLookup = <Row extends object, Found extends object>(
  plan: LookupPlan<Row, Found>,
) => Lookup<Found>

/** Stands for the key, or the keys, while a lookup's query is compiled. */
export const KEY = Symbol('key')

/** Compiles a query once. @returns the query for one value of `KEY` */
export function compileFor<Row>(query: Compilable<Row>): (value: unknown) => CompiledQuery<Row> {
  const compiled = query.compile()
  const place = compiled.parameters.indexOf(KEY)
  return (value) => ({ ...compiled, parameters: compiled.parameters.with(place, value) })
}
