import { isList, isObject, without, type Json, type JsonObject } from '../json.ts'
import type { Path } from '../json-pointer.ts'

type Shape = 'one' | 'list' | 'map'

/**
 * Where the objects of an OpenAPI document hold other such objects (OpenAPI 3.1, section 4.8;
 * Swagger 2.0 under "Schema").
 * A `$ref` counts only at these places: in an example, a default or an enum it is data.
 */
const CHILDREN = {
  document: {
    paths: ['map', 'pathItem'],
    components: ['one', 'components'],
    // Swagger 2.0 has its components side by side.
    definitions: ['map', 'schema'],
    parameters: ['map', 'parameter'],
    responses: ['map', 'response'],
  },
  components: {
    schemas: ['map', 'schema'],
    responses: ['map', 'response'],
    parameters: ['map', 'parameter'],
    examples: ['map', 'example'],
    requestBodies: ['map', 'requestBody'],
    headers: ['map', 'header'],
    securitySchemes: ['map', 'securityScheme'],
    pathItems: ['map', 'pathItem'],
  },
  pathItem: {
    parameters: ['list', 'parameter'],
    get: ['one', 'operation'],
    put: ['one', 'operation'],
    post: ['one', 'operation'],
    delete: ['one', 'operation'],
    options: ['one', 'operation'],
    head: ['one', 'operation'],
    patch: ['one', 'operation'],
    trace: ['one', 'operation'],
  },
  operation: {
    parameters: ['list', 'parameter'],
    requestBody: ['one', 'requestBody'],
    responses: ['map', 'response'],
  },
  parameter: {
    schema: ['one', 'schema'],
    content: ['map', 'mediaType'],
    examples: ['map', 'example'],
  },
  header: {
    schema: ['one', 'schema'],
    content: ['map', 'mediaType'],
    examples: ['map', 'example'],
  },
  requestBody: { content: ['map', 'mediaType'] },
  // The schema of a response stands in the response itself in Swagger 2.0.
  response: {
    headers: ['map', 'header'],
    content: ['map', 'mediaType'],
    schema: ['one', 'schema'],
  },
  mediaType: { schema: ['one', 'schema'], examples: ['map', 'example'] },
  example: {},
  securityScheme: {},
  schema: {
    properties: ['map', 'schema'],
    patternProperties: ['map', 'schema'],
    dependentSchemas: ['map', 'schema'],
    additionalProperties: ['one', 'schema'],
    unevaluatedProperties: ['one', 'schema'],
    unevaluatedItems: ['one', 'schema'],
    propertyNames: ['one', 'schema'],
    items: ['one', 'schema'],
    prefixItems: ['list', 'schema'],
    contains: ['one', 'schema'],
    contentSchema: ['one', 'schema'],
    allOf: ['list', 'schema'],
    anyOf: ['list', 'schema'],
    oneOf: ['list', 'schema'],
    not: ['one', 'schema'],
    if: ['one', 'schema'],
    then: ['one', 'schema'],
    else: ['one', 'schema'],
  },
} as const satisfies Record<string, Record<string, readonly [Shape, string]>>

/** What an object of the document is, told by where it stands. */
export type Kind = keyof typeof CHILDREN

/** The components section that objects of a kind are kept in; `null` for those that have none. */
export const SECTION_OF = {
  document: null,
  components: null,
  pathItem: 'pathItems',
  operation: null,
  parameter: 'parameters',
  header: 'headers',
  requestBody: 'requestBodies',
  response: 'responses',
  mediaType: null,
  example: 'examples',
  securityScheme: 'securitySchemes',
  schema: 'schemas',
} as const satisfies Record<Kind, string | null>

/**
 * Gives each child object with its kind; `replace` decides what stands in its place.
 *
 * @param replaceData the same for every other member, which stays as it is without it
 */
export function mapChildren(
  node: JsonObject,
  kind: Kind,
  replace: (child: Json, kind: Kind, path: Path) => Json,
  replaceData: (data: Json) => Json = (data) => data,
): JsonObject {
  const children: ReadonlyMap<string, readonly [Shape, Kind]> = new Map(
    Object.entries(CHILDREN[kind]),
  )
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      const child = children.get(key)
      return [key, child === undefined ? replaceData(value) : mapShape(value, key, child, replace)]
    }),
  )
}

/** What stands where an object of the specification must; a schema may also be `true` or `false`. */
export function isOfKind(value: Json, kind: Kind): boolean {
  return isObject(value) || (kind === 'schema' && typeof value === 'boolean')
}

/** Drops what should be a list, a map or a reference and is not; says which members they were. */
export function dropMisshapen(
  node: JsonObject,
  kind: Kind,
): { readonly node: JsonObject; readonly dropped: readonly string[] } {
  const isBadRef = SECTION_OF[kind] !== null && '$ref' in node && typeof node['$ref'] !== 'string'
  const misshapen = Object.entries(CHILDREN[kind]).flatMap(([key, [shape]]) => {
    const value = node[key]
    const isGood =
      value === undefined || shape === 'one' || (shape === 'list' ? isList(value) : isObject(value))
    return isGood ? [] : [key]
  })
  const dropped = isBadRef ? ['$ref', ...misshapen] : misshapen
  return { node: dropped.length === 0 ? node : without(node, dropped), dropped }
}

/**
 * The `$ref` of an object; `null` where it has none. The specification has none in operations and
 * media types, but documents that are spread over files do, and every bundler follows them.
 */
export function refOf(node: JsonObject, kind: Kind): string | null {
  const ref = kind === 'document' || kind === 'components' ? undefined : node['$ref']
  return typeof ref === 'string' ? ref : null
}

/** Lists every reference below a node, with the kind of what it stands for. */
export function listRefs(root: Json, rootKind: Kind): { ref: string; kind: Kind }[] {
  const found: { ref: string; kind: Kind }[] = []
  const visit = (node: Json, kind: Kind): Json => {
    if (!isObject(node)) return node
    const ref = refOf(node, kind)
    if (ref !== null) found.push({ ref, kind })
    return mapChildren(node, kind, visit)
  }
  visit(root, rootKind)
  return found
}

function mapShape(
  value: Json,
  key: string,
  [shape, kind]: readonly [Shape, Kind],
  replace: (child: Json, kind: Kind, path: Path) => Json,
): Json {
  // Before 2020-12, `items` could list the schemas of a tuple.
  const isTuple = key === 'items' && isList(value)
  if (shape === 'one' && !isTuple) return replace(value, kind, [key])
  if (isList(value) && (shape === 'list' || isTuple)) {
    return value.map((item, index) => replace(item, kind, [key, String(index)]))
  }
  if (shape === 'map' && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, replace(item, kind, [key, name])]),
    )
  }
  return value
}
