import {
  isList,
  isObject,
  listAt,
  objectAt,
  textAt,
  without,
  type Json,
  type JsonObject,
} from '../json.ts'

/** The types of JSON Schema, in the order a union of all of them is written. */
export const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'] as const
/** One of JSON Schema's types. */
export type TypeName = (typeof TYPES)[number]

/** Which keywords judge values of which type only. */
const KEYWORDS_OF_TYPE = {
  string: ['minLength', 'maxLength', 'pattern'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  array: ['items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems'],
  object: [
    ...['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties'],
    ...['patternProperties', 'propertyNames'],
  ],
} as const satisfies Partial<Record<TypeName, readonly string[]>>

/** What a format can only be a format of. */
const FORMAT_TYPES: ReadonlyMap<string, TypeName> = new Map([
  ['int32', 'integer'],
  ['int64', 'integer'],
  ['float', 'number'],
  ['double', 'number'],
  ['date', 'string'],
  ['date-time', 'string'],
  ['email', 'string'],
  ['uri', 'string'],
  ['uuid', 'string'],
])

/**
 * Reads one schema object of OpenAPI 3.0 as what it is in JSON Schema 2020-12, and repairs what
 * documents of either version often have: `nullable`, `example`, a type that is only implied. What
 * only answers have is left out: an argument is part of a request.
 */
export function modernise(schema: JsonObject): JsonObject {
  const known = modernised.get(schema)
  if (known !== undefined) return known
  const modern = withImpliedType(
    withExamples(withTuple(withExclusiveBounds(withNull(withoutReadOnly(withoutProto(schema)))))),
  )
  modernised.set(schema, modern)
  return modern
}

/** A schema that many operations refer to is read for each of them, and never changes. */
const modernised = new WeakMap<JsonObject, JsonObject>()

/** The types a schema names; an empty list allows every type. */
export function typesOf(schema: JsonObject): readonly TypeName[] {
  const named = isList(schema['type']) ? schema['type'] : [schema['type']]
  return TYPES.filter((type) => named.includes(type))
}

/** Writes a list of types the short way; `undefined` allows every type. */
export function toTypeKeyword(types: readonly TypeName[]): Json | undefined {
  return types.length > 1 ? types : types[0]
}

/** Drops a member named `__proto__`: no object of JavaScript can be trusted to have it. */
export function withoutProto(schema: JsonObject): JsonObject {
  const { properties, required } = schema
  return {
    ...schema,
    ...(isObject(properties) ? { properties: without(properties, ['__proto__']) } : {}),
    ...(isList(required) ? { required: required.filter((name) => name !== '__proto__') } : {}),
  }
}

/** OpenAPI 3.1, section 4.8.24.4, and 3.0, section 4.7.24.2: a `readOnly` property is not to be sent. */
function withoutReadOnly(schema: JsonObject): JsonObject {
  const { properties, required } = schema
  const hidden = Object.entries(objectAt(properties)).flatMap(([name, property]) =>
    objectAt(property)['readOnly'] === true ? [name] : [],
  )
  if (hidden.length === 0) return schema
  const left = listAt(required).filter((name) => !hidden.some((each) => each === name))
  return {
    ...without(schema, ['required']),
    properties: without(objectAt(properties), hidden),
    ...(left.length === 0 ? {} : { required: left }),
  }
}

/** Answers whether a schema without a `type` judges values of some type nevertheless. */
export function hasTypedKeyword(schema: JsonObject): boolean {
  return impliedTypes(schema).length > 0 || 'format' in schema
}

/** Answers whether a value is of one of the types; an empty list allows every type. */
export function isOfType(value: Json, types: readonly TypeName[]): boolean {
  if (types.length === 0) return true
  return types.some((type) => {
    if (type === 'integer') return Number.isInteger(value)
    if (type === 'array') return isList(value)
    if (type === 'object') return isObject(value)
    return type === 'null' ? value === null : typeof value === type
  })
}

/** OpenAPI 3.0, section 4.7.24: `nullable`. */
function withNull(schema: JsonObject): JsonObject {
  const rest = without(schema, ['nullable'])
  // Section 4.7.23: beside a reference nothing counts.
  if (schema['nullable'] !== true || '$ref' in schema) return rest
  const types = typesOf(rest)
  const values = isList(rest['enum']) ? { enum: [...new Set([...rest['enum'], null])] } : {}
  if (types.length > 0) return { ...rest, type: [...new Set([...types, 'null'])], ...values }
  if (isList(rest['enum'])) return { ...rest, ...values }
  const { title, description, default: fallback, ...constraints } = rest
  if (Object.keys(constraints).length === 0) return rest
  const annotations = Object.entries({ title, description, default: fallback }).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined,
  )
  return {
    ...Object.fromEntries(annotations),
    anyOf: [
      Object.fromEntries(Object.entries(constraints).map(([k, v]) => [k, v ?? null])),
      { type: 'null' },
    ],
  }
}

/** OpenAPI 3.0 has `exclusiveMinimum` and `exclusiveMaximum` as flags beside the bounds. */
function withExclusiveBounds(schema: JsonObject): JsonObject {
  const entries = Object.entries(schema).flatMap(([key, value]): [string, Json][] => {
    if (key === 'minimum' && schema['exclusiveMinimum'] === true) return []
    if (key === 'maximum' && schema['exclusiveMaximum'] === true) return []
    if (key === 'exclusiveMinimum' && typeof value === 'boolean') {
      return value && schema['minimum'] !== undefined ? [[key, schema['minimum']]] : []
    }
    if (key === 'exclusiveMaximum' && typeof value === 'boolean') {
      return value && schema['maximum'] !== undefined ? [[key, schema['maximum']]] : []
    }
    return [[key, value]]
  })
  return Object.fromEntries(entries)
}

/** Until draft 2019-09 a list of `items` was what `prefixItems` is now. */
function withTuple(schema: JsonObject): JsonObject {
  const { items, additionalItems } = schema
  const rest = without(schema, ['additionalItems'])
  if (!isList(items)) return rest
  const others = additionalItems === undefined ? {} : { items: additionalItems }
  return { ...without(rest, ['items']), prefixItems: items, ...others }
}

function withExamples(schema: JsonObject): JsonObject {
  const { example, examples } = schema
  const rest = without(schema, ['example', 'examples'])
  const list = isList(examples) ? examples : example === undefined ? [] : [example]
  return list.length === 0 ? rest : { ...rest, examples: listAt(list) }
}

function withImpliedType(schema: JsonObject): JsonObject {
  const named = isList(schema['type']) ? schema['type'] : [schema['type']]
  const types = TYPES.filter((type) => named.includes(type))
  const rest = without(schema, ['type'])
  const written = toTypeKeyword(types)
  if (written !== undefined) return { type: written, ...rest }
  const [implied = typeOfFormat(schema), ...others] = impliedTypes(schema)
  const isPlain = !('enum' in schema || 'const' in schema || '$ref' in schema)
  return implied !== undefined && others.length === 0 && isPlain ? { type: implied, ...rest } : rest
}

/** A format alone means its type, but not where branches say what may have it. */
function typeOfFormat({ format, anyOf, oneOf, allOf }: JsonObject): TypeName | undefined {
  if (anyOf !== undefined || oneOf !== undefined || allOf !== undefined) return undefined
  return FORMAT_TYPES.get(textAt(format))
}

function impliedTypes(schema: JsonObject): readonly string[] {
  return Object.entries(KEYWORDS_OF_TYPE)
    .filter(([, keywords]) => keywords.some((keyword) => keyword in schema))
    .map(([type]) => type)
}
