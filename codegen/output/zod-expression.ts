import { toLiteral, toObjectCode } from './code-text.ts'
import { CHECKED_FORMATS } from '../schema/judge.ts'
import { isObject, member, objectAt, stringsAt, type Json, type JsonObject } from '../json.ts'
import type { TypeName } from '../schema/schema-dialect.ts'
import { restricts } from '../schema/schema-merge.ts'
import { shapeOf } from '../schema/schema-shape.ts'

/** Where code is written to, and what it may name. */
type Writing = {
  /** The column of the line that the code begins on. */
  readonly indent: number
  /** Begins the names of the constants that `$defs` become. */
  readonly prefix: string
  /** What the code takes from the tool contract is added. */
  readonly uses: Set<string>
}

/** Formats of texts; those of numbers are part of their type. */
const TEXT_FORMATS: readonly string[] = CHECKED_FORMATS.filter((format) => format !== 'int32')

/**
 * Writes the root of a tool's arguments as zod code. `defaults` are the allow-list's, which are
 * applied; a default that only the document gives is shown to the caller and left to the upstream.
 */
export function toZodRoot(
  inputSchema: JsonObject,
  defaults: ReadonlyMap<string, Json>,
  writing: Writing,
): string {
  const { indent } = writing
  const inner = { ...writing, indent: indent + 2 }
  const required = stringsAt(inputSchema['required'])
  const members = Object.entries(objectAt(inputSchema['properties'])).map(
    ([key, schema]): [string, string] => {
      const code = toZod(objectAt(schema), inner)
      const fallback = defaults.get(key)
      if (fallback !== undefined)
        return [key, `${code}.default(${toLiteral(fallback, indent + 2)})`]
      return [key, required.includes(key) ? code : `${code}.optional()`]
    },
  )
  return `z.strictObject(${toObjectCode(members, indent)})`
}

/** Writes the constants that the parts of a schema (`$defs`) become, by their names. */
export function toZodDefinitions(
  inputSchema: JsonObject,
  writing: Writing,
): readonly { readonly identifier: string; readonly code: string }[] {
  return Object.entries(objectAt(inputSchema['$defs'])).map(([name, schema]) => ({
    identifier: `${writing.prefix}_${name}`,
    code: toZod(objectAt(schema), writing),
  }))
}

/** Writes a schema as zod code: the same values pass. */
export function toZod(
  schema: JsonObject,
  writing: Writing = { indent: 0, prefix: '', uses: new Set() },
): string {
  const shape = shapeOf(schema)
  switch (shape.kind) {
    case 'any':
      return 'z.unknown()'
    case 'never':
      return 'z.never()'
    case 'reference':
      // Not yet there where it leads back to itself.
      return `z.lazy(() => ${writing.prefix}_${shape.name})`
    case 'values':
      return 'const' in schema
        ? `z.literal(${toLiteral(schema['const'])})`
        : toEnum(shape.values, writing.indent)
    case 'all': {
      writing.uses.add('also')
      const others = shape.others.map((other) => `.superRefine(also(${toZod(other, writing)}))`)
      return `${toZod(shape.first, writing)}${others.join('')}`
    }
    case 'union':
      return toUnion(shape.branches, shape.isExclusive, writing)
    case 'types':
      return toTypeUnion(schema, shape.types, shape.isNullable, writing)
  }
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

function toUnion(branches: readonly JsonObject[], isExclusive: boolean, writing: Writing): string {
  const { indent } = writing
  const inner = `\n${' '.repeat(indent + 2)}`
  const list = branches.map(
    (branch) => `${inner}${toZod(branch, { ...writing, indent: indent + 2 })},`,
  )
  return `z.${isExclusive ? 'xor' : 'union'}([${list.join('')}\n${' '.repeat(indent)}])`
}

function toTypeUnion(
  schema: JsonObject,
  types: readonly TypeName[],
  isNullable: boolean,
  writing: Writing,
): string {
  const codes = types.map((type) => toZodOfType(schema, type, writing))
  const [only = 'z.null()', ...others] = codes
  const code = others.length === 0 ? only : `z.union([${codes.join(', ')}])`
  return isNullable && types.length > 0 ? `${code}.nullable()` : code
}

function toZodOfType(schema: JsonObject, type: TypeName, writing: Writing): string {
  switch (type) {
    case 'string':
      return toZodString(schema, writing)
    case 'integer':
      return `${schema['format'] === 'int32' ? 'z.int32()' : 'z.int()'}${toBounds(schema, writing)}`
    case 'number':
      return `z.number()${toBounds(schema, writing)}`
    case 'boolean':
      return 'z.boolean()'
    case 'array':
      return toZodArray(schema, writing)
    case 'object':
      return toZodObject(schema, writing)
    case 'null':
      return 'z.null()'
  }
}

function toZodString(schema: JsonObject, writing: Writing): string {
  const { format, pattern } = schema
  return [
    'z.string()',
    typeof format === 'string' && TEXT_FORMATS.includes(format)
      ? toOwnCheck('format', toLiteral(format), writing)
      : '',
    toLengthCheck(schema, writing),
    typeof pattern === 'string' ? `.regex(new RegExp(${toLiteral(pattern)}, 'u'))` : '',
  ].join('')
}

/** JSON Schema counts characters and zod code units; of none and one they think alike. */
function toLengthCheck({ minLength, maxLength }: JsonObject, writing: Writing): string {
  const min = typeof minLength === 'number' ? minLength : 0
  if (typeof maxLength === 'number') return toOwnCheck('length', `${min}, ${maxLength}`, writing)
  if (min < 2) return min === 1 ? '.min(1)' : ''
  return toOwnCheck('length', String(min), writing)
}

function toBounds(schema: JsonObject, writing: Writing): string {
  const { type, multipleOf } = schema
  return [
    toCheck(schema, 'minimum', 'min'),
    toCheck(schema, 'exclusiveMinimum', 'gt'),
    toCheck(schema, 'maximum', 'max'),
    toCheck(schema, 'exclusiveMaximum', 'lt'),
    typeof multipleOf !== 'number'
      ? ''
      : type === 'integer' && Number.isInteger(multipleOf)
        ? `.multipleOf(${multipleOf})`
        : toOwnCheck('multipleOf', String(multipleOf), writing),
  ].join('')
}

function toZodArray(schema: JsonObject, writing: Writing): string {
  const items = member(schema, 'items')
  return [
    `z.array(${items === false ? 'z.never()' : toZod(objectAt(items), writing)})`,
    toCheck(schema, 'minItems', 'min'),
    toCheck(schema, 'maxItems', 'max'),
    schema['uniqueItems'] === true ? toOwnCheck('distinct', '', writing) : '',
  ].join('')
}

function toZodObject(schema: JsonObject, writing: Writing): string {
  const { minProperties, maxProperties } = schema
  const undeclared = stringsAt(schema['required']).filter(
    (name) => member(objectAt(schema['properties']), name) === undefined,
  )
  const refine = (condition: string, message: string) =>
    `.refine((value) => ${condition}, ${toLiteral(message)})`
  return [
    toObjectShape(schema, writing),
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

function toObjectShape(schema: JsonObject, writing: Writing): string {
  const { indent } = writing
  const required = stringsAt(schema['required'])
  const rest = member(schema, 'additionalProperties')
  const members = Object.entries(objectAt(schema['properties'])).map(
    ([name, value]): [string, string] => {
      const code = toZod(objectAt(value), { ...writing, indent: indent + 2 })
      return [name, required.includes(name) ? code : `z.exactOptional(${code})`]
    },
  )
  const shape = toObjectCode(members, indent)
  if (rest === false) return `z.strictObject(${shape})`
  const restCode = toZod(objectAt(rest), writing)
  if (members.length === 0) return `z.record(z.string(), ${restCode})`
  return isObject(rest) && restricts(rest)
    ? `z.object(${shape}).catchall(${restCode})`
    : `z.looseObject(${shape})`
}

/** Writes a check of the tool contract, and notes that it has to be imported. */
function toOwnCheck(name: string, parameters: string, { uses }: Writing): string {
  uses.add(name)
  return `.check(${name}(${parameters}))`
}

function toCheck(schema: JsonObject, keyword: string, method: string): string {
  const value = schema[keyword]
  return typeof value === 'number' ? `.${method}(${value})` : ''
}
