import {
  isList,
  isObject,
  listAt,
  objectAt,
  textAt,
  type Json,
  type JsonObject,
} from '../../codegen/json.ts'

/** One parameter as a judge reads it, straight from the document. */
export type JudgedParameter = {
  readonly name: string
  readonly in: string
  /** The parameter object, its references replaced by what they name. */
  readonly node: JsonObject
  readonly schema: JsonObject
  readonly style: string
  readonly explode: boolean
}

/** One operation as a judge reads it. */
export type JudgedOperation = {
  /** The document's own version: `2.0`, `3.0.3`, `3.1.0` … */
  readonly version: string
  readonly path: string
  readonly method: string
  readonly parameters: readonly JudgedParameter[]
  readonly requestBody: JsonObject | null
}

/** A parameter's value in one call. */
export type SentValue = { readonly parameter: JudgedParameter; readonly value: Json }

/** All that one call was meant to say. */
export type Meant = {
  readonly operation: JudgedOperation
  /** What the caller gave. */
  readonly given: readonly SentValue[]
  /** What of that can be sent: nothing that RFC 6570, section 2.3, calls undefined. */
  readonly values: readonly SentValue[]
  readonly body: Json | undefined
  /** The tool accepts more than the document's own schemas: they are too large, or contradict themselves. */
  readonly isWidened: boolean
}

/** References are followed this deep; what lies below has no say in how a value is written. */
const MAX_DEPTH = 12

/**
 * Reads one operation of a document without any of the generator's code.
 *
 * @throws {Error} if the document has no such operation
 */
export function readJudgedOperation(
  document: JsonObject,
  path: string,
  method: string,
): JudgedOperation {
  const item = objectAt(inline(document, objectAt(document['paths'])[path]))
  const operation = item[method.toLowerCase()]
  if (!isObject(operation)) throw new Error(`the document has no ${method} ${path}`)
  const unique = new Map<string, JudgedParameter>()
  for (const node of [...listAt(item['parameters']), ...listAt(operation['parameters'])]) {
    const parameter = readParameter(objectAt(node))
    unique.set(`${parameter.in} ${parameter.name}`, parameter)
  }
  return {
    version: textAt(document['swagger']) || textAt(document['openapi']),
    path,
    method,
    parameters: [...unique.values()],
    requestBody: isObject(operation['requestBody']) ? operation['requestBody'] : null,
  }
}

/** Every text in a value, the names of members among them. */
export function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap((item: Json) => textsIn(item))
  return Object.entries(objectAt(value)).flatMap(([key, item]) => [key, ...textsIn(item)])
}

/** Every type that a schema allows, through its branches; empty where it does not say. */
export function typesIn(schema: JsonObject): ReadonlySet<string> {
  const { type } = schema
  const own =
    typeof type === 'string' ? [type] : listAt(type).filter((one) => typeof one === 'string')
  const branches = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => listAt(schema[key])).map(objectAt)
  return new Set(own.length > 0 ? own : branches.flatMap((branch) => [...typesIn(branch)]))
}

/** What `collectionFormat` is in 3.0, in a query (Swagger 2.0, Parameter Object). */
const COLLECTION_STYLES: Readonly<Record<string, string>> = {
  csv: 'form',
  ssv: 'spaceDelimited',
  tsv: 'tabDelimited',
  pipes: 'pipeDelimited',
  multi: 'form',
}

function readParameter(node: JsonObject): JudgedParameter {
  const where = textAt(node['in'])
  if (node['type'] === 'array') {
    const format = textAt(node['collectionFormat']) || 'csv'
    const isSimple = where !== 'query' && format === 'csv'
    const style = isSimple ? 'simple' : (COLLECTION_STYLES[format] ?? 'form')
    return {
      name: textAt(node['name']),
      in: where,
      node,
      schema: node,
      style,
      explode: format === 'multi',
    }
  }
  const style =
    textAt(node['style']) || (where === 'path' || where === 'header' ? 'simple' : 'form')
  return {
    name: textAt(node['name']),
    in: where,
    node,
    schema: isObject(node['schema']) ? node['schema'] : node,
    style,
    explode: typeof node['explode'] === 'boolean' ? node['explode'] : style === 'form',
  }
}

function inline(document: JsonObject, value: Json | undefined, depth = 0): Json {
  if (value === undefined) return {}
  if (isList(value)) {
    return depth > MAX_DEPTH ? [] : value.map((item) => inline(document, item, depth + 1))
  }
  if (!isObject(value)) return value
  if (depth > MAX_DEPTH) return {}
  const { $ref: ref, ...rest } = value
  const read = (members: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(members).map(([key, item]) =>
        // Responses have no say in a request, and hold nearly all of a document.
        key === 'responses' || key === 'callbacks'
          ? [key, {}]
          : [key, inline(document, item, depth + 1)],
      ),
    )
  if (typeof ref !== 'string') return read(value)
  const target = ref
    .slice(2)
    .split('/')
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>(
      (at, step) => (isList(at) ? at[Number(step)] : objectAt(at)[step]),
      document,
    )
  const named = objectAt(inline(document, target, depth + 1))
  // OpenAPI 3.0, section 4.7.23.1: what stands beside a reference is ignored.
  const isModern = /^3\.[1-9]/.test(textAt(document['openapi']))
  return isModern ? { ...named, ...read(rest) } : named
}
