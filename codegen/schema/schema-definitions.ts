import { member, objectAt, without, type JsonObject } from '../json.ts'
import { mergeSchemas, SchemaConflict } from './schema-merge.ts'
import {
  listReferences,
  listReferencesInPlace,
  listSchemas,
  mapSchemas,
  referenceOf,
} from './schema-walk.ts'

/** Parts that add fewer bytes than this are put in place wherever they are referred to. */
const SMALL_BYTES = 1_024

/** The named parts of a schema. */
export type Definitions = ReadonlyMap<string, JsonObject>

/**
 * Puts what is referred to in its place. In `$defs` stay only parts that lead back to themselves, and
 * those used often where the schema would become more than twice as large: some clients read no `$defs`.
 *
 * @param warn is told what in the parts cannot be satisfied, or means nothing
 */
export function placeDefinitions(
  root: JsonObject,
  definitions: Definitions,
  warn: (what: string) => void,
): JsonObject {
  if (definitions.size === 0) return root
  const sound = withoutEmptyCircles(definitions, warn)
  const kept = chooseKept(root, sound)
  const placed = new Map<string, JsonObject>()
  const contentOf = (name: string): JsonObject => {
    const known = placed.get(name)
    if (known !== undefined) return known
    const content = place(sound.get(name) ?? {})
    placed.set(name, content)
    return content
  }
  const place = (schema: JsonObject): JsonObject => {
    const name = referenceOf(schema)
    const inner = mapSchemas(schema, place)
    if (name === null || kept.has(name)) return mergeParts(inner, warn)
    return mergeSchemas(without(inner, ['$ref']), contentOf(name))
  }
  const result = place(root)
  const used = [...kept].filter((name) => sound.has(name))
  const parts = Object.fromEntries(used.map((name) => [name, contentOf(name)]))
  return withUsedParts(result, parts)
}

/** Attaches those of the parts that a schema leads to. */
export function withUsedParts(schema: JsonObject, parts: JsonObject): JsonObject {
  const used = new Set<string>()
  const visit = (each: JsonObject): void => {
    for (const name of listReferences(each)) {
      if (used.has(name)) continue
      used.add(name)
      visit(objectAt(member(parts, name)))
    }
  }
  visit(schema)
  const entries = Object.entries(parts).filter(([name]) => used.has(name))
  const rest = without(schema, ['$defs'])
  return entries.length === 0 ? rest : { ...rest, $defs: Object.fromEntries(entries) }
}

/** What was kept apart because of a reference is merged once that is resolved. */
function mergeParts(schema: JsonObject, warn: (what: string) => void): JsonObject {
  const { allOf } = schema
  if (!Array.isArray(allOf)) return schema
  return allOf.map(objectAt).reduce(
    (merged: JsonObject, part: JsonObject) => {
      try {
        return mergeSchemas(merged, part)
      } catch (error) {
        if (!(error instanceof SchemaConflict)) throw error
        warn(`"allOf" cannot be satisfied: ${error.message}; only the first of both counts`)
        return merged
      }
    },
    without(schema, ['allOf']),
  )
}

/** A part that is nothing but itself says nothing, and would be followed for ever. */
function withoutEmptyCircles(definitions: Definitions, warn: (what: string) => void): Definitions {
  const sound = new Map(definitions)
  for (const [name, schema] of definitions) {
    if (!reaches(name, (each) => listReferencesInPlace(sound.get(each) ?? {})).has(name)) continue
    warn(`${JSON.stringify(name)} refers to itself without anything in between; that is left out`)
    const leadsBack = (target: string) =>
      target === name ||
      reaches(target, (each) => listReferencesInPlace(sound.get(each) ?? {})).has(name)
    sound.set(name, withoutReferences(schema, leadsBack))
  }
  return sound
}

/** Takes away the references that apply to the very value. */
function withoutReferences(schema: JsonObject, isBad: (name: string) => boolean): JsonObject {
  const name = referenceOf(schema)
  const own = name !== null && isBad(name) ? without(schema, ['$ref']) : schema
  return mapSchemas(own, (child, [keyword]) =>
    keyword === 'allOf' || keyword === 'anyOf' || keyword === 'oneOf'
      ? withoutReferences(child, isBad)
      : child,
  )
}

function chooseKept(root: JsonObject, definitions: Definitions): ReadonlySet<string> {
  const targets = new Map([...definitions].map(([name, schema]) => [name, listReferences(schema)]))
  const recursive = new Set(
    [...definitions.keys()].filter((name) =>
      reaches(name, (each) => targets.get(each) ?? []).has(name),
    ),
  )
  const reached = reaches('', (each) =>
    each === '' ? listReferences(root) : (targets.get(each) ?? []),
  )
  const inlined = measureInlined(definitions, recursive)
  const apart = [...reached].reduce(
    (sum, name) => sum + bytesOf(definitions.get(name) ?? {}),
    bytesOf(root),
  )
  const total = [...recursive].reduce(
    (sum, name) => sum + inlined(definitions.get(name) ?? {}),
    inlined(root),
  )
  if (total <= 2 * apart) return recursive
  const uses = countUses(
    root,
    [...reached].map((name) => definitions.get(name) ?? {}),
  )
  const large = [...reached].filter((name) => {
    const isShared = (uses.get(name) ?? 0) > 1
    return isShared && inlined(definitions.get(name) ?? {}) > SMALL_BYTES
  })
  return new Set(
    [...definitions.keys()].filter((name) => recursive.has(name) || large.includes(name)),
  )
}

/** How many bytes a schema has once everything is in place that does not lead back to itself. */
function measureInlined(definitions: Definitions, recursive: ReadonlySet<string>) {
  const known = new Map<string, number>()
  const sizeOf = (schema: JsonObject): number => {
    const below = sumOf(schema, (name) => {
      if (recursive.has(name)) return 0
      const size = known.get(name) ?? sizeOf(definitions.get(name) ?? {})
      known.set(name, size)
      return size
    })
    return bytesOf(schema) + below
  }
  return sizeOf
}

function sumOf(schema: JsonObject, sizeOf: (name: string) => number): number {
  const name = referenceOf(schema)
  const own = name === null ? 0 : sizeOf(name)
  return listSchemas(schema).reduce((sum, child) => sum + sumOf(child, sizeOf), own)
}

function countUses(root: JsonObject, schemas: readonly JsonObject[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>()
  const visit = (schema: JsonObject): void => {
    const name = referenceOf(schema)
    if (name !== null) uses.set(name, (uses.get(name) ?? 0) + 1)
    for (const child of listSchemas(schema)) visit(child)
  }
  for (const schema of [root, ...schemas]) visit(schema)
  return uses
}

/** Everything that can be reached from a name in one step or more. */
function reaches(start: string, next: (name: string) => Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>()
  const queue = [...next(start)]
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue
    found.add(name)
    queue.push(...next(name))
  }
  return found
}

function bytesOf(schema: JsonObject): number {
  return Buffer.byteLength(JSON.stringify(schema))
}
