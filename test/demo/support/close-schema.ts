import { isObject, toList } from './json.ts'
import type { JsonObject } from './json.ts'

/**
 * Closes every object of a schema, so that a field the document does not name fails the check.
 * Objects that say themselves what more they take (`additionalProperties`) stay as they are.
 */
export function closeSchema(schema: unknown): JsonObject {
  return close(schema, false)
}

/** The branches of `allOf` stay open: together they describe one object, which is closed once. */
function close(schema: unknown, isBranch: boolean): JsonObject {
  if (!isObject(schema)) throw new TypeError('expected a schema')
  const describesObject = 'properties' in schema || 'allOf' in schema
  const isClosed = 'additionalProperties' in schema
  return {
    ...schema,
    ...closeList(schema, 'allOf', true),
    ...closeList(schema, 'oneOf', isBranch),
    ...closeList(schema, 'anyOf', isBranch),
    ...('items' in schema ? { items: close(schema['items'], false) } : {}),
    ...closeProperties(schema['properties']),
    ...(describesObject && !isClosed && !isBranch ? { unevaluatedProperties: false } : {}),
  }
}

function closeList(schema: JsonObject, keyword: string, isBranch: boolean): JsonObject {
  if (!(keyword in schema)) return {}
  return { [keyword]: toList(schema[keyword]).map((branch) => close(branch, isBranch)) }
}

function closeProperties(properties: unknown): JsonObject {
  if (!isObject(properties)) return {}
  const closed = Object.entries(properties).map(([name, schema]) => [name, close(schema, false)])
  return { properties: Object.fromEntries(closed) }
}
