import {
  canonicalText,
  isList,
  isObject,
  listAt,
  member,
  objectAt,
  stringsAt,
  textAt,
  without,
  type Json,
  type JsonObject,
} from '../json.ts'
import { toTypeKeyword, typesOf, type TypeName } from './schema-dialect.ts'

/** No value can satisfy both schemas. */
export class SchemaConflict extends Error {
  override readonly name = 'SchemaConflict'
}

/** Says of a value nothing that a validator looks at. */
export const ANNOTATIONS = ['title', 'description', 'default', 'examples', 'deprecated'] as const

/** The schema that nothing satisfies. */
export const NEVER: JsonObject = { not: {} }

/** Answers whether a schema restricts values, and does not only describe them. */
export function restricts(schema: JsonObject): boolean {
  return Object.keys(without(schema, ANNOTATIONS)).length > 0
}

/**
 * Finds the schema of what satisfies both. Annotations are the first one's where both have them;
 * what no single keyword can say stays side by side in an `allOf`.
 *
 * @throws {SchemaConflict} if no value satisfies both
 */
export function mergeSchemas(first: JsonObject, second: JsonObject): JsonObject {
  if (restricts(first) && restricts(second)) {
    if ('not' in first || 'not' in second) throw new SchemaConflict('one allows nothing')
    if ('$ref' in first || '$ref' in second) return standBeside(first, second)
  }
  const keys = new Set([...Object.keys(first), ...Object.keys(second)])
  const objects = mergeObjects(first, second)
  const unmerged = listUnmergeable(first, second)
  const merged = [...keys].flatMap((key): [string, Json][] => {
    const value = key in objects ? objects[key] : mergeKeyword(key, first, second)
    return value === undefined ? [] : [[key, value]]
  })
  const result = Object.fromEntries(merged)
  return unmerged.length === 0
    ? result
    : { ...result, allOf: [...listAt(result['allOf']), ...unmerged] }
}

/** What a reference leads to is not known here, so both judge for themselves. */
function standBeside(first: JsonObject, second: JsonObject): JsonObject {
  const annotations = Object.entries({ ...second, ...first }).filter(([key]) => isAnnotation(key))
  const parts = [first, second].flatMap((schema) => {
    const own = without(schema, [...ANNOTATIONS, 'allOf'])
    return [...(restricts(own) ? [own] : []), ...listAt(schema['allOf']).map(objectAt)]
  })
  const unique = [...new Map(parts.map((part) => [canonicalText(part), part])).values()]
  const [only = {}] = unique
  return { ...Object.fromEntries(annotations), ...(unique.length === 1 ? only : { allOf: unique }) }
}

/** What the second says with a keyword that the first has already used for something else. */
function listUnmergeable(first: JsonObject, second: JsonObject): readonly JsonObject[] {
  return ['anyOf', 'oneOf', 'multipleOf'].flatMap((key) => {
    const [left, right] = [member(first, key), member(second, key)]
    if (left === undefined || right === undefined) return []
    if (canonicalText(left) === canonicalText(right)) return []
    if (key === 'multipleOf' && mergeMultiples(Number(left), Number(right)) !== null) return []
    return [{ [key]: right }]
  })
}

function mergeKeyword(key: string, first: JsonObject, second: JsonObject): Json | undefined {
  const [left, right] = [member(first, key), member(second, key)]
  if (key === 'enum' || key === 'const') return mergeValues(key, first, second)
  if (left === undefined || right === undefined) return left ?? right
  if (canonicalText(left) === canonicalText(right)) return left
  switch (key) {
    case 'type':
      return mergeTypes(typesOf(first), typesOf(second))
    case 'minimum':
    case 'exclusiveMinimum':
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return Math.max(Number(left), Number(right))
    case 'maximum':
    case 'exclusiveMaximum':
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return Math.min(Number(left), Number(right))
    case 'multipleOf':
      return mergeMultiples(Number(left), Number(right)) ?? left
    case 'uniqueItems':
      return left === true || right === true
    case 'pattern':
      return `^(?=[\\s\\S]*?(?:${textAt(left)}))(?=[\\s\\S]*?(?:${textAt(right)}))`
    case 'items':
      return mergeOrNever(left, right)
    case 'allOf':
      return [...listAt(left), ...listAt(right)]
    default:
      return left
  }
}

function mergeTypes(left: readonly TypeName[], right: readonly TypeName[]): Json | undefined {
  const both = left.filter((type) => right.includes(type))
  const integers = left.includes('number') !== right.includes('number')
  const types = new Set(both)
  if (integers && [...left, ...right].includes('integer')) types.add('integer')
  if (types.size === 0) {
    throw new SchemaConflict(`one is ${left.join(' or ')}, the other is ${right.join(' or ')}`)
  }
  return toTypeKeyword([...types])
}

/** The least common multiple; `null` where both are not whole. */
function mergeMultiples(left: number, right: number): number | null {
  const [small, large] = left < right ? [left, right] : [right, left]
  if (large % small === 0) return large
  if (!Number.isInteger(small) || !Number.isInteger(large)) return null
  let divisor = small
  for (let rest = large % small; rest !== 0;) [divisor, rest] = [rest, divisor % rest]
  return (large / divisor) * small
}

/** `const` is an `enum` of one. What is left of both stays an `enum`, or a `const` if both were. */
function mergeValues(
  key: 'enum' | 'const',
  first: JsonObject,
  second: JsonObject,
): Json | undefined {
  const hasConst = 'const' in first || 'const' in second
  if (key === 'enum' && hasConst) return undefined
  const [left, right] = [valuesOf(first), valuesOf(second)]
  const values =
    left === null || right === null
      ? (left ?? right ?? [])
      : left.filter((value) => right.some((other) => canonicalText(other) === canonicalText(value)))
  const [only] = values
  if (only === undefined) throw new SchemaConflict('they share no allowed value')
  return hasConst ? only : values
}

function valuesOf(schema: JsonObject): readonly Json[] | null {
  if (schema['const'] !== undefined) return [schema['const']]
  return isList(schema['enum']) ? schema['enum'] : null
}

/** A property that one side does not name is judged by that side's `additionalProperties`. */
function mergeObjects(first: JsonObject, second: JsonObject): JsonObject {
  const [left, right] = [objectAt(first['properties']), objectAt(second['properties'])]
  const result: [string, Json][] = []
  const rest = mergeAdditional(first['additionalProperties'], second['additionalProperties'])
  if (rest !== undefined) result.push(['additionalProperties', rest])
  const required = new Set([...stringsAt(first['required']), ...stringsAt(second['required'])])
  if ('properties' in first || 'properties' in second) {
    const names = new Set([...Object.keys(left), ...Object.keys(right)])
    const properties = [...names].flatMap((name): [string, Json][] => {
      const sides = [
        member(left, name) ?? first['additionalProperties'],
        member(right, name) ?? second['additionalProperties'],
      ] as const
      const merged = required.has(name) ? mergeAdditional(...sides) : mergeOrNever(...sides)
      return merged === false || merged === undefined ? [] : [[name, merged]]
    })
    result.push(['properties', Object.fromEntries(properties)])
  }
  if ('required' in first || 'required' in second) {
    result.push(['required', listAt([...required])])
  }
  return Object.fromEntries(result)
}

/** What need not be there may be something that nothing satisfies. */
function mergeOrNever(left: Json | undefined, right: Json | undefined): Json | undefined {
  try {
    return mergeAdditional(left, right)
  } catch (error) {
    if (!(error instanceof SchemaConflict)) throw error
    return NEVER
  }
}

function mergeAdditional(left: Json | undefined, right: Json | undefined): Json | undefined {
  if (left === false || right === false) return false
  if (isObject(left) && isObject(right)) return mergeSchemas(left, right)
  if (isObject(left)) return left
  return right ?? left
}

function isAnnotation(key: string): boolean {
  return ANNOTATIONS.some((annotation) => annotation === key)
}
