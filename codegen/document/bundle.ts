import {
  byCodeUnit,
  compact,
  isObject,
  listAt,
  objectAt,
  stringsAt,
  textAt,
  without,
  withoutExtensions,
  type Json,
  type JsonObject,
} from '../json.ts'
import { toPointer, valueAt, type Path } from '../json-pointer.ts'
import type { DocumentSource } from './load.ts'
import {
  followRef,
  followRefs,
  placeOf,
  type BrokenRef,
  type Located,
  type OperationEntry,
} from './document.ts'
import {
  dropMisshapen,
  isOfKind,
  mapChildren,
  refOf,
  SECTION_OF,
  type Kind,
} from './openapi-walk.ts'
import type { Findings, Place, Report } from '../problem.ts'
import { upgradeSwagger2 } from './swagger2/upgrade.ts'

/** The document with nothing but the allowed operations and what they reach, in one piece. */
export type Bundle = {
  /** Every `$ref` in it is `#/components/<section>/<name>` and leads somewhere. */
  readonly document: JsonObject
  /** Where the document was fetched from; `null` where that is not known. */
  readonly url: string | null
  /** Where something of the bundle stands in the files it came from. */
  readonly place: (path: Path) => Place
}

/** What may tell more than the allowed operations, or means nothing without the rest. */
const DROPPED: Partial<Record<Kind, readonly string[]>> = {
  operation: ['callbacks'],
  response: ['links'],
  schema: ['$schema', '$id', '$anchor', '$dynamicAnchor', '$dynamicRef', '$defs', '$comment'],
}

/**
 * Keeps the given operations. Vendor extensions (`x-…`), callbacks and links are left out.
 *
 * What is wrong with a request is a problem, for nobody could say what is to be sent; what is wrong
 * with an answer is a warning: it is read as the upstream gives it.
 */
export function bundleDocument(
  source: DocumentSource,
  operations: readonly OperationEntry[],
  findings: Findings,
): Bundle {
  const root = objectAt(source.main.value)
  const components = collectComponents(source)
  const paths = bundlePaths(operations, components, findings)
  const kept = operations.map(({ operation }) => objectAt(operation.value))
  const schemes = [root, ...kept].flatMap(({ security }) => listAt(security).map(objectAt))
  for (const name of new Set(schemes.flatMap((scheme) => Object.keys(scheme)))) {
    components.keep('securitySchemes', name)
  }
  components.finish(findings.warning)
  const tagNames = new Set(kept.flatMap(({ tags }) => stringsAt(tags)))
  const tags = listAt(root['tags']).filter((tag) => tagNames.has(textAt(objectAt(tag)['name'])))
  const { swagger, openapi, host, basePath, schemes: protocols, consumes, produces } = root
  const document = compact({
    ...{ swagger, openapi, host, basePath, schemes: protocols, consumes, produces },
    info: withoutExtensions(root['info']),
    servers: withoutExtensions(root['servers']),
    security: root['security'],
    tags: tags.length === 0 ? undefined : withoutExtensions(tags),
    paths: paths.value,
    components: components.list(),
  })
  const origins = new Map([...paths.origins, ...components.origins])
  const bundle: Bundle = {
    document,
    url: source.url,
    place: (path) => placeOf(source, originOf(origins, path)),
  }
  return swagger === undefined ? bundle : upgradeSwagger2(bundle)
}

type Copy = (located: Located, kind: Kind, report: Report) => Json
type Origins = Map<string, Located>

/** First all requests with all that they reach, then the answers: the first decide how a fault counts. */
function bundlePaths(
  operations: readonly OperationEntry[],
  components: Components,
  { problem, warning }: Findings,
) {
  const origins: Origins = new Map()
  const items = new Map<string, JsonObject>()
  const sorted = operations.toSorted(byPathThenMethod)
  for (const { path, method, pathItem, operation } of sorted) {
    const key = method.toLowerCase()
    const { parameters, servers } = objectAt(pathItem.value)
    const item =
      items.get(path) ??
      objectAt(
        components.copy(
          { ...pathItem, value: compact({ parameters, servers }) },
          'pathItem',
          problem,
        ),
      )
    const request = without(objectAt(operation.value), ['responses'])
    const copy = components.copy({ ...operation, value: request }, 'operation', problem)
    items.set(path, { ...item, [key]: copy })
    origins.set(toPointer(['paths', path]), pathItem)
    origins.set(toPointer(['paths', path, key]), operation)
  }
  components.finish(problem)
  for (const { path, method, operation } of sorted) {
    const key = method.toLowerCase()
    const { responses } = objectAt(operation.value)
    const answers = components.copy(
      { ...operation, value: compact({ responses }) },
      'operation',
      warning,
    )
    const item = objectAt(items.get(path))
    items.set(path, { ...item, [key]: { ...objectAt(item[key]), ...objectAt(answers) } })
  }
  return { value: Object.fromEntries(items), origins }
}

type Components = {
  readonly copy: Copy
  /** Where each component comes from. */
  readonly origins: Origins
  keep(section: 'securitySchemes', name: string): void
  /** Copies what has been referred to so far, and what that refers to. */
  finish(report: Report): void
  list(): JsonObject | undefined
}

/** Copies parts of the document, and gathers what they refer to under names of its own. */
function collectComponents(source: DocumentSource): Components {
  const sections = new Map<string, Map<string, Json>>()
  const names = new Map<string, string>()
  const origins: Origins = new Map()
  const root = objectAt(source.main.value)
  const queue: { readonly target: Located; readonly kind: Kind; readonly name: string }[] = []

  const reportBroken = ({ broken, hint, at }: BrokenRef, report: Report) => {
    report(placeOf(source, { ...at, path: [...at.path, '$ref'] }), broken, hint)
    return {}
  }
  const nameOf = (target: Located, kind: Kind, section: Section): string => {
    const key = JSON.stringify([section, target.file, target.path])
    const known = names.get(key)
    if (known !== undefined) return known
    const taken = sections.get(section) ?? new Map<string, Json>()
    sections.set(section, taken)
    const home = homeOf(section, root)
    const isOwn = target.file === '' && toPointer(target.path.slice(0, -1)) === toPointer(home)
    const reserved = isOwn ? [] : Object.keys(objectAt(valueAt(root, home)))
    const name = freeName(wishedName(target, section), new Set([...taken.keys(), ...reserved]))
    names.set(key, name)
    taken.set(name, {})
    origins.set(toPointer(['components', section, name]), target)
    queue.push({ target, kind, name })
    return name
  }
  const copy: Copy = ({ value, file, path }, kind, report) => {
    if (!isOfKind(value, kind)) {
      const what = `is not a ${kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`
      report(placeOf(source, { file, path }), what)
      return {}
    }
    if (!isObject(value)) return value
    const here: Located = { value, file, path }
    const { node, dropped } = dropMisshapen(value, kind)
    for (const key of dropped) {
      const what = `${JSON.stringify(key)} has the wrong shape`
      report(placeOf(source, { file, path: [...path, key] }), what)
    }
    const ref = refOf(value, kind)
    const section = SECTION_OF[kind]
    const rest = withNullable(node, kind)
    const copyChildren = () =>
      mapChildren(rest, kind, (child, childKind, steps) =>
        copy({ value: child, file, path: [...path, ...steps] }, childKind, report),
      )
    if (ref === null) return copyChildren()
    const target = followRef(source, ref, here)
    if ('broken' in target) return reportBroken(target, report)
    const end = followRefs(source, here, kind)
    if (section === null) {
      return 'broken' in end ? reportBroken(end, report) : copy(end, kind, report)
    }
    if ('broken' in end && end.at === here) return reportBroken(end, report)
    const name = nameOf(target, kind, section)
    return { ...copyChildren(), $ref: `#${toPointer(['components', section, name])}` }
  }
  return {
    copy,
    origins,
    keep(section, name) {
      const path = [...homeOf(section, root), name]
      const value = valueAt(root, path)
      if (value !== undefined) nameOf({ value, file: '', path }, 'securityScheme', section)
    },
    finish(report) {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const section = SECTION_OF[next.kind]
        if (section !== null) {
          sections.get(section)?.set(next.name, copy(next.target, next.kind, report))
        }
      }
    },
    list() {
      if (sections.size === 0) return undefined
      const sorted = [...sections].sort(([left], [right]) => byCodeUnit(left, right))
      return Object.fromEntries(
        sorted.map(([section, items]) => [
          section,
          Object.fromEntries([...items].sort(([left], [right]) => byCodeUnit(left, right))),
        ]),
      )
    },
  }
}

type Section = NonNullable<(typeof SECTION_OF)[Kind]>

/** Swagger 2.0 keeps its components under other names, beside `paths`. */
const SWAGGER2_HOMES: Partial<Record<Section, string>> = {
  schemas: 'definitions',
  parameters: 'parameters',
  responses: 'responses',
  securitySchemes: 'securityDefinitions',
}

function homeOf(section: Section, { swagger }: JsonObject): Path {
  return swagger === undefined ? ['components', section] : [SWAGGER2_HOMES[section] ?? section]
}

/** Vendors of Swagger 2.0 write `x-nullable` for what OpenAPI 3.0 has a keyword for. */
function withNullable(node: JsonObject, kind: Kind): JsonObject {
  const kept = Object.entries(node).filter(
    ([key]) => !key.startsWith('x-') && DROPPED[kind]?.includes(key) !== true,
  )
  const isNullable = kind === 'schema' && node['x-nullable'] === true && !('nullable' in node)
  return { ...Object.fromEntries(kept), ...(isNullable ? { nullable: true } : {}) }
}

/** A component keeps its name; anything else is named after its last step, or after its file. */
function wishedName({ file, path }: Located, section: string): string {
  const fileName = (file.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '')
  const wish = (path.at(-1) ?? fileName).replace(/[^A-Za-z0-9._-]+/g, '_')
  return wish === '' || wish === '__proto__' ? section : wish
}

function freeName(wish: string, taken: ReadonlySet<string>): string {
  let name = wish
  for (let count = 2; taken.has(name); count += 1) name = `${wish}_${count}`
  return name
}

function originOf(origins: Origins, path: Path): Pick<Located, 'file' | 'path'> {
  for (let length = path.length; length > 0; length -= 1) {
    const origin = origins.get(toPointer(path.slice(0, length)))
    if (origin !== undefined) {
      return { file: origin.file, path: [...origin.path, ...path.slice(length)] }
    }
  }
  return { file: '', path }
}

function byPathThenMethod(left: OperationEntry, right: OperationEntry): number {
  return byCodeUnit(left.path, right.path) || byCodeUnit(left.method, right.method)
}
