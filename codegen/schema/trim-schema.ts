import { isList, member, objectAt, without, type Json, type JsonObject } from '../json.ts'
import { withUsedParts } from './schema-definitions.ts'
import { toTypeKeyword, typesOf, type TypeName } from './schema-dialect.ts'
import { mapSchemas, referenceOf } from './schema-walk.ts'
import { cutText } from '../tool/texts.ts'

const MEMBERS_LEFT_OUT = "Members are not described here; see the API's documentation."
const FORM_LEFT_OUT = "What it may be is not described here; see the API's documentation."

/** What applies to the value itself leads no deeper into it. */
const IN_PLACE: readonly string[] = ['allOf', 'anyOf', 'oneOf']

/** Cuts the descriptions inside a schema, but not its own; with 0 bytes they go. */
export function cutNestedDescriptions(schema: JsonObject, maxBytes: number): JsonObject {
  return mapInside(schema, (child) => cutDescription(child, maxBytes))
}

/** Cuts a schema's own description; with 0 bytes it goes. */
export function cutDescription(schema: JsonObject, maxBytes: number): JsonObject {
  const { description } = schema
  if (typeof description !== 'string') return schema
  if (maxBytes === 0) return without(schema, ['description'])
  return { ...schema, description: cutText(description, maxBytes) }
}

/** Drops the examples of a schema and of all that is inside it. */
export function dropExamples(schema: JsonObject): JsonObject {
  return mapInside(without(schema, ['examples']), (child) => without(child, ['examples']))
}

/** Drops lists of more values than this, and keeps the type of the values. */
export function dropLongEnums(schema: JsonObject, maxValues: number): JsonObject {
  const drop = (each: JsonObject): JsonObject => {
    const values = each['enum']
    if (!isList(values) || values.length <= maxValues) return each
    const named = typesOf(each)
    const types = named.length > 0 ? named : [...new Set(values.map(typeOfValue))]
    const type = toTypeKeyword(types) ?? null
    return { ...without(each, ['enum']), type }
  }
  const dropped = mapInside(drop(schema), drop)
  return JSON.stringify(dropped) === JSON.stringify(schema) ? schema : withoutExclusion(dropped)
}

/** How deep a schema's members and items go; what a scalar is, is depth 0. */
export function measureDepth(schema: JsonObject): number {
  const depthOf = (each: JsonObject): number => {
    let deepest = 0
    mapSchemas(each, (child, [keyword = '']) => {
      deepest = Math.max(deepest, depthOf(child) + (IN_PLACE.includes(keyword) ? 0 : 1))
      return child
    })
    return deepest
  }
  const parts = Object.values(objectAt(schema['$defs'])).map((part) => depthOf(objectAt(part)) + 1)
  return Math.max(depthOf(schema), ...parts)
}

/**
 * Leaves out what stands so deep in a schema or deeper: an object is any object then, and a choice any
 * value. More values are accepted than before, never fewer.
 */
export function trimBelow(schema: JsonObject, maxDepth: number): JsonObject {
  const trimAt = (each: JsonObject, depth: number): JsonObject => {
    if (depth >= maxDepth && isElaborate(each)) return toBare(each)
    return mapSchemas(each, (child, [keyword = '']) =>
      trimAt(child, IN_PLACE.includes(keyword) ? depth : depth + 1),
    )
  }
  const parts = Object.entries(objectAt(schema['$defs'])).map(([name, part]): [string, Json] => [
    name,
    trimAt(objectAt(part), 1),
  ])
  const trimmed = withUsedParts(trimAt(schema, 0), Object.fromEntries(parts))
  return JSON.stringify(trimmed) === JSON.stringify(schema) ? schema : withoutExclusion(trimmed)
}

/** Answers whether a schema says more than what type a value has. */
function isElaborate(schema: JsonObject): boolean {
  const inside = Object.keys(objectAt(schema['properties'])).length > 0
  return inside || referenceOf(schema) !== null || IN_PLACE.some((key) => key in schema)
}

function toBare(schema: JsonObject): JsonObject {
  const types = typesOf(schema)
  const isPlain = referenceOf(schema) === null && !IN_PLACE.some((key) => key in schema)
  const { default: fallback, deprecated } = schema
  const kept = Object.entries({ default: fallback, deprecated }).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined,
  )
  if (!isPlain || !types.includes('object')) {
    return { ...typeOf(types), description: FORM_LEFT_OUT, ...Object.fromEntries(kept) }
  }
  return { ...typeOf(types), description: MEMBERS_LEFT_OUT, ...Object.fromEntries(kept) }
}

function typeOf(types: readonly TypeName[]): JsonObject {
  const type = toTypeKeyword(types)
  return type === undefined ? {} : { type }
}

function typeOfValue(value: Json): TypeName {
  if (value === null) return 'null'
  if (typeof value === 'number') return 'number'
  return typeof value === 'boolean' ? 'boolean' : 'string'
}

/** Of branches that accept more than before, more than one may fit. */
function withoutExclusion(schema: JsonObject): JsonObject {
  const relax = (each: JsonObject): JsonObject => {
    const branches = each['oneOf']
    if (branches === undefined || 'anyOf' in each) return each
    return { ...without(each, ['oneOf']), anyOf: branches }
  }
  return mapInside(relax(schema), relax)
}

/** Changes every schema inside one, in its parts (`$defs`) too. */
function mapInside(schema: JsonObject, change: (child: JsonObject) => JsonObject): JsonObject {
  const changeAll = (child: JsonObject): JsonObject => mapSchemas(change(child), changeAll)
  const inner = mapSchemas(schema, changeAll)
  const parts = Object.keys(objectAt(inner['$defs'])).map((name): [string, Json] => [
    name,
    changeAll(objectAt(member(objectAt(inner['$defs']), name))),
  ])
  return parts.length === 0 ? inner : { ...inner, $defs: Object.fromEntries(parts) }
}
