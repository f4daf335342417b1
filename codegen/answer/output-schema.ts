import { isListShape, itemsOf, stepInto, type Shape } from './answer.ts'
import type { Bundle } from '../document/bundle.ts'
import { below, namesOf, toFocus, type Focus } from './focus.ts'
import { isList, isSame, objectAt, type JsonObject } from '../json.ts'
import { toPointer } from '../json-pointer.ts'
import type { AnswerModel } from '../model.ts'
import { typesOf, type TypeName } from '../schema/schema-dialect.ts'

/** Clients carry it in every list of tools; what is deeper than fits is left open. */
const MAX_BYTES = 2_048
const MAX_DEPTH = 12

/**
 * Describes `structuredContent` from what the document says of a success and what is shown of it.
 *
 * It says less than it could, on purpose: clients refuse a whole result for one value that does not
 * fit. Nothing is required, nothing else is forbidden, there are no formats, limits or lists of
 * values; every type may be null, and numbers and texts may stand for each other.
 *
 * @returns an object at its root: a list is in `items`, a single value in `value`
 */
export function buildOutputSchema(
  bundle: Bundle,
  shape: Shape,
  answer: Pick<AnswerModel, 'items' | 'columns'>,
): JsonObject {
  const focus = toFocus(answer)
  let best = toRoot({})
  for (let depth = 1; depth <= MAX_DEPTH; depth += 1) {
    const schema = toRoot(describe({ bundle, trail: [], depth }, shape, focus))
    if (isSame(schema, best) || Buffer.byteLength(JSON.stringify(schema)) > MAX_BYTES) break
    best = schema
  }
  return best
}

function toRoot(schema: JsonObject): JsonObject {
  const types = isList(schema['type']) ? schema['type'] : []
  const note = { _truncated: { type: 'object' } }
  if (types.includes('array')) return { type: 'object', properties: { items: schema, ...note } }
  if (!types.includes('object')) return { type: 'object', properties: note }
  return { type: 'object', properties: { ...objectAt(schema['properties']), ...note } }
}

type Reading = {
  readonly bundle: Bundle
  /** Where the schemas stand that led here; one that comes again is a circle. */
  readonly trail: readonly string[]
  /** How many levels are still described. */
  readonly depth: number
}

function describe({ bundle, trail, depth }: Reading, shape: Shape, focus: Focus): JsonObject {
  const places = shape.map(({ path }) => toPointer(path))
  const names = namesOf(shape, focus)
  const named = new Set<TypeName>(shape.flatMap(({ node }) => typesOf(node)))
  if (isListShape(shape)) named.add('array')
  if (names.length > 0) named.add('object')
  const isCircle = places.some((place) => trail.includes(place))
  if (depth === 0 || isCircle || named.size === 0 || shape.some(isOpen)) return {}
  const reading = { bundle, trail: [...trail, ...places], depth: depth - 1 }
  const properties = names.flatMap((name): [string, JsonObject][] => {
    const step = stepInto(bundle, shape, name)
    if (step.found !== 'shape') return step.found === 'anything' ? [[name, {}]] : []
    return [[name, describe(reading, step.shape, below(focus, name))]]
  })
  return {
    type: widen([...named]),
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
    ...(named.has('array') && {
      items: describe(reading, itemsOf(bundle, shape), focus),
    }),
  }
}

/** What the document names comes first. */
function widen(types: readonly TypeName[]): readonly TypeName[] {
  const isNumeric = types.some((type) => type === 'integer' || type === 'number')
  const plain = types.map((type) => (type === 'integer' ? 'number' : type))
  const others: readonly TypeName[] = [
    ...(isNumeric ? (['string'] as const) : []),
    ...(types.includes('string') ? (['number'] as const) : []),
    'null',
  ]
  return [...new Set([...plain, ...others])]
}

/** One of several choices that says nothing of its values. */
function isOpen({ node, path }: Shape[number]): boolean {
  const keyword = path.at(-2)
  if (keyword !== 'anyOf' && keyword !== 'oneOf') return false
  const says = ['type', '$ref', 'allOf', 'anyOf', 'oneOf', 'properties', 'items']
  return !says.some((key) => key in node)
}
