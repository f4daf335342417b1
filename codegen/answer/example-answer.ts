import { findContent, isListShape, itemsOf, stepInto, type Shape } from './answer.ts'
import type { Bundle } from '../document/bundle.ts'
import type { OperationEntry } from '../document/document.ts'
import { followBundled } from '../document/follow-bundled.ts'
import { findJsonType } from '../document/media-type.ts'
import { below, namesOf, projectValue, toFocus, type Focus } from './focus.ts'
import { isList, isObject, isSame, listAt, member, objectAt, textAt, type Json } from '../json.ts'
import { toPointer, valueAt, type Path } from '../json-pointer.ts'
import type { AnswerModel } from '../model.ts'
import { FORMAT_EXAMPLES } from '../schema/format-examples.ts'
import { isOfType, modernise, typesOf } from '../schema/schema-dialect.ts'

/** Of the example as JSON; what is deeper than fits is left out. */
const MAX_BYTES = 3_000
const MAX_DEPTH = 8
/** Of every list; more would only repeat itself. */
const MAX_ITEMS = 2
const MAX_TEXT_CHARS = 200
/** What a member has beside its name: two quotes, a colon, and a value of one digit. */
const MEMBER_BYTES = 4
/** What stands for a text that the document says nothing of. */
const ANY_TEXT = '…'

/**
 * Makes the answer that the docs show for a tool: the document's own example of it or, without one,
 * what its schema says; only what the tool shows of it, with at most two items in a list.
 *
 * @returns `null` where the document says nothing of a JSON answer
 */
export function buildExampleAnswer(
  bundle: Bundle,
  operation: OperationEntry,
  shape: Shape | null,
  answer: Pick<AnswerModel, 'items' | 'columns'>,
): Json {
  const focus = toFocus(answer)
  const own = findOwnExample(bundle, operation)
  const shown = own === undefined ? null : shorten(projectValue(own, focus))
  if (shown !== null && Buffer.byteLength(JSON.stringify(shown)) <= MAX_BYTES) return shown
  return shape === null ? null : invent(bundle, shape, focus)
}

/** OpenAPI 3.1, section 4.8.14: `example`, or the first of `examples`. */
function findOwnExample(bundle: Bundle, operation: OperationEntry): Json | undefined {
  const content = findContent(bundle, operation)
  if (content === null) return undefined
  const key = findJsonType(Object.keys(objectAt(valueAt(bundle.document, content))))?.key
  if (key === undefined) return undefined
  const path: Path = [...content, key]
  const example = valueAt(bundle.document, [...path, 'example'])
  if (example !== undefined) return example
  const [first] = Object.keys(objectAt(valueAt(bundle.document, [...path, 'examples'])))
  if (first === undefined) return undefined
  const place = followBundled(bundle, [...path, 'examples', first])
  return valueAt(bundle.document, [...place, 'value'])
}

function shorten(value: Json): Json {
  if (typeof value === 'string') return cutText(value)
  if (isList(value)) return value.slice(0, MAX_ITEMS).map(shorten)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shorten(inner)]))
}

function cutText(text: string): string {
  return text.length <= MAX_TEXT_CHARS ? text : `${text.slice(0, MAX_TEXT_CHARS - 1)}…`
}

/** Goes one level deeper as long as that says more, and fits. */
function invent(bundle: Bundle, shape: Shape, focus: Focus): Json {
  let best: Json = null
  for (let depth = 1; depth <= MAX_DEPTH; depth += 1) {
    const room = { bytes: MAX_BYTES }
    const value = inventValue({ bundle, trail: [], depth, room }, shape, focus) ?? null
    if (room.bytes < 0 || (depth > 1 && isSame(value, best))) break
    if (Buffer.byteLength(JSON.stringify(value)) > MAX_BYTES) break
    best = value
  }
  return isSame(best, {}) || isSame(best, []) ? null : best
}

type Reading = {
  readonly bundle: Bundle
  /** Where the schemas stand that led here; one that comes again is a circle. */
  readonly trail: readonly string[]
  /** How many levels are still made up. */
  readonly depth: number
  /** What is left for members, at the most; below 0 nothing more is made up, for it would not fit. */
  readonly room: { bytes: number }
}

/** `undefined` where the value is too deep to be made up: its member is left out. */
function inventValue(
  { bundle, trail, depth, room }: Reading,
  shape: Shape,
  focus: Focus,
): Json | undefined {
  if (room.bytes < 0) return undefined
  const said = findSaid(shape)
  if (said !== undefined) return shorten(projectValue(said, focus))
  const places = shape.map(({ path }) => toPointer(path))
  if (depth === 0 || places.some((place) => trail.includes(place))) return undefined
  const reading = { bundle, trail: [...trail, ...places], depth: depth - 1, room }
  if (isListShape(shape)) {
    const item = inventValue(reading, itemsOf(bundle, shape), focus)
    return item === undefined ? [] : [item]
  }
  const members = orderNames(namesOf(shape, focus), focus).flatMap((name): [string, Json][] => {
    const step = stepInto(bundle, shape, name)
    const value =
      step.found === 'shape' ? inventValue(reading, step.shape, below(focus, name)) : undefined
    if (value === undefined) return []
    room.bytes -= name.length + MEMBER_BYTES
    return [[name, value]]
  })
  if (members.length > 0) return Object.fromEntries(members)
  return inventScalar(shape)
}

/** Columns come in their own order. */
function orderNames(names: readonly string[], { steps, columns }: Focus): readonly string[] {
  if (steps.length > 0 || columns === null) return names
  return [...columns.keys()].filter((name) => names.includes(name))
}

/** A value that a schema itself shows, and that it could be. */
function findSaid(shape: Shape): Json | undefined {
  for (const { node } of shape) {
    const schema = modernise(node)
    const types = typesOf(schema)
    const values = [
      ...listAt(schema['examples']),
      member(schema, 'const'),
      ...listAt(schema['enum']),
    ]
    const fitting = values.find((value) => value !== undefined && isOfType(value, types))
    if (fitting !== undefined) return fitting
  }
  return undefined
}

function inventScalar(shape: Shape): Json | undefined {
  const schemas = shape.map(({ node }) => modernise(node))
  const types = schemas.flatMap(typesOf)
  const format = schemas.map((schema) => textAt(schema['format'])).find((text) => text !== '')
  switch (types.find((type) => type !== 'null')) {
    case 'string':
      return FORMAT_EXAMPLES.get(format ?? '') ?? ANY_TEXT
    case 'integer':
    case 'number':
      return 1
    case 'boolean':
      return true
    case 'object':
      return {}
    case 'array':
      return []
    case undefined:
      return types.length > 0 ? null : undefined
  }
}
