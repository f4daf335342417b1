import openapiTS, { astToString } from 'openapi-typescript'
import type { Bundle } from './bundle.ts'
import { toCommentText } from './code-text.ts'
import type { OperationEntry } from './document.ts'
import {
  isObject,
  listAt,
  objectAt,
  stringsAt,
  without,
  type Json,
  type JsonObject,
} from './json.ts'
import { mapChildren, refOf, type Kind } from './openapi-walk.ts'
import type { RawParameter } from './parameters.ts'
import type { Findings } from './problem.ts'
import { toTypeKeyword, typesOf, withoutProto } from './schema-dialect.ts'
import { cutText } from './texts.ts'

const MAX_COMMENT_BYTES = 400

/** What a type can say of a schema; examples, defaults and bounds would only be comments. */
const SCHEMA_KEYWORDS = [
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
  'type',
]

/** Components that types are made of. */
const SECTIONS = ['headers', 'requestBodies', 'responses', 'schemas']

/**
 * Writes the types of the bundle. They demand of a call what the connector's callers can give:
 * `parametersOf` lists that, and the headers the connector adds itself are not in it.
 */
export async function writeUpstreamTypes(
  bundle: Bundle,
  parametersOf: ReadonlyMap<string, readonly RawParameter[]>,
  findings: Findings,
): Promise<string> {
  const { document } = bundle
  const paths = Object.entries(objectAt(document['paths'])).map(([path, item]): [string, Json] => [
    path,
    toTypedPathItem(path, objectAt(item), parametersOf),
  ])
  const components = Object.entries(objectAt(document['components']))
    .filter(([section]) => SECTIONS.includes(section))
    .map(([section, items]): [string, Json] => [section, items])
  const typed = {
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: Object.fromEntries(paths),
    components: simplify(Object.fromEntries(components), 'components'),
  }
  try {
    const options = { silent: true, emptyObjectsUnknown: true, defaultNonNullable: false }
    // Outside comments, which are clean, line separators stand in string literals only.
    return astToString(await openapiTS(JSON.stringify(typed), options))
      .replaceAll('\u2028', '\\u2028')
      .replaceAll('\u2029', '\\u2029')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    findings.problem(bundle.place([]), `openapi-typescript cannot write its types: ${reason}`)
    return ''
  }
}

/** How `parametersOf` names an operation. */
export function typesKey({ method, path }: Pick<OperationEntry, 'method' | 'path'>): string {
  return `${method} ${path}`
}

/** Operations keep no id: an id that two of them share, or a strange one, would make bad types. */
function toTypedPathItem(
  path: string,
  item: JsonObject,
  parametersOf: ReadonlyMap<string, readonly RawParameter[]>,
): Json {
  const operations = Object.entries(item).filter(
    ([key]) => key !== 'parameters' && key !== 'servers',
  )
  return Object.fromEntries(
    operations.map(([method, operation]) => {
      const raws = parametersOf.get(typesKey({ method: method.toUpperCase(), path })) ?? []
      const { summary, description, requestBody, responses } = objectAt(operation)
      const kept = Object.entries({ summary, description, requestBody, responses }).filter(
        (entry): entry is [string, Json] => entry[1] !== undefined,
      )
      const parameters = raws.map(({ node, name, in: where, required }) => ({
        ...without(node, ['examples', 'example']),
        name,
        in: where,
        required,
      }))
      return [method, simplify({ parameters, ...Object.fromEntries(kept) }, 'operation')]
    }),
  )
}

function simplify(value: Json, kind: Kind): Json {
  if (!isObject(value)) return kind === 'schema' && value === true ? {} : value
  const ref = refOf(value, kind)
  if (ref !== null) return { $ref: ref }
  const rest = kind === 'schema' ? simplifySchema(value) : without(value, ['example', 'examples'])
  const commented = Object.entries(rest).map(([key, item]): [string, Json] => [
    key,
    isComment(key, item) ? cutText(toCommentText(item), MAX_COMMENT_BYTES) : item,
  ])
  return mapChildren(Object.fromEntries(commented), kind, simplify)
}

function simplifySchema(schema: JsonObject): JsonObject {
  const kept = Object.entries(schema).filter(
    ([key, value]) =>
      SCHEMA_KEYWORDS.includes(key) &&
      key !== 'type' &&
      // An empty enum is left out of the arguments as well, with a warning.
      (key !== 'enum' || listAt(value).length > 0),
  )
  const type = toTypeKeyword(typesOf(schema))
  const { required, ...others } = withoutProto(Object.fromEntries(kept))
  const rest = required === undefined ? others : { ...others, required: stringsAt(required) }
  return type === undefined ? rest : { type, ...rest }
}

function isComment(key: string, value: Json): value is string {
  return ['title', 'summary', 'description', 'format'].includes(key) && typeof value === 'string'
}
