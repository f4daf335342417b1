import {
  canonicalText,
  isList,
  isObject,
  listAt,
  member,
  objectAt,
  stringsAt,
  textAt,
  type Json,
  type JsonObject,
} from './json.ts'
import { toTypeKeyword, typesOf, type TypeName } from './schema-dialect.ts'

/** No value can satisfy both schemas, or their `anyOf`s cannot be told in one. */
export class SchemaConflict extends Error {
  override readonly name = 'SchemaConflict'
}

/** Says of a value nothing that a validator looks at. */
export const ANNOTATIONS = ['title', 'description', 'default', 'examples', 'deprecated'] as const

/** The schema that nothing satisfies. */
export const NEVER: JsonObject = { not: {} }

/**
 * Finds the schema of what satisfies both. Annotations are the first one's where both have them.
 *
 * @throws {SchemaConflict} if there is no such schema
 */
export function mergeSchemas(first: JsonObject, second: JsonObject): JsonObject {
  const keys = new Set([...Object.keys(first), ...Object.keys(second)])
  const objects = mergeObjects(first, second)
  const merged = [...keys].flatMap((key): [string, Json][] => {
    const value = key in objects ? objects[key] : mergeKeyword(key, first, second)
    return value === undefined ? [] : [[key, value]]
  })
  return Object.fromEntries(merged)
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
      return mergeMultiples(Number(left), Number(right))
    case 'uniqueItems':
      return left === true || right === true
    case 'pattern':
      return `^(?=[\\s\\S]*?(?:${textAt(left)}))(?=[\\s\\S]*?(?:${textAt(right)}))`
    case 'items':
      return mergeSchemas(objectAt(left), objectAt(right))
    case 'format':
    case 'anyOf':
    case 'oneOf':
      throw new SchemaConflict(`they have two different "${key}"`)
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

function mergeMultiples(left: number, right: number): number {
  const [small, large] = left < right ? [left, right] : [right, left]
  if (large % small === 0) return large
  if (Number.isInteger(small) && Number.isInteger(large)) {
    let divisor = small
    for (let rest = large % small; rest !== 0;) [divisor, rest] = [rest, divisor % rest]
    return (large / divisor) * small
  }
  throw new SchemaConflict('they have two different "multipleOf"')
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
  if ('properties' in first || 'properties' in second) {
    const names = new Set([...Object.keys(left), ...Object.keys(right)])
    const properties = [...names].flatMap((name): [string, Json][] => {
      const merged = mergeAdditional(
        member(left, name) ?? first['additionalProperties'],
        member(right, name) ?? second['additionalProperties'],
      )
      return merged === false || merged === undefined ? [] : [[name, merged]]
    })
    result.push(['properties', Object.fromEntries(properties)])
  }
  if ('required' in first || 'required' in second) {
    const names = [...stringsAt(first['required']), ...stringsAt(second['required'])]
    result.push(['required', listAt([...new Set(names)])])
  }
  return Object.fromEntries(result)
}

function mergeAdditional(left: Json | undefined, right: Json | undefined): Json | undefined {
  if (left === false || right === false) return false
  if (isObject(left) && isObject(right)) return mergeSchemas(left, right)
  if (isObject(left)) return left
  return right ?? left
}
