import {
  byCodeUnit,
  isList,
  isObject,
  listAt,
  member,
  objectAt,
  stringsAt,
  textAt,
  type Json,
  type JsonObject,
} from './json.ts'
import { toPointer, type Path } from './json-pointer.ts'
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
import type { Findings, Place } from './problem.ts'

/** The document with nothing but the allowed operations and what they reach, in one piece. */
export type Bundle = {
  /** Every `$ref` in it is `#/components/<section>/<name>` and leads somewhere. */
  readonly document: JsonObject
  /** Where something of the bundle stands in the files it came from. */
  readonly place: (path: Path) => Place
}

/** What may tell more than the allowed operations, or means nothing without the rest. */
const DROPPED: Partial<Record<Kind, readonly string[]>> = {
  operation: ['callbacks'],
  response: ['links'],
  schema: ['$schema', '$id', '$anchor', '$dynamicAnchor', '$dynamicRef', '$defs', '$comment'],
}

/** Keeps the given operations. Vendor extensions (`x-…`), callbacks and links are left out. */
export function bundleDocument(
  source: DocumentSource,
  operations: readonly OperationEntry[],
  findings: Findings,
): Bundle {
  const root = objectAt(source.main.value)
  const components = collectComponents(source, findings)
  const paths = bundlePaths(operations, components.copy)
  const kept = operations.map(({ operation }) => objectAt(operation.value))
  const schemes = [root, ...kept].flatMap(({ security }) => listAt(security).map(objectAt))
  for (const name of new Set(schemes.flatMap((scheme) => Object.keys(scheme)))) {
    components.keep('securitySchemes', name)
  }
  const tagNames = new Set(kept.flatMap(({ tags }) => stringsAt(tags)))
  const tags = listAt(root['tags']).filter((tag) => tagNames.has(textAt(objectAt(tag)['name'])))
  const document = Object.fromEntries(
    Object.entries({
      openapi: root['openapi'],
      info: withoutExtensions(root['info']),
      servers: withoutExtensions(root['servers']),
      security: root['security'],
      tags: tags.length === 0 ? undefined : withoutExtensions(tags),
      paths: paths.value,
      components: components.finish(),
    }).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  )
  const origins = new Map([...paths.origins, ...components.origins])
  return { document, place: (path) => placeOf(source, originOf(origins, path)) }
}

type Copy = (located: Located, kind: Kind) => Json
type Origins = Map<string, Located>

function bundlePaths(operations: readonly OperationEntry[], copy: Copy) {
  const origins: Origins = new Map()
  const items = new Map<string, JsonObject>()
  for (const { path, method, pathItem, operation } of operations.toSorted(byPathThenMethod)) {
    const key = method.toLowerCase()
    const { parameters, servers } = objectAt(pathItem.value)
    const shared = Object.entries({ parameters, servers }).filter(
      (entry): entry is [string, Json] => entry[1] !== undefined,
    )
    const item =
      items.get(path) ??
      objectAt(copy({ ...pathItem, value: Object.fromEntries(shared) }, 'pathItem'))
    items.set(path, { ...item, [key]: copy(operation, 'operation') })
    origins.set(toPointer(['paths', path]), pathItem)
    origins.set(toPointer(['paths', path, key]), operation)
  }
  return { value: Object.fromEntries(items), origins }
}

/** Copies parts of the document, and gathers what they refer to under names of its own. */
function collectComponents(source: DocumentSource, findings: Findings) {
  const sections = new Map<string, Map<string, Json>>()
  const names = new Map<string, string>()
  const origins: Origins = new Map()
  const ownComponents = objectAt(objectAt(source.main.value)['components'])
  const queue: { readonly target: Located; readonly kind: Kind; readonly name: string }[] = []

  const reportBroken = ({ broken, hint, at }: BrokenRef) => {
    findings.problem(placeOf(source, { ...at, path: [...at.path, '$ref'] }), broken, hint)
    return {}
  }
  const nameOf = (target: Located, kind: Kind, section: string): string => {
    const key = JSON.stringify([section, target.file, target.path])
    const known = names.get(key)
    if (known !== undefined) return known
    const taken = sections.get(section) ?? new Map<string, Json>()
    sections.set(section, taken)
    const ownNames = Object.keys(objectAt(ownComponents[section]))
    const reserved = isOwnComponent(target, section) ? [] : ownNames
    const name = freeName(wishedName(target, section), new Set([...taken.keys(), ...reserved]))
    names.set(key, name)
    taken.set(name, {})
    origins.set(toPointer(['components', section, name]), target)
    queue.push({ target, kind, name })
    return name
  }
  const copy: Copy = ({ value, file, path }, kind) => {
    if (!isOfKind(value, kind)) {
      const what = `is not a ${kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`
      findings.problem(placeOf(source, { file, path }), what)
      return {}
    }
    if (!isObject(value)) return value
    const here: Located = { value, file, path }
    const { node, dropped } = dropMisshapen(value, kind)
    for (const key of dropped) {
      const what = `${JSON.stringify(key)} has the wrong shape`
      findings.problem(placeOf(source, { file, path: [...path, key] }), what)
    }
    const ref = refOf(value, kind)
    const section = SECTION_OF[kind]
    const rest = Object.fromEntries(
      Object.entries(node).filter(
        ([key]) => !key.startsWith('x-') && DROPPED[kind]?.includes(key) !== true,
      ),
    )
    const copyChildren = () =>
      mapChildren(rest, kind, (child, childKind, steps) =>
        copy({ value: child, file, path: [...path, ...steps] }, childKind),
      )
    if (ref === null || section === null) return copyChildren()
    const target = followRef(source, ref, here)
    if ('broken' in target) return reportBroken(target)
    const end = followRefs(source, here, kind)
    if ('broken' in end && end.at === here) return reportBroken(end)
    const name = nameOf(target, kind, section)
    return { ...copyChildren(), $ref: `#${toPointer(['components', section, name])}` }
  }
  return {
    copy,
    origins,
    keep(section: 'securitySchemes', name: string): void {
      const path = ['components', section, name]
      const value = member(objectAt(ownComponents[section]), name)
      if (value !== undefined) nameOf({ value, file: '', path }, 'securityScheme', section)
    },
    finish(): JsonObject | undefined {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const section = SECTION_OF[next.kind]
        if (section !== null) sections.get(section)?.set(next.name, copy(next.target, next.kind))
      }
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

function isOwnComponent({ file, path }: Located, section: string): boolean {
  return file === '' && path.length === 3 && path[0] === 'components' && path[1] === section
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

function withoutExtensions(value: Json | undefined): Json | undefined {
  if (isList(value)) return value.map((item) => withoutExtensions(item) ?? null)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('x-'))
      .map(([key, item]) => [key, withoutExtensions(item) ?? null]),
  )
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
