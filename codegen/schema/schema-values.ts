import { isList, isObject, listAt, objectAt, without, type Json, type JsonObject } from '../json.ts'
import { isOfType, typesOf, type TypeName } from './schema-dialect.ts'

/** What a list of values makes superfluous: it says itself which lengths and bounds there are. */
const JUDGED_BY_VALUES = [
  ...['format', 'pattern', 'minLength', 'maxLength', 'multipleOf'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
]

/**
 * Makes what a schema lists agree with its type: YAML writes texts that look like numbers as numbers.
 *
 * @param relax is told what had to be changed
 */
export function settleValues(schema: JsonObject, relax: (what: string) => void): JsonObject {
  const key = 'const' in schema ? 'const' : 'enum' in schema ? 'enum' : null
  if (key === null) return withFittingFormat(schema)
  const values = key === 'const' ? [schema['const'] ?? null] : listAt(schema['enum'])
  const types = typesOf(schema)
  const items = schema['items']
  if (types.length === 1 && types[0] === 'array' && values.every(isScalar)) {
    relax(`"${key}" lists single values where lists are wanted; it is read as one of the items`)
    const inner = { ...objectAt(items), [key]: schema[key] ?? null }
    return { ...without(schema, [key]), items: settleValues(inner, relax) }
  }
  const settled = values.map((value) => toType(value, types))
  const kept = [...new Set(settled.filter((value) => value !== undefined && isScalar(value)))]
  const wrong = values.filter((value, index) => settled[index] !== value)
  if (wrong.length > 0) {
    const shown = wrong.slice(0, 5).map((value) => JSON.stringify(value))
    const names = [...shown, ...(wrong.length > shown.length ? ['…'] : [])].join(', ')
    const read = kept.length === 0 ? `"${key}" is left out` : 'they are read as that, or left out'
    relax(`"${key}" lists what is no ${types.join(' or ') || 'single value'}: ${names}; ${read}`)
  }
  const [only] = kept
  if (only === undefined) return withFittingFormat(without(schema, [key]))
  const rest = without(schema, JUDGED_BY_VALUES)
  return { ...rest, [key]: key === 'const' ? only : listAt(kept.filter((v) => v !== undefined)) }
}

/** A value as one of the types; `undefined` where it cannot be read as any of them. */
function toType(value: Json, types: readonly TypeName[]): Json | undefined {
  if (isOfType(value, types)) return isScalar(value) ? value : undefined
  if (isObject(value) || isList(value) || value === null) return undefined
  if (types.includes('string')) return String(value)
  if (typeof value !== 'string') return undefined
  const isNumber = types.includes('number') || types.includes('integer')
  if (isNumber && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value)) {
    return isOfType(Number(value), types) ? Number(value) : undefined
  }
  const isBoolean = types.includes('boolean') && (value === 'true' || value === 'false')
  return isBoolean ? value === 'true' : undefined
}

/** `int32` says of a number with a fraction what `type` denies. */
function withFittingFormat(schema: JsonObject): JsonObject {
  const types = typesOf(schema)
  const isWhole = types.includes('integer') && !types.includes('number')
  return schema['format'] === 'int32' && !isWhole ? without(schema, ['format']) : schema
}

function isScalar(value: Json | undefined): boolean {
  return !isObject(value) && !isList(value)
}
