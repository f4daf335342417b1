import { isList, isObject, listAt, objectAt, without, type Json, type JsonObject } from '../json.ts'
import { hasTypedKeyword, isOfType, TYPES, typesOf, type TypeName } from './schema-dialect.ts'
import { ANNOTATIONS, mergeSchemas, restricts, SchemaConflict } from './schema-merge.ts'
import { referenceOf } from './schema-walk.ts'

/**
 * The one way in which a schema is read by all that say it again: the zod code and the types of a
 * call are made from the same shape, so the one always fits the other.
 */
export type SchemaShape =
  | { readonly kind: 'any' | 'never' }
  /** A name in the root's `$defs`. */
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'values'; readonly values: readonly Json[] }
  /** Each judges for itself; there are two or more. */
  | { readonly kind: 'all'; readonly first: JsonObject; readonly others: readonly JsonObject[] }
  /** What stands beside the union is in each branch; there are two or more. */
  | {
      readonly kind: 'union'
      readonly isExclusive: boolean
      readonly branches: readonly JsonObject[]
    }
  /** Keywords judge values of their own type only; without `null`, which `isNullable` says. */
  | { readonly kind: 'types'; readonly types: readonly TypeName[]; readonly isNullable: boolean }

/** Tells the shape of a read schema, as `readArgumentSchema` gives it. */
export function shapeOf(schema: JsonObject): SchemaShape {
  if (isObject(schema['not'])) return { kind: 'never' }
  const parts = partsOf(without(schema, [...ANNOTATIONS, '$defs']))
  const [first = {}, ...others] = parts
  if (others.length > 0) return { kind: 'all', first, others }
  const name = referenceOf(first)
  if (name !== null) return { kind: 'reference', name }
  const listed = first['const'] === undefined ? first['enum'] : [first['const']]
  if (isList(listed)) return toValues(listed, typesOf(first))
  const key = 'anyOf' in first ? 'anyOf' : 'oneOf'
  if (isList(first[key])) return toUnion(first, key)
  const types = typesOf(first)
  if (types.length === 0 && !hasTypedKeyword(first)) return { kind: 'any' }
  const judged = types.length === 0 ? TYPES.filter((type) => type !== 'integer') : types
  return {
    kind: 'types',
    types: judged.filter((type) => type !== 'null'),
    isNullable: judged.includes('null'),
  }
}

function toValues(listed: readonly Json[], types: readonly TypeName[]): SchemaShape {
  const values = listed.filter((value) => isOfType(value, types))
  return values.length === 0 ? { kind: 'never' } : { kind: 'values', values }
}

/** What has to be asked one by one: a list of values, the rest, a reference, each of an `allOf`. */
function partsOf(schema: JsonObject): readonly JsonObject[] {
  const { $ref, allOf, ...own } = schema
  const members = listAt(allOf).flatMap((part) => partsOf(without(objectAt(part), ANNOTATIONS)))
  return [
    ...partByValues(toObject(own)),
    ...(typeof $ref === 'string' ? [{ $ref }] : []),
    ...members,
  ]
}

function partByValues(schema: JsonObject): readonly JsonObject[] {
  const { type, enum: list, const: only, ...others } = schema
  if (list === undefined && only === undefined) return restricts(schema) ? [schema] : []
  const values = toObject({ type, enum: list, const: only })
  return restricts(toObject(others)) ? [values, toObject({ type, ...others })] : [values]
}

function toObject(members: { readonly [key: string]: Json | undefined }): JsonObject {
  const entries = Object.entries(members).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined,
  )
  return Object.fromEntries(entries)
}

/** A branch that no value can choose is none. */
function toUnion(schema: JsonObject, key: 'anyOf' | 'oneOf'): SchemaShape {
  const base = without(schema, [key])
  const branches = listAt(schema[key]).flatMap((branch) => {
    try {
      return [mergeSchemas(without(objectAt(branch), ANNOTATIONS), base)]
    } catch (error) {
      if (error instanceof SchemaConflict) return []
      throw error
    }
  })
  const [only] = branches
  if (only === undefined) return { kind: 'never' }
  if (branches.length === 1) return shapeOf(only)
  return { kind: 'union', isExclusive: key === 'oneOf', branches }
}
