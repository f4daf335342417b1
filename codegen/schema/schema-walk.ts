import { isList, isObject, type Json, type JsonObject } from '../json.ts'

/** How the root of a schema writes where its named parts stand. */
const DEFINITION = '#/$defs/'

/** Where the schemas of arguments hold other schemas; a `$ref` anywhere else is data. */
const HOLDERS = {
  items: 'one',
  additionalProperties: 'one',
  properties: 'map',
  allOf: 'list',
  anyOf: 'list',
  oneOf: 'list',
} as const satisfies Record<string, 'one' | 'map' | 'list'>

/** What applies to the value itself, not to what is in it. */
const IN_PLACE: readonly string[] = ['allOf', 'anyOf', 'oneOf']

/** Puts what `replace` gives in place of every schema directly inside one, but not of its `$defs`. */
export function mapSchemas(
  schema: JsonObject,
  replace: (child: JsonObject, steps: readonly string[]) => Json,
): JsonObject {
  const shapes: ReadonlyMap<string, string> = new Map(Object.entries(HOLDERS))
  const replaceAt = (value: Json, steps: readonly string[]) =>
    isObject(value) ? replace(value, steps) : value
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]): [string, Json] => {
      const shape = shapes.get(key)
      if (shape === 'list' && isList(value)) {
        return [key, value.map((item, index) => replaceAt(item, [key, String(index)]))]
      }
      if (shape === 'map' && isObject(value)) {
        const entries = Object.entries(value)
        return [
          key,
          Object.fromEntries(entries.map(([name, item]) => [name, replaceAt(item, [key, name])])),
        ]
      }
      return [key, shape === 'one' ? replaceAt(value, [key]) : value]
    }),
  )
}

/** Lists the schemas directly inside one. */
export function listSchemas(schema: JsonObject): readonly JsonObject[] {
  const found: JsonObject[] = []
  mapSchemas(schema, (child) => {
    found.push(child)
    return child
  })
  return found
}

/** Lists the names of `#/$defs/…` that a schema refers to, itself or in what is inside it. */
export function listReferences(schema: JsonObject): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (each: JsonObject): void => {
    const name = referenceOf(each)
    if (name !== null) found.add(name)
    for (const child of listSchemas(each)) visit(child)
  }
  visit(schema)
  return found
}

/** Lists the names that a schema refers to for the very value it judges. */
export function listReferencesInPlace(schema: JsonObject): readonly string[] {
  const name = referenceOf(schema)
  const inside = IN_PLACE.flatMap((key) => (isList(schema[key]) ? schema[key] : [])).filter(
    isObject,
  )
  return [...(name === null ? [] : [name]), ...inside.flatMap(listReferencesInPlace)]
}

/** The name of a `$ref`'s target; `null` where a schema refers to nothing. */
export function referenceOf(schema: JsonObject): string | null {
  const ref = schema['$ref']
  return typeof ref === 'string' && ref.startsWith(DEFINITION) ? ref.slice(DEFINITION.length) : null
}

/** Writes the `$ref` to a named part; the name needs no escaping. */
export function toReference(name: string): JsonObject {
  return { $ref: `${DEFINITION}${name}` }
}
