import type { RawBody } from './body.ts'
import { toCommentText } from './code-text.ts'
import {
  isList,
  isObject,
  member,
  objectAt,
  stringsAt,
  without,
  type Json,
  type JsonObject,
} from './json.ts'
import { mapChildren, refOf, type Kind } from './openapi-walk.ts'
import type { PartsOf, RequestParts } from './request-parts.ts'
import { toTypeKeyword, typesOf, withoutProto } from './schema-dialect.ts'
import { cutText } from './texts.ts'

const MAX_COMMENT_BYTES = 400

/** Members that types are made of; the rest would only be comments, or be taken for references. */
const KEPT: Partial<Record<Kind, readonly string[]>> = {
  operation: ['summary', 'description', 'parameters', 'requestBody', 'responses'],
  parameter: ['name', 'in', 'required', 'description', 'schema'],
  header: ['required', 'description', 'schema'],
  requestBody: ['required', 'description', 'content'],
  response: ['description', 'headers', 'content'],
  mediaType: ['schema'],
  schema: [
    'type',
    'additionalProperties',
    'allOf',
    'anyOf',
    'const',
    'description',
    'enum',
    'format',
    'items',
    'nullable',
    'oneOf',
    'patternProperties',
    'prefixItems',
    'properties',
    'required',
    'title',
  ],
}

/** Components that types are made of. */
const SECTIONS = ['headers', 'requestBodies', 'responses', 'schemas']

/** What of a bundle is for openapi-typescript: only what types can say, and clean comments. */
export function toTypedDocument(document: JsonObject, partsOf: PartsOf): JsonObject {
  const paths = Object.entries(objectAt(document['paths'])).map(([path, item]): [string, Json] => {
    const operations = Object.entries(objectAt(item)).filter(
      ([key]) => key !== 'parameters' && key !== 'servers',
    )
    const typed = operations.map(([method, operation]): [string, Json] => {
      const upper = method.toUpperCase()
      const parts = partsOf({ method: upper, path })
      return [method, toTypedOperation(upper, objectAt(operation), parts)]
    })
    return [path, Object.fromEntries(typed)]
  })
  const components = Object.entries(objectAt(document['components'])).filter(([section]) =>
    SECTIONS.includes(section),
  )
  return {
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: Object.fromEntries(paths),
    components: mapChildren(Object.fromEntries(components), 'components', simplify),
  }
}

/** Operations keep no id: an id that two of them share, or a strange one, would make bad types. */
function toTypedOperation(method: string, operation: JsonObject, parts: RequestParts): Json {
  const parameters = parts.parameters.map(({ node, name, in: where, required, typed }) => ({
    ...node,
    name,
    in: where,
    required,
    schema: typed,
  }))
  const rest = method === 'POST' ? operation : without(operation, ['requestBody'])
  const body = parts.body === null ? {} : { requestBody: toTypedBody(parts.body) }
  return simplify({ ...rest, parameters, ...body }, 'operation')
}

/** The type of what the arguments make, which is less than the document describes. */
function toTypedBody({ mediaType, required, schema }: RawBody): Json {
  const typed = withoutDefinitions(without(schema, required ? [] : ['required']))
  return { required, content: { [mediaType]: { schema: typed } } }
}

/** What leads back to itself has no type: it is `unknown` there. */
function withoutDefinitions(schema: Json): Json {
  if (!isObject(schema)) return schema
  if (typeof schema['$ref'] === 'string') return {}
  return mapChildren(without(schema, ['$defs']), 'schema', withoutDefinitions)
}

function simplify(value: Json, kind: Kind): Json {
  if (!isObject(value)) return kind === 'schema' && value === true ? {} : value
  const ref = refOf(value, kind)
  if (ref !== null) return { $ref: ref }
  const kept = KEPT[kind] ?? []
  const source = kind === 'schema' ? withoutProto(value) : value
  const members = kept.flatMap((key): [string, Json][] => {
    const member = toMember(key, source, kind)
    return member === undefined ? [] : [[key, member]]
  })
  return mapChildren(Object.fromEntries(members), kind, simplify)
}

function toMember(key: string, holder: JsonObject, kind: Kind): Json | undefined {
  const value = holder[key]
  if (value === undefined) return undefined
  switch (key) {
    case 'title':
    case 'summary':
    case 'description':
    case 'format':
      return typeof value === 'string'
        ? cutText(toCommentText(value), MAX_COMMENT_BYTES)
        : undefined
    case 'type':
      return toTypeKeyword(typesOf(holder))
    case 'nullable':
      return value === true ? true : undefined
    case 'required':
      return kind === 'schema' ? stringsAt(value).filter(isSent(holder)) : value === true
    // What the arguments leave out with a warning has no type either.
    case 'const':
      return isScalar(value) ? value : undefined
    case 'enum':
      return isList(value) && value.length > 0 && value.every(isScalar) ? value : undefined
    default:
      return value
  }
}

/** What only answers have is asked of no call. */
function isSent({ properties }: JsonObject): (name: string) => boolean {
  return (name) => objectAt(member(objectAt(properties), name))['readOnly'] !== true
}

function isScalar(value: Json): boolean {
  return !isObject(value) && !isList(value)
}
