import type { Bundle } from '../document/bundle.ts'
import type { OperationEntry } from '../document/document.ts'
import { fitToTemplate } from './fit-to-template.ts'
import { followBundled } from '../document/follow-bundled.ts'
import { isObject, listAt, member, objectAt, type Json, type JsonObject } from '../json.ts'
import { valueAt, type Path } from '../json-pointer.ts'
import { takesJson } from '../document/media-type.ts'
import type { WireParameter } from '../model.ts'
import { findGiver, keyOf, listSchemeParameters, type Owned } from './owned-parameters.ts'
import { parsePathTemplate } from './path-template.ts'
import type { Findings } from '../problem.ts'

/** RFC 9110, section 5.6.2: what the name of a header, or of a cookie (RFC 6265), is made of. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

const PLACES = [
  'path',
  'query',
  'header',
  'cookie',
] as const satisfies readonly WireParameter['in'][]

/** One parameter of an operation, before its schema is read. */
export type RawParameter = {
  /** Where it stands in the bundle. */
  readonly path: Path
  readonly node: JsonObject
  readonly name: string
  readonly in: WireParameter['in']
  readonly required: boolean
  /** The media type that the value is written in instead of a style; `null` where it has a style. */
  readonly content: string | null
  /** Where its schema stands; `null` where its value is a text of any kind. */
  readonly schemaPath: Path | null
  /** The schema as the document has it, which its type is made of. */
  readonly typed: Json
}

/**
 * Lists what an operation can be sent: its own parameters over those of its path, in document
 * order, without what the connector sends itself and without what cannot be offered.
 */
export function listParameters(
  bundle: Bundle,
  operation: OperationEntry,
  own: ReadonlySet<string>,
  findings: Findings,
): readonly RawParameter[] {
  const item: Path = ['paths', operation.path]
  const { names } = parsePathTemplate(operation.path, [])
  const unique = new Map<string, RawParameter>()
  for (const holder of [item, [...item, operation.method.toLowerCase()]]) {
    const list = valueAt(bundle.document, [...holder, 'parameters'])
    for (const index of listAt(list).keys()) {
      const at = followBundled(bundle, [...holder, 'parameters', String(index)])
      const raw = readRaw(bundle, at, names, findings)
      if (raw !== null) unique.set(keyOf(raw.in, raw.name), raw)
    }
  }
  const owned: Owned = { own, schemes: listSchemeParameters(bundle) }
  const raws = [...unique.values()].filter((raw) => isOffered(bundle, raw, owned, findings))
  return fitToTemplate(bundle, operation, raws, findings)
}

function readRaw(
  bundle: Bundle,
  path: Path,
  pathNames: readonly string[],
  findings: Findings,
): RawParameter | null {
  const node = valueAt(bundle.document, path)
  if (!isObject(node) || Object.keys(node).length === 0) return null // a broken reference, reported already
  const { name, required } = node
  if (typeof name !== 'string' || name === '') {
    reportBroken(bundle, path, node, 'it needs a "name"', findings)
    return null
  }
  const where = toPlace(node['in'])
  if (where !== null) {
    const isRequired = where === 'path' || required === true
    return { path, node, name, in: where, required: isRequired, ...findSchema(node, path) }
  }
  if (!pathNames.includes(name)) {
    const what = `${JSON.stringify(name)} needs an "in" of ${PLACES.join(', ')}`
    reportBroken(bundle, path, node, what, findings)
    return null
  }
  const what = `${JSON.stringify(name)} says no known "in"; the path has it, so it is sent there`
  findings.warning(bundle.place(path), what)
  return { path, node, name, in: 'path', required: true, ...findSchema(node, path) }
}

/** What the upstream can do without is left out. */
function reportBroken(
  bundle: Bundle,
  path: Path,
  node: JsonObject,
  what: string,
  findings: Findings,
): void {
  const message = `is not a parameter: ${what}`
  if (node['required'] === true) findings.problem(bundle.place(path), message)
  else findings.warning(bundle.place(path), `${message}; it is left out`)
}

function toPlace(value: Json | undefined): WireParameter['in'] | null {
  return PLACES.find((place) => place === value) ?? null
}

/** A parameter has a `schema`, or one media type under `content` (OpenAPI 3.1, section 4.8.12.2). */
function findSchema(
  node: JsonObject,
  path: Path,
): Pick<RawParameter, 'content' | 'schemaPath' | 'typed'> {
  const [content] = Object.keys(objectAt(node['content']))
  if (content === undefined) {
    const schema = node['schema']
    if (!isObject(schema)) return { content: null, schemaPath: null, typed: { type: 'string' } }
    return { content: null, schemaPath: [...path, 'schema'], typed: withEmpty(node, schema) }
  }
  if (!takesJson(content)) return { content, schemaPath: null, typed: { type: 'string' } }
  const schema = member(objectAt(member(objectAt(node['content']), content)), 'schema')
  return {
    content,
    schemaPath: [...path, 'content', content, 'schema'],
    typed: schema === undefined ? {} : schema,
  }
}

/** `allowEmptyValue` lets an empty text stand for any value (OpenAPI 3.1, section 4.8.12.2). */
function withEmpty(node: JsonObject, schema: JsonObject): Json {
  if (!allowsEmpty(node)) return schema
  return { anyOf: [schema, { type: 'string', enum: [''] }] }
}

/** Answers whether a parameter may be given without a value; only those of a query may. */
export function allowsEmpty(node: JsonObject): boolean {
  return node['in'] === 'query' && node['allowEmptyValue'] === true
}

/** What cannot be offered is left out with a warning, or is a problem if the upstream needs it. */
function isOffered(bundle: Bundle, raw: RawParameter, owned: Owned, findings: Findings): boolean {
  const subject = `the parameter ${JSON.stringify(raw.name)}`
  const giver = findGiver(raw, owned)
  if (giver === 'connector') return false
  if (giver === 'credential') {
    const what = `${subject} is a credential; the connector sends the member's own, and not this one`
    findings.warning(bundle.place(raw.path), what)
    return false
  }
  const isHeader = raw.in === 'header' || raw.in === 'cookie'
  const why =
    giver === 'write'
      ? 'may turn the request into a write'
      : isHeader && !TOKEN.test(raw.name)
        ? `is no name of a ${raw.in}`
        : null
  if (why === null) return true
  const place = bundle.place(raw.path)
  if (raw.required) findings.problem(place, `${subject} ${why}, and it is required`)
  else findings.warning(place, `${subject} ${why}; it is left out`)
  return false
}
