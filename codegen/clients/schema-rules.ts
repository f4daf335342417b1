import { isList, isObject, listAt, member, objectAt, type Json, type JsonObject } from '../json.ts'

/** What a schema has that clients refuse, in words; each once. */
export type SchemaFaults = {
  readonly refused: readonly string[]
  readonly usesDefinitions: boolean
}

/** Keywords that clients refuse, or take for another dialect. */
const REFUSED_KEYWORDS = ['$schema', '$id', '$anchor', '$dynamicRef', '$dynamicAnchor']
const ROOT_UNIONS = ['anyOf', 'oneOf', 'allOf', 'enum', 'not']

/** Finds what clients refuse in a schema of arguments or of an answer. */
export function findSchemaFaults(root: JsonObject, key: RegExp): SchemaFaults {
  const refused = new Set<string>()
  let usesDefinitions = false
  if (root['type'] !== 'object') refused.add('its root is no object')
  for (const union of ROOT_UNIONS) {
    if (union in root) refused.add(`its root has ${JSON.stringify(union)}`)
  }
  visitSchemas(root, (schema) => {
    for (const keyword of Object.keys(schema)) {
      if (REFUSED_KEYWORDS.includes(keyword) || keyword.startsWith('x-')) {
        refused.add(`it has the keyword ${JSON.stringify(keyword)}`)
      }
    }
    for (const name of Object.keys(objectAt(schema['properties']))) {
      if (!key.test(name)) refused.add(`a member is named ${JSON.stringify(name)}`)
    }
    const ref = schema['$ref']
    if (ref === undefined) return
    usesDefinitions = true
    const name = typeof ref === 'string' ? /^#\/\$defs\/([^/]+)$/.exec(ref)?.[1] : undefined
    if (name === undefined || member(objectAt(root['$defs']), name) === undefined) {
      refused.add(`it refers to ${JSON.stringify(ref)}`)
    }
  })
  return { refused: [...refused], usesDefinitions }
}

/** Calls a function for a schema and every schema inside; data such as `default` is not entered. */
export function visitSchemas(schema: Json, visit: (schema: JsonObject) => void): void {
  if (!isObject(schema)) return
  visit(schema)
  for (const key of ['properties', '$defs', 'patternProperties']) {
    for (const inner of Object.values(objectAt(schema[key]))) visitSchemas(inner, visit)
  }
  for (const key of ['items', 'additionalProperties', 'not'])
    visitSchemas(schema[key] ?? null, visit)
  for (const key of ['anyOf', 'oneOf', 'allOf', 'prefixItems']) {
    if (isList(schema[key])) for (const inner of listAt(schema[key])) visitSchemas(inner, visit)
  }
}
