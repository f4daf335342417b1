import type { Bundle } from '../document/bundle.ts'
import type { OperationEntry } from '../document/document.ts'
import { followBundled } from '../document/follow-bundled.ts'
import { isList, isObject, listAt, member, objectAt, type Json, type JsonObject } from '../json.ts'
import { parsePointer, toPointer, valueAt, type Path } from '../json-pointer.ts'
import { findJsonType } from '../document/media-type.ts'
import { typesOf } from '../schema/schema-dialect.ts'

/** Schemas that together describe one value: what `$ref`, `allOf`, `anyOf` and `oneOf` lead to. */
export type Shape = readonly { readonly node: JsonObject; readonly path: Path }[]

/** What a step into a shape finds. `anything` is a place that the document leaves open. */
export type Step =
  | { readonly found: 'shape'; readonly shape: Shape }
  | { readonly found: 'anything' }
  | { readonly found: 'nothing'; readonly known: readonly string[] }

/** The shape of a successful JSON answer; `null` where the document describes none. */
export function findAnswer(bundle: Bundle, operation: OperationEntry): Shape | null {
  const content = findContent(bundle, operation)
  return content === null ? null : findJsonContent(bundle, content)
}

/** Where the media types of a successful answer stand; `null` where no success is described. */
export function findContent(bundle: Bundle, { path, method }: OperationEntry): Path | null {
  if (method === 'HEAD') return null
  const responses: Path = ['paths', path, method.toLowerCase(), 'responses']
  const codes = Object.keys(objectAt(valueAt(bundle.document, responses)))
  const code =
    codes.find((name) => name === '200') ??
    codes.find((name) => /^2(?:\d\d|XX)$/i.test(name)) ??
    codes.find((name) => name === 'default')
  if (code === undefined) return null
  return [...followBundled(bundle, [...responses, code]), 'content']
}

/** The shape that a JSON request body must have; `null` where the operation takes none. */
export function findBody(bundle: Bundle, { path, method }: OperationEntry): Shape | null {
  const body: Path = ['paths', path, method.toLowerCase(), 'requestBody']
  return findJsonContent(bundle, [...followBundled(bundle, body), 'content'])
}

/** Steps into a member; lists on the way are stepped through to their items. */
export function stepInto(bundle: Bundle, shape: Shape, name: string): Step {
  const holders = throughLists(bundle, shape)
  const members = holders.flatMap(({ node, path }) =>
    member(objectAt(node['properties']), name) === undefined
      ? []
      : toShape(bundle, [...path, 'properties', name]),
  )
  if (members.length > 0) return { found: 'shape', shape: members }
  const rests = holders.flatMap(({ node, path }) =>
    isObject(node['additionalProperties']) && Object.keys(node['additionalProperties']).length > 0
      ? toShape(bundle, [...path, 'additionalProperties'])
      : [],
  )
  if (rests.length > 0) return { found: 'shape', shape: rests }
  const known = [
    ...new Set(holders.flatMap(({ node }) => Object.keys(objectAt(node['properties'])))),
  ]
  const isUndescribed = known.length === 0 && !holders.some(({ node }) => isScalarSchema(node))
  const isOpen = holders.some(({ node }) => isFreeForm(node)) || isUndescribed
  return isOpen && holders.length > 0 ? { found: 'anything' } : { found: 'nothing', known }
}

/** Follows a dotted path, and tells which step leads nowhere. */
export function followColumn(
  bundle: Bundle,
  shape: Shape,
  column: string,
): { readonly step: string; readonly known: readonly string[] } | null {
  let here = shape
  for (const step of column.split('.')) {
    const next = stepInto(bundle, here, step)
    if (next.found === 'anything') return null
    if (next.found === 'nothing') return { step, known: next.known }
    here = next.shape
  }
  return null
}

/** Follows a JSON Pointer; a step into a list is an index. */
export function followPointer(bundle: Bundle, shape: Shape, pointer: string): Step {
  let step: Step = { found: 'shape', shape }
  for (const name of parsePointer(pointer)) {
    if (step.found !== 'shape') return step
    const items = itemsOf(bundle, step.shape)
    if (items.length > 0 && /^\d+$/.test(name)) step = { found: 'shape', shape: items }
    else if (items.length > 0) return { found: 'nothing', known: [] }
    else step = stepInto(bundle, step.shape, name)
  }
  return step
}

/** The shape of a list's items; empty where the shape is no list. */
export function itemsOf(bundle: Bundle, shape: Shape): Shape {
  return shape.flatMap(({ node, path }) =>
    isListSchema(node) ? toShape(bundle, [...path, 'items']) : [],
  )
}

/** Answers whether a shape is that of a list, even one whose items nothing is known of. */
export function isListShape(shape: Shape): boolean {
  return shape.some(({ node }) => isListSchema(node))
}

/** What envelopes call their list; the first that is there is chosen where there are several lists. */
const LIST_NAMES = [
  'data',
  'items',
  'results',
  'records',
  'value',
  'values',
  'entries',
  'elements',
  'content',
  'hits',
  'rows',
  'list',
]

/**
 * Finds the list in an answer: the answer itself, its only member that is a list of objects, or the
 * one of several that is called as lists are (`data` beside `included`); else the same one level
 * below (`{ response: { docs } }`). `null` where there is none, or more than one to choose from.
 */
export function findItems(bundle: Bundle, shape: Shape): string | null {
  if (isListShape(shape)) return ''
  const members = membersOf(bundle, shape)
  const own = chooseList(bundle, members)
  if (own !== null) return toPointer([own])
  if (members.some(({ shape: below }) => isObjectList(bundle, below))) return null
  const nested = members.flatMap(({ name, shape: below }) => {
    const inner = chooseList(bundle, membersOf(bundle, below))
    return inner === null ? [] : [toPointer([name, inner])]
  })
  return nested.length === 1 ? (nested[0] ?? null) : null
}

type Member = { readonly name: string; readonly shape: Shape }

function membersOf(bundle: Bundle, shape: Shape): readonly Member[] {
  if (isListShape(shape)) return []
  const names = new Set(shape.flatMap(({ node }) => Object.keys(objectAt(node['properties']))))
  return [...names].flatMap((name) => {
    const step = stepInto(bundle, shape, name)
    return step.found === 'shape' ? [{ name, shape: step.shape }] : []
  })
}

function chooseList(bundle: Bundle, members: readonly Member[]): string | null {
  const lists = members.filter(({ shape }) => isObjectList(bundle, shape)).map(({ name }) => name)
  const [only, ...others] = lists
  if (only === undefined || others.length === 0) return only ?? null
  return LIST_NAMES.find((name) => lists.includes(name)) ?? null
}

function isObjectList(bundle: Bundle, shape: Shape): boolean {
  return itemsOf(bundle, shape).some(({ node }) => isObjectSchema(node))
}

/** The values that an enum lists anywhere in a shape; `null` where any value may come. */
export function enumOf(shape: Shape): readonly Json[] | null {
  const lists = shape.flatMap(({ node }) => (isList(node['enum']) ? [node['enum']] : []))
  return lists.length === 0 ? null : lists.flat()
}

/** The names an object must have. */
export function requiredOf(shape: Shape): readonly string[] {
  return shape.flatMap(({ node }) =>
    listAt(node['required']).filter((name) => typeof name === 'string'),
  )
}

function findJsonContent(bundle: Bundle, content: Path): Shape | null {
  const keys = Object.keys(objectAt(valueAt(bundle.document, content)))
  const key = findJsonType(keys)?.key ?? keys.find((each) => each.trim() === '*/*')
  if (key === undefined) return null
  const path = [...content, key, 'schema']
  const value = valueAt(bundle.document, path)
  return isObject(value) && Object.keys(value).length > 0 ? toShape(bundle, path) : null
}

function toShape(bundle: Bundle, path: Path, seen = new Set<string>()): Shape {
  const node = valueAt(bundle.document, path)
  const key = toPointer(path)
  if (!isObject(node) || seen.has(key)) return []
  seen.add(key)
  const branches = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) =>
    [...listAt(node[keyword]).keys()].map((index) => [...path, keyword, String(index)]),
  )
  const ref = node['$ref']
  const target = typeof ref === 'string' ? [parsePointer(ref.slice(1))] : []
  const others = [...target, ...branches].flatMap((branch) => toShape(bundle, branch, seen))
  return [{ node, path }, ...others]
}

function throughLists(bundle: Bundle, shape: Shape): Shape {
  let here = shape
  for (let depth = 0; depth < 10 && isListShape(here); depth += 1) {
    here = [...here.filter(({ node }) => !isListSchema(node)), ...itemsOf(bundle, here)]
  }
  return here
}

function isListSchema(node: JsonObject): boolean {
  return typesOf(node).includes('array') || 'items' in node
}

function isObjectSchema(node: JsonObject): boolean {
  return typesOf(node).includes('object') || 'properties' in node
}

function isScalarSchema(node: JsonObject): boolean {
  const types = typesOf(node)
  return types.length > 0 && !types.includes('object') && !types.includes('array')
}

/** An object that says of itself that it may hold anything. */
function isFreeForm(node: JsonObject): boolean {
  const rest = node['additionalProperties']
  return rest === true || (isObject(rest) && Object.keys(rest).length === 0)
}
