import { member, objectAt, stringsAt, type Json, type JsonObject } from '../json.ts'
import type { TypeName } from '../schema/schema-dialect.ts'
import { shapeOf } from '../schema/schema-shape.ts'

/**
 * Writes a read schema for openapi-typescript, so that the type of its zod code fits: both are made
 * from the same shape. What only a value can be judged by is not in it, and what leads back to itself
 * is `unknown`, as it is in the code.
 */
export function toTypedSchema(schema: JsonObject): JsonObject {
  const { title, description } = schema
  const prose = Object.entries({ title, description }).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined,
  )
  return { ...Object.fromEntries(prose), ...toTyped(schema) }
}

function toTyped(schema: JsonObject): JsonObject {
  const shape = shapeOf(schema)
  switch (shape.kind) {
    case 'any':
    case 'never':
    case 'reference':
      return {}
    case 'values':
      return shape.values.every((value) => typeof value === 'string')
        ? { type: 'string', enum: shape.values }
        : { enum: shape.values }
    case 'all':
      return toTyped(shape.first)
    case 'union':
      return toUnion(shape.branches.map(toTypedSchema))
    case 'types': {
      const branches = shape.types.map((type) => toTypedOfType(schema, type))
      return toUnion(shape.isNullable ? [...branches, { type: 'null' }] : branches)
    }
  }
}

/** Next to `unknown` no other type tells anything. */
function toUnion(branches: readonly JsonObject[]): JsonObject {
  const [only = {}, ...others] = branches
  if (others.length === 0) return only
  const isKnown = branches.every(
    (branch) => 'type' in branch || 'enum' in branch || 'anyOf' in branch,
  )
  return isKnown ? { anyOf: branches } : {}
}

function toTypedOfType(schema: JsonObject, type: TypeName): JsonObject {
  if (type === 'array') return { type, items: toTypedSchema(objectAt(schema['items'])) }
  if (type === 'object') return toTypedObject(schema)
  const { format } = schema
  return format === undefined ? { type } : { type, format }
}

/** Other members fit any type that does not name them. */
function toTypedObject(schema: JsonObject): JsonObject {
  const properties = Object.entries(objectAt(schema['properties'])).map(
    ([name, value]): [string, Json] => [name, toTypedSchema(objectAt(value))],
  )
  const rest = member(schema, 'additionalProperties')
  if (properties.length === 0) {
    return {
      type: 'object',
      additionalProperties: rest === false ? rest : toTypedSchema(objectAt(rest)),
    }
  }
  const names = properties.map(([name]) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: stringsAt(schema['required']).filter((name) => names.includes(name)),
  }
}
