/** A JSON value as `JSON.parse` gives it, never to be changed. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A JSON object: a schema, an operation, a whole document. */
export type JsonObject = { readonly [key: string]: Json }

/** How deep a value may be nested; deeper ones would exhaust the stack of those who walk it. */
export const MAX_DEPTH = 400

/** Answers whether a value is a JSON object: neither a list nor null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Answers whether a value is a JSON array. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** Reads an object where the place may also be absent or hold something else. */
export function objectAt(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

/** Reads a list where the place may also be absent or hold something else. */
export function listAt(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : []
}

/** Reads the strings of a list and skips the rest. */
export function stringsAt(value: Json | undefined): readonly string[] {
  return listAt(value).filter((item) => typeof item === 'string')
}

/** Looks up an own member, so that `constructor` and its like are never found by accident. */
export function member(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** Reads a text where the place may also be absent or hold something else. */
export function textAt(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** Copies an object without the named members. */
export function without(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)))
}

/** Leaves out what is `undefined`, so that an absent member stays absent. */
export function compact(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  )
}

/** Copies a value without vendor extensions (`x-…`), however deep they stand. */
export function withoutExtensions(value: Json): Json
export function withoutExtensions(value: Json | undefined): Json | undefined
export function withoutExtensions(value: Json | undefined): Json | undefined {
  if (isList(value)) return value.map((item) => withoutExtensions(item))
  if (!isObject(value)) return value
  const members = Object.entries(value).filter(([key]) => !key.startsWith('x-'))
  return Object.fromEntries(members.map(([key, item]) => [key, withoutExtensions(item)]))
}

/** Orders strings by UTF-16 code unit: the same in every locale. */
export function byCodeUnit(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** Writes a value with sorted keys, so that equal values have equal texts. */
export function canonicalText(value: Json): string {
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.entries(value).sort(([left], [right]) => byCodeUnit(left, right))
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${canonicalText(item)}`).join(',')}}`
}

/** A document with more values than this, its aliases written out, is refused. */
const MAX_VALUES = 5_000_000

/** Answers whether two values are the same, whatever the order of their members. */
export function isSame(left: Json | undefined, right: Json | undefined): boolean {
  if (left === undefined || right === undefined) return left === right
  return canonicalText(left) === canonicalText(right)
}

/**
 * Turns what a parser gave into JSON.
 *
 * @throws {Error} for what JSON cannot say (`.nan`, a binary value), and for values that are nested
 *   too deeply or, by aliases of aliases, grow without measure
 */
export function toJson(value: unknown): Json {
  let count = 0
  const visit = (each: unknown, depth: number): Json => {
    count += 1
    if (count > MAX_VALUES) throw new Error(`holds more than ${MAX_VALUES} values`)
    if (depth > MAX_DEPTH) throw new Error(`is nested more than ${MAX_DEPTH} levels deep`)
    if (each === null || typeof each === 'boolean' || typeof each === 'string') return each
    if (typeof each === 'number' && Number.isFinite(each)) return each
    if (Array.isArray(each)) return each.map((item) => visit(item, depth + 1))
    if (typeof each !== 'object' || !isPlain(each))
      throw new Error('holds a value that is not JSON')
    const members = Object.entries(each)
    return Object.fromEntries(members.map(([key, item]) => [key, visit(item, depth + 1)]))
  }
  return visit(value, 0)
}

/**
 * Checks what `JSON.parse` gave, without copying it.
 *
 * @throws {Error} for values that are nested too deeply
 */
export function checkJson(value: unknown, depth = 0): asserts value is Json {
  if (typeof value !== 'object' || value === null) return
  if (depth > MAX_DEPTH) throw new Error(`is nested more than ${MAX_DEPTH} levels deep`)
  for (const item of Object.values(value)) checkJson(item, depth + 1)
}

function isPlain(value: object): boolean {
  const tag = Object.prototype.toString.call(value)
  return tag === '[object Object]'
}
