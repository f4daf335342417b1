import type { AllowList } from './allow-list.ts'
import type { Bundle } from './bundle.ts'
import type { OperationEntry } from './document.ts'
import { readArgumentSchema } from './input-schema.ts'
import {
  isList,
  isObject,
  listAt,
  member,
  objectAt,
  without,
  type Json,
  type JsonObject,
} from './json.ts'
import { compileJudge, type Judge } from './judge.ts'
import { parsePointer, valueAt, type Path } from './json-pointer.ts'
import type { ParameterModel, WireParameter } from './model.ts'
import { assignKeys } from './names.ts'
import type { Findings } from './problem.ts'
import { typesOf } from './schema-dialect.ts'
import { cutText, toPlainText } from './texts.ts'

const MAX_DESCRIPTION_BYTES = 500

/**
 * Headers that no caller may set: those that the connector or HTTP itself writes (OpenAPI 3.1,
 * section 4.8.12.1, names three), and those that make another request of it.
 */
const RESERVED_HEADERS = [
  'accept',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'cookie',
  'expect',
  'forwarded',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'traceparent',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-http-method',
  'x-http-method-override',
  'x-mcp-client',
  'x-method-override',
  'x-request-id',
]

/** RFC 9110, section 5.6.2. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** Styles by place, the default first (OpenAPI 3.1, section 4.8.12.3). */
const STYLES = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
} as const satisfies Record<WireParameter['in'], readonly string[]>

/** One parameter of an operation, before its schema is read. */
export type RawParameter = {
  /** Where it stands in the bundle. */
  readonly path: Path
  readonly node: JsonObject
  readonly name: string
  readonly in: WireParameter['in']
  readonly required: boolean
}

/** Lists the headers that no caller may set, in lower case. */
export function listOwnedHeaders({ upstream }: AllowList): ReadonlySet<string> {
  const own = [upstream.organizationHeader, ...Object.values(upstream.apiCredentials ?? {})]
  return new Set([
    ...RESERVED_HEADERS,
    ...own.flatMap((name) => (name === null ? [] : name.toLowerCase())),
  ])
}

/**
 * Lists what an operation can be sent: its own parameters over those of its path, in document
 * order, without the connector's headers and without what cannot be offered.
 */
export function listParameters(
  bundle: Bundle,
  { path, method }: OperationEntry,
  ownedHeaders: ReadonlySet<string>,
  findings: Findings,
): readonly RawParameter[] {
  const item: Path = ['paths', path]
  const operation = [...item, method.toLowerCase()]
  const unique = new Map<string, RawParameter>()
  for (const holder of [item, operation]) {
    const list = valueAt(bundle.document, [...holder, 'parameters'])
    for (const index of listAt(list).keys()) {
      const at = followBundled(bundle, [...holder, 'parameters', String(index)])
      const raw = readRaw(bundle, at, findings)
      if (raw !== null) unique.set(`${raw.in} ${raw.name}`, raw)
    }
  }
  const raws = [...unique.values()].filter((raw) => isOffered(bundle, raw, ownedHeaders, findings))
  return checkTemplate(bundle, { path, operation }, raws, findings)
}

/** Reads the schemas of parameters, and gives each the key it is called by. */
export function buildParameters(
  bundle: Bundle,
  raws: readonly RawParameter[],
  findings: Findings,
): readonly ParameterModel[] {
  const keys = assignKeys(raws)
  return raws.map((raw, index) => ({
    key: keys[index] ?? raw.name,
    name: raw.name,
    required: raw.required,
    schema: readParameterSchema(bundle, raw, findings),
    wire: toWire(bundle, raw, findings),
  }))
}

/** Follows references inside the bundle; each of them leads somewhere. */
export function followBundled({ document }: Bundle, path: Path): Path {
  let here = path
  for (let hops = 0; hops < 50; hops += 1) {
    const value = valueAt(document, here)
    const ref = isObject(value) ? value['$ref'] : undefined
    if (typeof ref !== 'string') break
    here = parsePointer(ref.slice(1))
  }
  return here
}

function readRaw(bundle: Bundle, path: Path, findings: Findings): RawParameter | null {
  const node = valueAt(bundle.document, path)
  if (!isObject(node)) return null
  const { name, in: where, required } = node
  const places = Object.keys(STYLES)
  if (Object.keys(node).length === 0) return null // a broken reference, reported already
  if (typeof name !== 'string' || !isPlace(where)) {
    const what = `is not a parameter: it needs a "name", and an "in" of ${places.join(', ')}`
    findings.problem(bundle.place(path), what)
    return null
  }
  return { path, node, name, in: where, required: where === 'path' || required === true }
}

function isPlace(value: Json | undefined): value is WireParameter['in'] {
  return typeof value === 'string' && Object.hasOwn(STYLES, value)
}

/** What cannot be offered is left out with a warning, or is a problem if the upstream needs it. */
function isOffered(
  bundle: Bundle,
  { node, path, name, in: where, required }: RawParameter,
  ownedHeaders: ReadonlySet<string>,
  findings: Findings,
): boolean {
  if (where === 'header' && ownedHeaders.has(name.toLowerCase())) return false
  const why =
    where === 'cookie'
      ? 'is a cookie'
      : isObject(node['content'])
        ? 'is serialised by media type ("content")'
        : where === 'header' && !HEADER_NAME.test(name)
          ? 'is no name of a header'
          : where === 'query' && name.toLowerCase() === '_method'
            ? 'may turn the request into a write'
            : null
  if (why === null) return true
  const what = `the parameter ${JSON.stringify(name)} ${why}, which is not supported`
  if (required) findings.problem(bundle.place(path), `${what}, and it is required`)
  else findings.warning(bundle.place(path), `${what}; it is left out`)
  return false
}

/** The path's template and its parameters must name each other. */
function checkTemplate(
  bundle: Bundle,
  { path, operation }: { readonly path: string; readonly operation: Path },
  raws: readonly RawParameter[],
  findings: Findings,
): readonly RawParameter[] {
  const names = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name)
  const sample = path.replace(/\{[^{}]*\}/g, 'x')
  if (URL.parse(`http://h${sample}`)?.pathname !== sample) {
    const what = `the path ${JSON.stringify(path)} cannot be sent as it stands`
    findings.warning(bundle.place(operation), what, 'percent-encode it in the document')
  }
  for (const name of names) {
    if (raws.some((raw) => raw.in === 'path' && raw.name === name)) continue
    const what = `the path has {${name}}, but no parameter of the operation describes it`
    findings.problem(bundle.place(operation), what)
  }
  return raws.filter((raw) => {
    const isKept = raw.in !== 'path' || names.includes(raw.name)
    if (!isKept) {
      const what = `the path ${path} has no {${raw.name}}; the parameter is left out`
      findings.warning(bundle.place(raw.path), what)
    }
    return isKept
  })
}

function readParameterSchema(bundle: Bundle, raw: RawParameter, findings: Findings): JsonObject {
  const { node, path } = raw
  const read = isObject(node['schema'])
    ? readArgumentSchema(bundle, [...path, 'schema'], findings)
    : { type: 'string' }
  const description =
    typeof node['description'] === 'string' ? toPlainText(node['description']) : ''
  const examples = listExamples(bundle, raw)
  const schema = {
    ...read,
    ...(description === '' ? {} : { description: cutText(description, MAX_DESCRIPTION_BYTES) }),
    ...(examples.length === 0 ? {} : { examples }),
    ...(node['deprecated'] === true ? { deprecated: true } : {}),
    ...(raw.in === 'path' ? buildPathLimits(read) : {}),
  }
  return withFittingValues(schema, (what) => findings.warning(bundle.place(path), what))
}

/** A default or an example that the schema itself refuses would teach callers mistakes. */
function withFittingValues(schema: JsonObject, warn: (what: string) => void): JsonObject {
  const { default: fallback, examples } = schema
  if (fallback === undefined && examples === undefined) return schema
  const judge = tryJudge(without(schema, ['default', 'examples']))
  if (judge === null) return schema // reported with its tool
  const fitting = listAt(examples).filter((value) => judge(value) === null)
  const reason = fallback === undefined ? null : judge(fallback)
  if (reason !== null) warn(`the default ${JSON.stringify(fallback)} is left out: it ${reason}`)
  return {
    ...without(schema, reason === null ? ['examples'] : ['examples', 'default']),
    ...(fitting.length === 0 ? {} : { examples: fitting }),
  }
}

function tryJudge(schema: JsonObject): Judge | null {
  try {
    return compileJudge(schema)
  } catch {
    return null
  }
}

/** An empty path segment would name another resource. */
function buildPathLimits(schema: JsonObject): JsonObject {
  if ('enum' in schema || 'const' in schema) return {}
  const types = typesOf(schema)
  const isUnset = (keyword: string) => !(Number(schema[keyword] ?? 0) > 0)
  return {
    ...(types.includes('string') && isUnset('minLength') ? { minLength: 1 } : {}),
    ...(types.includes('array') && isUnset('minItems') ? { minItems: 1 } : {}),
  }
}

/** A parameter has `example`, or `examples` by name. */
function listExamples(bundle: Bundle, { node, path }: RawParameter): readonly Json[] {
  if (node['example'] !== undefined) return [node['example']]
  if (isList(node['examples'])) return node['examples']
  return Object.keys(objectAt(node['examples'])).flatMap((name) => {
    const at = followBundled(bundle, [...path, 'examples', name])
    const value = member(objectAt(valueAt(bundle.document, at)), 'value')
    return value === undefined ? [] : [value]
  })
}

function toWire(bundle: Bundle, raw: RawParameter, findings: Findings): WireParameter {
  const { node, path, name, in: where } = raw
  const styles: readonly string[] = STYLES[where]
  const [fallback = 'form'] = styles
  const style = typeof node['style'] === 'string' ? node['style'] : fallback
  if (!styles.includes(style)) {
    const what = `the style ${JSON.stringify(style)} is not one for "${where}"`
    findings.problem(bundle.place([...path, 'style']), what, `there are ${styles.join(', ')}`)
  }
  const { explode, allowReserved } = node
  return {
    name,
    in: where,
    style,
    explode: typeof explode === 'boolean' ? explode : style === 'form',
    allowReserved: where === 'query' && allowReserved === true,
    content: null,
  }
}
