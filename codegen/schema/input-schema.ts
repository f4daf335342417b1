import type { Bundle } from '../document/bundle.ts'
import { isVersion30 } from '../document/document.ts'
import {
  canonicalText,
  isList,
  isObject,
  listAt,
  without,
  type Json,
  type JsonObject,
} from '../json.ts'
import { parsePointer, valueAt, type Path } from '../json-pointer.ts'
import type { Findings } from '../problem.ts'
import { placeDefinitions } from './schema-definitions.ts'
import { modernise, TYPES } from './schema-dialect.ts'
import { readKeyword, UNTOLD_KEYWORDS } from './schema-keywords.ts'
import { ANNOTATIONS, mergeSchemas, NEVER, restricts, SchemaConflict } from './schema-merge.ts'
import { settleValues } from './schema-values.ts'
import { referenceOf, toReference } from './schema-walk.ts'

/** A part of an argument's schema that is referred to; `null` while it is being read. */
type Definition = { readonly name: string; schema: JsonObject | null; isRelaxed: boolean }

/** What is read of one argument. */
type Reading = {
  readonly bundle: Bundle
  readonly findings: Findings
  /** By their references. */
  readonly definitions: Map<string, Definition>
  readonly count: { schemas: number; relaxed: number }
  /** How many references led here. */
  readonly depth: number
}

/** More schemas than this are not read of one argument; no client would take it. */
const MAX_SCHEMAS = 5_000
/** A longer chain of references is not followed. */
const MAX_DEPTH = 100

/**
 * Reads a schema of the document as the JSON Schema (2020-12) of an argument: no vendor keyword, and
 * no reference but to its own `$defs`, which only what leads back to itself needs. What cannot be
 * said is left to the upstream, with a warning: the schema then accepts more, never less.
 */
export function readArgumentSchema(bundle: Bundle, path: Path, findings: Findings): JsonObject {
  const definitions = new Map<string, Definition>()
  const count = { schemas: 0, relaxed: 0 }
  const reading = { bundle, findings, definitions, count, depth: 0 }
  const schema = readSchema(valueAt(bundle.document, path) ?? true, path, reading)
  const parts = new Map([...definitions.values()].map(({ name, schema }) => [name, schema ?? {}]))
  return placeDefinitions(schema, parts, (what) => findings.warning(bundle.place(path), what))
}

function readSchema(value: Json, path: Path, reading: Reading): JsonObject {
  const { count } = reading
  count.schemas += 1
  if (count.schemas === MAX_SCHEMAS) {
    relax(path, 'the schema of an argument is too large; the rest of it takes any value', reading)
  }
  if (count.schemas >= MAX_SCHEMAS || value === true) return {}
  if (value === false) return NEVER
  if (!isObject(value)) {
    relax(path, 'is not a schema; any value is taken', reading)
    return {}
  }
  const unknown = unknownTypeOf(value)
  if (unknown !== undefined) {
    const what = `${JSON.stringify(unknown)} is not a type of JSON Schema; any value is taken`
    relax([...path, 'type'], what, reading)
  }
  const schema = modernise(value)
  const ref = schema['$ref']
  const target = typeof ref === 'string' ? [readReference(ref, path, reading)] : []
  // OpenAPI 3.0, section 4.7.23: beside a reference nothing counts, but many describe there.
  const hasOnlyProse = target.length > 0 && isVersion30(reading.bundle.document)
  const counting = Object.fromEntries(
    Object.entries(schema).filter(
      ([key]) => key !== '$ref' && (!hasOnlyProse || isAnnotation(key)),
    ),
  )
  const own = readOwn(counting, path, reading)
  const members = listAt(counting['allOf']).map((item, index) =>
    readSchema(item, [...path, 'allOf', String(index)], reading),
  )
  return combine(own, [...target, ...members], path, reading)
}

/** Everything holds at once. A reference that stands alone stays one. */
function combine(
  own: JsonObject,
  members: readonly JsonObject[],
  path: Path,
  reading: Reading,
): JsonObject {
  const isAlone = [own, ...members].filter(restricts).length < 2
  const parts = isAlone ? members : members.map((part) => resolve(part, reading))
  const merged = parts.reduce((all, part) => {
    try {
      return mergeSchemas(all, part)
    } catch (error) {
      if (!(error instanceof SchemaConflict)) throw error
      const what = `"allOf" cannot be satisfied: ${error.message}; only the first of both counts`
      relax(path, what, reading)
      return all
    }
  }, own)
  return settleValues(merged, (what) => relax(path, what, reading))
}

/** What a reference leads to, so that it can be merged; what is still being read stays one. */
function resolve(schema: JsonObject, reading: Reading): JsonObject {
  const name = referenceOf(schema)
  const target = [...reading.definitions.values()].find((each) => each.name === name)
  if (name === null || target === undefined || target.schema === null) return schema
  return resolve(mergeSchemas(without(schema, ['$ref']), target.schema), reading)
}

function readReference(ref: string, path: Path, reading: Reading): JsonObject {
  const { bundle, definitions, count, depth } = reading
  const known = definitions.get(ref)
  if (known !== undefined) {
    if (known.isRelaxed) count.relaxed += 1
    return toReference(known.name)
  }
  if (depth >= MAX_DEPTH) {
    relax(path, 'an argument refers on and on; what follows takes any value', reading)
    return {}
  }
  const definition: Definition = { name: freeName(ref, reading), schema: null, isRelaxed: false }
  definitions.set(ref, definition)
  const before = count.relaxed
  const target = parsePointer(ref.slice(1))
  const value = valueAt(bundle.document, target) ?? true
  definition.schema = readSchema(value, target, { ...reading, depth: depth + 1 })
  definition.isRelaxed = count.relaxed > before
  return toReference(definition.name)
}

/** Clients take letters, digits and `_` in the name of a part. */
function freeName(ref: string, { definitions }: Reading): string {
  const wish = (parsePointer(ref.slice(1)).at(-1) ?? '')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .slice(0, 60)
  const taken = new Set([...definitions.values()].map(({ name }) => name))
  let name = wish
  for (let count = 2; taken.has(name); count += 1) name = `${wish}_${count}`
  return name
}

/** Everything a schema says itself, without what its `allOf` adds. */
function readOwn(schema: JsonObject, path: Path, reading: Reading): JsonObject {
  for (const key of UNTOLD_KEYWORDS) {
    if (!(key in schema)) continue
    relax([...path, key], `"${key}" is left out: the upstream alone judges by it`, reading)
  }
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => readMember(key, value, schema, path, reading)),
  )
}

/** Reads a keyword that holds schemas; the others are read where the keywords are. */
function readMember(
  key: string,
  value: Json,
  schema: JsonObject,
  path: Path,
  reading: Reading,
): readonly [string, Json][] {
  const here = [...path, key]
  switch (key) {
    case 'items':
      return 'prefixItems' in schema ? [] : [[key, readSchema(value, here, reading)]]
    case 'prefixItems':
      return readTuple(schema, path, reading)
    case 'properties':
      return isObject(value) ? [[key, readProperties(value, here, reading)]] : []
    case 'additionalProperties':
      // What a pattern of names would allow cannot be refused without it.
      if ('patternProperties' in schema) return []
      return [[key, typeof value === 'boolean' ? value : readSchema(value, here, reading)]]
    case 'anyOf':
    case 'oneOf':
      return readBranches(key, schema, here, reading)
    default: {
      const read = readKeyword(key, value, (what) => relax(here, what, reading))
      return read === undefined ? [] : [[key, read]]
    }
  }
}

function readProperties(properties: JsonObject, path: Path, reading: Reading): JsonObject {
  const entries = Object.entries(properties).map(([name, item]): [string, Json] => [
    name,
    readSchema(item, [...path, name], reading),
  ])
  return Object.fromEntries(entries)
}

/** Of branches that accept more than the document says, more than one may fit. */
function readBranches(
  key: 'anyOf' | 'oneOf',
  schema: JsonObject,
  path: Path,
  reading: Reading,
): readonly [string, Json][] {
  const before = reading.count.relaxed
  const branches = listAt(schema[key]).map((item, index) =>
    readSchema(item, [...path, String(index)], reading),
  )
  if (branches.length === 0) return []
  const isExact = reading.count.relaxed === before
  return [[isExact || 'anyOf' in schema ? key : 'anyOf', branches]]
}

/** A tuple is told as a list of what any of its places takes. */
function readTuple(schema: JsonObject, path: Path, reading: Reading): readonly [string, Json][] {
  const places = listAt(schema['prefixItems']).map((item, index) =>
    readSchema(item, [...path, 'prefixItems', String(index)], reading),
  )
  const what =
    '"prefixItems" is read as "items": any place of the list takes what one of them takes'
  relax([...path, 'prefixItems'], what, reading)
  const { items = true, maxItems } = schema
  const isClosed = items === false || (typeof maxItems === 'number' && maxItems <= places.length)
  const rest = isClosed ? [] : [readSchema(items, [...path, 'items'], reading)]
  const all = [...places, ...rest]
  if (!all.every(restricts)) return []
  const unique = [...new Map(all.map((each) => [canonicalText(each), each])).values()]
  const [only = {}] = unique
  const length: readonly [string, Json][] =
    items === false && maxItems === undefined ? [['maxItems', places.length]] : []
  return [['items', unique.length === 1 ? only : { anyOf: unique }], ...length]
}

function unknownTypeOf(schema: JsonObject): Json | undefined {
  const named = isList(schema['type']) ? schema['type'] : [schema['type']]
  return named.find((type) => type !== undefined && !TYPES.some((known) => known === type))
}

/** Says what is left to the upstream. */
function relax(path: Path, what: string, { bundle, findings, count }: Reading): void {
  count.relaxed += 1
  findings.warning(bundle.place(path), what)
}

function isAnnotation(key: string): boolean {
  return ANNOTATIONS.some((annotation) => annotation === key)
}
