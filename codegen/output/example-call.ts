import { standAlone } from '../request/input-root.ts'
import { compileJudge, type Judge } from '../schema/judge.ts'
import {
  isObject,
  listAt,
  stringsAt,
  textAt,
  objectAt,
  type Json,
  type JsonObject,
} from '../json.ts'
import type { ToolModel } from '../model.ts'
import { FORMAT_EXAMPLES } from '../schema/format-examples.ts'
import { typesOf } from '../schema/schema-dialect.ts'

const MAX_OPTIONAL = 2
/** Deeper values are not made up: a schema may demand itself in itself. */
const MAX_DEPTH = 8

/** Makes up a call for the docs: what is required, and two filters that the document has examples of. */
export function buildExampleArguments({ inputSchema }: Pick<ToolModel, 'inputSchema'>): JsonObject {
  const required = stringsAt(inputSchema['required'])
  const needed: [string, Json][] = []
  const shown: [string, Json][] = []
  for (const [key, property] of Object.entries(objectAt(inputSchema['properties']))) {
    const schema = standAlone(objectAt(property), inputSchema)
    const isNeeded = required.includes(key)
    const value = isNeeded ? inventValue(schema) : findExample(schema)
    if (value === undefined) continue
    if (isNeeded) needed.push([key, value])
    else if (shown.length < MAX_OPTIONAL && !('default' in schema)) shown.push([key, value])
  }
  return Object.fromEntries([...needed, ...shown])
}

/** An example that the schema itself accepts. */
function findExample(schema: JsonObject): Json | undefined {
  const judge = compileJudge(schema)
  return listAt(schema['examples']).find((value) => judge(value) === null)
}

function inventValue(schema: JsonObject, depth = 0): Json {
  const judge = compileJudge(schema)
  const invented = inventByType(schema, depth)
  const candidates = [
    ...listAt(schema['examples']),
    schema['default'],
    schema['const'],
    ...listAt(schema['enum']),
    ...invented,
  ]
  return firstAccepted(candidates, judge) ?? invented[0] ?? 'example'
}

function firstAccepted(candidates: readonly (Json | undefined)[], judge: Judge): Json | undefined {
  return candidates.find((value) => value !== undefined && judge(value) === null)
}

function inventByType(schema: JsonObject, depth: number): readonly Json[] {
  const inside = (child: Json | undefined) =>
    depth < MAX_DEPTH ? inventValue(standAlone(objectAt(child), schema), depth + 1) : null
  const branches = [...listAt(schema['anyOf']), ...listAt(schema['oneOf'])]
  const [type] = typesOf(schema)
  if (type === undefined) return branches.length === 0 ? ['example'] : branches.map(inside)
  switch (type) {
    case 'integer':
    case 'number':
      return [1, schema['minimum'] ?? 0, schema['maximum'] ?? 0]
    case 'boolean':
      return [true]
    case 'array':
      return [[inside(schema['items'])]]
    case 'object':
      return [inventObject(schema, inside)]
    case 'null':
      return [null]
    case 'string':
      return [FORMAT_EXAMPLES.get(textAt(schema['format'])) ?? 'example']
  }
}

function inventObject(schema: JsonObject, inside: (child: Json | undefined) => Json): Json {
  const properties = objectAt(schema['properties'])
  const names = stringsAt(schema['required']).filter((name) => isObject(properties[name]))
  return Object.fromEntries(names.map((name) => [name, inside(properties[name])]))
}
