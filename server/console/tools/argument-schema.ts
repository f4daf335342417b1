import type { Json, JsonObject, Tool } from '../../mcp/tool.ts'

/** One argument of a tool, with what its schema says of it. */
export type Argument = {
  readonly key: string
  readonly schema: JsonObject
  readonly isRequired: boolean
}

/** The arguments of a tool, in the order of its schema. */
export function listArguments({ inputSchema }: Tool): readonly Argument[] {
  const { properties, required } = inputSchema
  const needed = isList(required) ? required : []
  return Object.entries(isObject(properties) ? properties : {}).map(([key, schema]) => ({
    key,
    schema: isObject(schema) ? schema : {},
    isRequired: needed.includes(key),
  }))
}

/** What a schema takes, by the name of its type; `null` beside another type is left out. */
export function typeOf({ type }: JsonObject): string | null {
  const types = [type].flat().filter((each) => typeof each === 'string')
  return types.find((each) => each !== 'null') ?? null
}

/** The values that a schema takes and no others; `null` where there is no such list. */
export function valuesOf(schema: JsonObject): readonly Json[] | null {
  if (isList(schema['enum'])) return schema['enum']
  return schema['const'] === undefined ? null : [schema['const']]
}

/** What each element of a list is to be; `null` where it may be anything. */
export function itemsOf({ items }: JsonObject): JsonObject | null {
  return isObject(items) ? items : null
}

/** A text of a schema; empty where it has none. */
export function textOf(schema: JsonObject, keyword: 'description' | 'format'): string {
  const text = schema[keyword]
  return typeof text === 'string' ? text : ''
}

/** A value as text: a text as it is, all else as JSON. */
export function toText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** `Array.isArray` loses what the elements of a list that cannot be changed are. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
