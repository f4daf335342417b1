import { toCommentText } from './code-text.ts'
import {
  byCodeUnit,
  isList,
  isObject,
  member,
  objectAt,
  stringsAt,
  without,
  type Json,
  type JsonObject,
} from '../json.ts'
import { parsePointer } from '../json-pointer.ts'
import type { ToolModel } from '../model.ts'
import { listRefs, mapChildren, refOf, type Kind } from '../document/openapi-walk.ts'
import type { PartsOf } from '../request/request-parts.ts'
import { toTypeKeyword, typesOf, withoutProto } from '../schema/schema-dialect.ts'
import { cutText } from '../tool/texts.ts'
import { toTypedRequest } from './typed-request.ts'

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

/**
 * What of a bundle is for openapi-typescript: what the operations are sent and answer, as far as types
 * can say it, with clean comments.
 */
export function toTypedDocument(
  document: JsonObject,
  partsOf: PartsOf,
  tools: readonly ToolModel[],
): JsonObject {
  const paths = Object.entries(objectAt(document['paths'])).map(([path, item]): [string, Json] => {
    const operations = Object.entries(objectAt(item)).filter(
      ([key]) => key !== 'parameters' && key !== 'servers',
    )
    const typed = operations.map(([key, operation]): [string, Json] => {
      const method = key.toUpperCase()
      const own = tools.filter(
        (tool) => tool.operation.path === path && tool.operation.method === method,
      )
      // Operations keep no id: an id that two of them share, or a strange one, would make bad types.
      const rest =
        method === 'POST' ? objectAt(operation) : without(objectAt(operation), ['requestBody'])
      const request = toTypedRequest(partsOf({ method, path }), own)
      return [key, simplify({ ...rest, ...request }, 'operation')]
    })
    return [path, Object.fromEntries(typed)]
  })
  const typed = { paths: Object.fromEntries(paths) }
  return {
    openapi: '3.1.0',
    info: { title: '', version: '' },
    ...typed,
    components: keepReached(typed, objectAt(document['components'])),
  }
}

/** Keeps what answers refer to; arguments have their references written out. */
function keepReached(root: JsonObject, components: JsonObject): JsonObject {
  const kept = new Map<string, Map<string, Json>>()
  const queue = listRefs(root, 'document')
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { ref, kind } = next
    const [, section = '', name = ''] = parsePointer(ref.slice(1))
    const items = kept.get(section) ?? new Map<string, Json>()
    kept.set(section, items)
    if (items.has(name)) continue
    const value = simplify(member(objectAt(components[section]), name) ?? {}, kind)
    items.set(name, value)
    queue.push(...listRefs(value, kind))
  }
  return Object.fromEntries(
    [...kept]
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([section, items]) => [
        section,
        Object.fromEntries([...items].sort(([a], [b]) => byCodeUnit(a, b))),
      ]),
  )
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
