import { toLiteral, toObjectCode } from './code-text.ts'
import {
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
} from './json.ts'
import { hasTypedKeyword, TYPES, typesOf, type TypeName } from './schema-dialect.ts'
import { ANNOTATIONS, mergeSchemas, SchemaConflict } from './schema-merge.ts'

/** How zod names the formats that generated code checks. */
const FORMATS: ReadonlyMap<string, string> = new Map([
  ['date', 'z.iso.date()'],
  ['date-time', 'z.iso.datetime({ offset: true })'],
  ['email', 'z.email({ pattern: z.regexes.rfc5322Email })'],
  ['ipv4', 'z.ipv4()'],
  ['ipv6', 'z.ipv6()'],
  ['uri', 'z.url().regex(/^\\S+$/)'],
  ['uuid', 'z.guid()'],
])

/**
 * Writes the root of a tool's arguments as zod code. `defaults` are the allow-list's, which are
 * applied; a default that only the document gives is shown to the caller and left to the upstream.
 */
export function toZodRoot(
  inputSchema: JsonObject,
  defaults: ReadonlyMap<string, Json>,
  indent: number,
): string {
  const required = stringsAt(inputSchema['required'])
  const members = Object.entries(objectAt(inputSchema['properties'])).map(
    ([key, schema]): [string, string] => {
      const code = toZod(objectAt(schema), indent + 2)
      const fallback = defaults.get(key)
      if (fallback !== undefined)
        return [key, `${code}.default(${toLiteral(fallback, indent + 2)})`]
      return [key, required.includes(key) ? code : `${code}.optional()`]
    },
  )
  return `z.strictObject(${toObjectCode(members, indent)})`
}

/** Writes a schema as zod code: the same values pass. */
export function toZod(schema: JsonObject, indent = 0): string {
  if (isObject(schema['not'])) return 'z.never()'
  if (schema['const'] !== undefined) return `z.literal(${toLiteral(schema['const'])})`
  if (isList(schema['enum'])) return toEnum(schema['enum'], indent)
  const key = 'anyOf' in schema ? 'anyOf' : 'oneOf'
  if (isList(schema[key])) return toUnion(schema, key, indent)
  const types = typesOf(schema)
  if (types.length === 0 && hasTypedKeyword(schema)) {
    return toTypeUnion(
      schema,
      TYPES.filter((type) => type !== 'integer'),
      indent,
    )
  }
  return toTypeUnion(schema, types, indent)
}

function toEnum(values: readonly Json[], indent: number): string {
  const texts = values.filter((value) => typeof value === 'string')
  const others = values.filter((value) => typeof value !== 'string')
  if (texts.length === 0 || others.some((value) => value !== null)) {
    return `z.literal(${toLiteral(values, indent)})`
  }
  const code = `z.enum(${toLiteral(texts, indent)})`
  return others.length === 0 ? code : `${code}.nullable()`
}

/** What stands beside a union holds in each of its branches. */
function toUnion(schema: JsonObject, key: 'anyOf' | 'oneOf', indent: number): string {
  const base = without(schema, [key, ...ANNOTATIONS])
  const branches = listAt(schema[key]).flatMap((branch) => {
    try {
      return [toZod(mergeSchemas(without(objectAt(branch), ANNOTATIONS), base), indent + 2)]
    } catch (error) {
      if (error instanceof SchemaConflict) return [] // no value can choose this branch
      throw error
    }
  })
  const [only, ...others] = branches
  if (only === undefined) return 'z.never()'
  if (others.length === 0) return only
  const inner = `\n${' '.repeat(indent + 2)}`
  const list = branches.map((branch) => `${inner}${branch},`).join('')
  return `z.${key === 'oneOf' ? 'xor' : 'union'}([${list}\n${' '.repeat(indent)}])`
}

function toTypeUnion(schema: JsonObject, types: readonly TypeName[], indent: number): string {
  const solid = types.filter((type) => type !== 'null')
  const [first, ...others] = solid
  if (first === undefined) return types.length === 0 ? 'z.unknown()' : 'z.null()'
  const code =
    others.length === 0
      ? toZodOfType(schema, first, indent)
      : `z.union([${solid.map((type) => toZodOfType(schema, type, indent)).join(', ')}])`
  return types.includes('null') ? `${code}.nullable()` : code
}

function toZodOfType(schema: JsonObject, type: TypeName, indent: number): string {
  switch (type) {
    case 'string':
      return toZodString(schema)
    case 'integer':
      return `${schema['format'] === 'int32' ? 'z.int32()' : 'z.int()'}${toBounds(schema)}`
    case 'number':
      return `z.number()${toBounds(schema)}`
    case 'boolean':
      return 'z.boolean()'
    case 'array':
      return toZodArray(schema, indent)
    case 'object':
      return toZodObject(schema, indent)
    case 'null':
      return 'z.null()'
  }
}

function toZodString(schema: JsonObject): string {
  const pattern = schema['pattern']
  return [
    FORMATS.get(textAt(schema['format'])) ?? 'z.string()',
    toCheck(schema, 'minLength', 'min'),
    toCheck(schema, 'maxLength', 'max'),
    typeof pattern === 'string' ? `.regex(new RegExp(${toLiteral(pattern)}, 'u'))` : '',
  ].join('')
}

function toBounds(schema: JsonObject): string {
  return [
    toCheck(schema, 'minimum', 'min'),
    toCheck(schema, 'exclusiveMinimum', 'gt'),
    toCheck(schema, 'maximum', 'max'),
    toCheck(schema, 'exclusiveMaximum', 'lt'),
    toCheck(schema, 'multipleOf', 'multipleOf'),
  ].join('')
}

function toZodArray(schema: JsonObject, indent: number): string {
  const items = member(schema, 'items')
  return [
    `z.array(${toZod(objectAt(items), indent)})`,
    toCheck(schema, 'minItems', 'min'),
    toCheck(schema, 'maxItems', 'max'),
    schema['uniqueItems'] === true
      ? ".refine((items) => new Set(items.map((item) => JSON.stringify(item))).size === items.length, 'must not hold the same value twice')"
      : '',
  ].join('')
}

function toZodObject(schema: JsonObject, indent: number): string {
  const { minProperties, maxProperties } = schema
  const undeclared = stringsAt(schema['required']).filter(
    (name) => member(objectAt(schema['properties']), name) === undefined,
  )
  const refine = (condition: string, message: string) =>
    `.refine((value) => ${condition}, ${toLiteral(message)})`
  return [
    toObjectShape(schema, indent),
    ...undeclared.map((name) =>
      refine(`Object.hasOwn(value, ${toLiteral(name)})`, `must have ${JSON.stringify(name)}`),
    ),
    typeof minProperties === 'number'
      ? refine(
          `Object.keys(value).length >= ${minProperties}`,
          `needs ${minProperties} or more members`,
        )
      : '',
    typeof maxProperties === 'number'
      ? refine(
          `Object.keys(value).length <= ${maxProperties}`,
          `takes ${maxProperties} or fewer members`,
        )
      : '',
  ].join('')
}

function toObjectShape(schema: JsonObject, indent: number): string {
  const required = stringsAt(schema['required'])
  const rest = member(schema, 'additionalProperties')
  const members = Object.entries(objectAt(schema['properties'])).map(
    ([name, value]): [string, string] => {
      const code = toZod(objectAt(value), indent + 2)
      return [name, required.includes(name) ? code : `z.exactOptional(${code})`]
    },
  )
  const shape = toObjectCode(members, indent)
  if (rest === false) return `z.strictObject(${shape})`
  const restCode = toZod(objectAt(rest), indent)
  if (members.length === 0) return `z.record(z.string(), ${restCode})`
  return restCode === 'z.unknown()'
    ? `z.looseObject(${shape})`
    : `z.object(${shape}).catchall(${restCode})`
}

function toCheck(schema: JsonObject, keyword: string, method: string): string {
  const value = schema[keyword]
  return typeof value === 'number' ? `.${method}(${value})` : ''
}
