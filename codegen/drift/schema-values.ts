import { isSame, member, type Json, type JsonObject } from '../json.ts'
import { isOfType, TYPES, typesOf, type TypeName } from '../schema/schema-dialect.ts'
import { tell, type Difference } from './change.ts'
import { compareLimits, LIMIT_KEYWORDS, listedValues } from './schema-limits.ts'

/** Keywords that change neither what passes nor what a model is told to do. */
export const COSMETIC = ['title', 'examples', 'deprecated', '$comment'] as const

/** Judged by a rule of their own; a difference in any other keyword counts as breaking. */
const KNOWN = new Set<string>([
  ...LIMIT_KEYWORDS,
  ...COSMETIC,
  ...['type', 'enum', 'const', 'description', 'default', '$ref', '$defs', 'anyOf', 'oneOf'],
  ...['properties', 'required', 'additionalProperties', 'items', 'prefixItems'],
])

/** Compares which single values two schemas let pass, without looking into lists and objects. */
export function compareValues(
  before: JsonObject,
  after: JsonObject,
  place: string,
): readonly Difference[] {
  const [old, fresh] = [listedValues(before), listedValues(after)]
  const [oldTypes, newTypes] = [acceptedTypes(before), acceptedTypes(after)]
  const gone = oldTypes.filter((type) => !isCovered(type, newTypes))
  const more = newTypes.filter((type) => !isCovered(type, oldTypes))
  const types = [
    ...gone.map((type) => tell('breaking', place, `is no ${type} any more`)),
    ...more.map((type) => tell('additive', place, `may be ${type} now`)),
  ]
  const values = [
    ...(old === null && fresh !== null && !acceptsAll(before, fresh)
      ? [tell('breaking', place, `takes only ${listOf(fresh)} now`)]
      : []),
    ...(old !== null && fresh === null ? [tell('additive', place, 'takes other values, too')] : []),
    ...(old === null || fresh === null ? [] : compareLists(old, fresh, place)),
  ]
  const limits = compareLimits(before, after).map(({ direction, what }) =>
    tell(direction === 'widened' ? 'additive' : 'breaking', place, what),
  )
  const unknown = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !KNOWN.has(key) && !isSame(member(before, key), member(after, key)))
    .map((key) => tell('breaking', place, `${JSON.stringify(key)} changed`))
  return [...types, ...values, ...limits, ...unknown]
}

function compareLists(
  old: ReadonlyMap<string, Json>,
  fresh: ReadonlyMap<string, Json>,
  place: string,
): readonly Difference[] {
  const gone = [...old].filter(([key]) => !fresh.has(key))
  const more = [...fresh].filter(([key]) => !old.has(key))
  return [
    ...gone.map(([, value]) => tell('breaking', place, `takes ${JSON.stringify(value)} no longer`)),
    ...more.map(([, value]) => tell('additive', place, `takes ${JSON.stringify(value)}, too`)),
  ]
}

/** Types that a schema lets pass; listed values tell them where `type` does not. */
function acceptedTypes(schema: JsonObject): readonly TypeName[] {
  const named = typesOf(schema)
  if (named.length > 0) return named
  const listed = listedValues(schema)
  if (listed === null) return TYPES
  return TYPES.filter((type) => [...listed.values()].some((value) => isOfType(value, [type])))
}

function isCovered(type: TypeName, types: readonly TypeName[]): boolean {
  return types.includes(type) || (type === 'integer' && types.includes('number'))
}

/** A list of both booleans says no more than the type did. */
function acceptsAll(before: JsonObject, fresh: ReadonlyMap<string, Json>): boolean {
  const types = typesOf(before)
  return (
    types.length > 0 &&
    types.every((type) => type === 'boolean' || type === 'null') &&
    (!types.includes('boolean') || (fresh.has('true') && fresh.has('false'))) &&
    (!types.includes('null') || fresh.has('null'))
  )
}

function listOf(values: ReadonlyMap<string, Json>): string {
  const shown = [...values.values()].slice(0, 12).map((value) => JSON.stringify(value))
  return values.size > shown.length ? `${shown.join(', ')} …` : shown.join(', ')
}
