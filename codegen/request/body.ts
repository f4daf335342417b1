import type { Bundle } from '../document/bundle.ts'
import type { OperationEntry } from '../document/document.ts'
import { followBundled } from '../document/follow-bundled.ts'
import { standAlone } from './input-root.ts'
import { readArgumentSchema } from '../schema/input-schema.ts'
import { isObject, listAt, member, objectAt, stringsAt, without, type JsonObject } from '../json.ts'
import { toPointer, valueAt, type Path } from '../json-pointer.ts'
import { findJsonType, takesJson } from '../document/media-type.ts'
import type { Findings } from '../problem.ts'
import { withUsedParts } from '../schema/schema-definitions.ts'
import { typesOf } from '../schema/schema-dialect.ts'

/** The JSON body of a request that reads: member by member, or in one piece. */
export type RawBody = {
  /** The key under `content`; a range is sent as `application/json`. */
  readonly mediaType: string
  readonly required: boolean
  /** JSON Schema (2020-12) of the whole, without what only the upstream writes. */
  readonly schema: JsonObject
  /** What the body is put together of; `null` where it is one argument. */
  readonly members: readonly BodyPart[] | null
}

/** One member of a body. */
export type BodyPart = {
  readonly name: string
  readonly required: boolean
  readonly schema: JsonObject
}

/**
 * Reads the body that a tool sends; `null` where it sends none. A GET's is not sent: it has no
 * meaning there (RFC 9110, section 9.3.1), and some servers refuse it.
 */
export function readBody(
  bundle: Bundle,
  { path, method }: OperationEntry,
  findings: Findings,
): RawBody | null {
  const at = followBundled(bundle, ['paths', path, method.toLowerCase(), 'requestBody'])
  const node = valueAt(bundle.document, at)
  if (!isObject(node)) return null
  const required = node['required'] === true
  if (method !== 'POST') {
    const what = `the body of a ${method} is not sent, though the document requires it`
    if (required) findings.warning(bundle.place(at), what)
    return null
  }
  const types = Object.keys(objectAt(node['content']))
  const key = findJsonType(types)?.key ?? types.find(takesJson)
  if (key === undefined && types.length > 0) {
    const what = `the body is ${types.join(' or ')}; only JSON bodies can be sent`
    if (required) findings.problem(bundle.place(at), what, 'take the tool out of the allow-list')
    else findings.warning(bundle.place(at), `${what}, and none is`)
    return null
  }
  if (key === undefined && !required) return null
  const schemaPath = [...at, 'content', key ?? '', 'schema']
  const schema = key === undefined ? {} : readArgumentSchema(bundle, schemaPath, findings)
  const mediaType = key === undefined || key.includes('*') ? 'application/json' : key
  return { mediaType, required, ...toParts(bundle, schema, schemaPath, required) }
}

/**
 * Takes an object apart into arguments. What cannot be told in that way, a list, a choice between
 * objects, an object with members of any name, stays in one piece.
 *
 * The members that the schema requires are required of the caller only where the body itself is:
 * an optional body may be left out with all of them, and whether half of it will do is for the
 * upstream to judge.
 */
function toParts(
  bundle: Bundle,
  read: JsonObject,
  path: Path,
  isRequired: boolean,
): Pick<RawBody, 'schema' | 'members'> {
  const root = standAlone(read, read)
  const hidden = listReadOnlyNames(bundle, path)
  const properties = without(objectAt(root['properties']), hidden)
  const required = stringsAt(root['required']).filter((name) => !hidden.includes(name))
  const schema = {
    ...root,
    ...('properties' in root ? { properties } : {}),
    ...('required' in root ? { required } : {}),
  }
  const names = new Set([...Object.keys(properties), ...required])
  const [type, ...otherTypes] = typesOf(root)
  const isWhole =
    type !== 'object' ||
    otherTypes.length > 0 ||
    names.size === 0 ||
    ['allOf', 'anyOf', 'oneOf', 'enum', 'const', 'not'].some((keyword) => keyword in root)
  if (isWhole) return { schema, members: null }
  const members = [...names].map((name) => ({
    name,
    required: isRequired && required.includes(name),
    schema: withUsedParts(objectAt(member(properties, name)), objectAt(read['$defs'])),
  }))
  return { schema, members }
}

/** The properties that only answers have (`readOnly`; OpenAPI 3.1 takes it from JSON Schema). */
function listReadOnlyNames(
  bundle: Bundle,
  path: Path,
  seen = new Set<string>(),
): readonly string[] {
  const at = followBundled(bundle, path)
  const node = valueAt(bundle.document, at)
  if (!isObject(node) || seen.has(toPointer(at))) return []
  seen.add(toPointer(at))
  const own = Object.keys(objectAt(node['properties'])).filter((name) => {
    const property = followBundled(bundle, [...at, 'properties', name])
    const holders = [...at, 'properties', name]
    return [property, holders].some(
      (place) => objectAt(valueAt(bundle.document, place))['readOnly'] === true,
    )
  })
  const parts = [...listAt(node['allOf']).keys()].flatMap((index) =>
    listReadOnlyNames(bundle, [...at, 'allOf', String(index)], seen),
  )
  return [...own, ...parts]
}
