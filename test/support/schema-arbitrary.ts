import fc, { type Arbitrary } from 'fast-check'
import {
  isList,
  isObject,
  listAt,
  member,
  objectAt,
  stringsAt,
  textAt,
  type Json,
  type JsonObject,
} from '../../codegen/json.ts'
import { TYPES, typesOf, type TypeName } from '../../codegen/schema/schema-dialect.ts'
import { anyCharacter } from './any-character.ts'

/** Deeper values leave out what they may: schemas that refer to themselves have no other end. */
const MAX_DEPTH = 4
/** Values are given up here, even where a schema demands another level. */
const LAST_DEPTH = 12

/** Values that no schema of ours wants, and some that many do. */
export const junk: Arbitrary<Json> = fc.constantFrom<Json>(
  ...[null, true, '', 'x', '😀', ' ', '2026-02-30', '2026-01-31t12:00:00z', 'a@b', 'a b'],
  ...[0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e300],
  ...[
    [],
    [''],
    [1, 1],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    {},
    { a: 1 },
    { constructor: 1 },
  ],
)

/** A schema with the root that its `#/$defs/…` point into, and how deep the values already are. */
type Drawing = { readonly root: JsonObject; readonly depth: number }

/**
 * Draws values that a JSON Schema (2020-12) of ours accepts; where keywords bind each other (a
 * pattern beside a length, an `allOf`), some that it refuses.
 *
 * @param schema may refer to its own `#/$defs/…`, and to nothing else
 */
export function arbitraryFor(schema: JsonObject): Arbitrary<Json> {
  return valuesFor(schema, { root: schema, depth: 0 })
}

/** Draws values for a schema with one place in them replaced, removed, added or pushed over a bound. */
export function mutatedFor(schema: JsonObject): Arbitrary<Json> {
  const names = listNames(schema)
  return fc
    .tuple(arbitraryFor(schema), fc.infiniteStream(fc.nat()), fc.constantFrom(...names), junk)
    .map(([value, numbers, name, other]) => mutate(value, { numbers, name, other }))
}

type Mutation = {
  readonly numbers: Iterator<number>
  readonly name: string
  readonly other: Json
}

/** Goes down to a random place, and changes that. */
function mutate(value: Json, mutation: Mutation): Json {
  const { numbers, name, other } = mutation
  const next = (count: number) => Number(numbers.next().value) % count
  if (isObject(value)) {
    const keys = Object.keys(value)
    const key = keys[next(keys.length + 1)]
    if (key === undefined) return { ...value, [name]: other }
    if (next(4) === 0) return Object.fromEntries(Object.entries(value).filter(([k]) => k !== key))
    return { ...value, [key]: mutate(value[key] ?? null, mutation) }
  }
  if (isList(value) && next(3) > 0) {
    const index = next(value.length + 1)
    return value.toSpliced(
      index,
      1,
      index < value.length ? mutate(value[index] ?? null, mutation) : other,
    )
  }
  if (typeof value === 'number' && next(2) === 0) return value + ([1, -1, 0.5, 1e3][next(4)] ?? 1)
  if (typeof value === 'string' && next(2) === 0)
    return [`${value}${value}`, `${value}\n`, value.slice(1)][next(3)] ?? value
  return other
}

/** The names of members anywhere in a schema, and one that is in none. */
function listNames(schema: JsonObject): readonly string[] {
  const names = new Set(['unheardOf'])
  const visit = (value: Json): void => {
    if (isObject(value)) {
      for (const name of Object.keys(objectAt(value['properties']))) names.add(name)
      for (const item of Object.values(value)) visit(item)
    } else for (const item of listAt(value)) visit(item)
  }
  visit(schema)
  return [...names]
}

function valuesFor(schema: JsonObject, drawing: Drawing): Arbitrary<Json> {
  if (drawing.depth > LAST_DEPTH) return fc.constant(null)
  const ref = textAt(schema['$ref'])
  if (ref.startsWith('#/$defs/')) {
    const target = objectAt(member(objectAt(drawing.root['$defs']), ref.slice('#/$defs/'.length)))
    // Made only when it is drawn from: it may lead back here.
    return fc.constant(null).chain(() => valuesFor(target, deeper(drawing)))
  }
  if (schema['const'] !== undefined) return fc.constant(schema['const'])
  if (isList(schema['enum'])) return fc.constantFrom(...schema['enum'])
  const { allOf, anyOf, oneOf } = schema
  if (isList(allOf)) {
    const parts = [withoutParts(schema), ...allOf.map(objectAt)].filter(isTelling)
    const drawn = parts.map((part) => valuesFor(part, drawing))
    return drawn.length === 0 ? junk : fc.tuple(...drawn).map(joinParts)
  }
  const branches = [...listAt(anyOf), ...listAt(oneOf)].map(objectAt)
  if (branches.length > 0) {
    const base = withoutParts(schema)
    const drawn = branches.map((branch) => valuesFor({ ...base, ...branch }, drawing))
    return fc.oneof(...drawn)
  }
  const types = typesOf(schema)
  if (types.length > 0) return fc.oneof(...types.map((type) => valuesOf(schema, type, drawing)))
  return isTelling(schema)
    ? fc.oneof(...TYPES.map((type) => valuesOf(schema, type, drawing)))
    : junk
}

function withoutParts(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => !['allOf', 'anyOf', 'oneOf', '$defs'].includes(key)),
  )
}

/** Answers whether a schema says anything of values that is not prose. */
function isTelling(schema: JsonObject): boolean {
  const prose = ['title', 'description', 'default', 'examples', 'deprecated']
  return Object.keys(schema).some((key) => !prose.includes(key))
}

/** What several schemas say of one value: objects are laid over each other. */
function joinParts(values: readonly Json[]): Json {
  const objects = values.filter(isObject)
  if (objects.length !== values.length) return values[0] ?? null
  return Object.fromEntries(objects.flatMap((object) => Object.entries(object)))
}

function deeper({ root, depth }: Drawing): Drawing {
  return { root, depth: depth + 1 }
}

function valuesOf(schema: JsonObject, type: TypeName, drawing: Drawing): Arbitrary<Json> {
  const bound = (keyword: string, fallback: number) =>
    typeof schema[keyword] === 'number' ? schema[keyword] : fallback
  switch (type) {
    case 'string':
      return textsFor(schema, bound('minLength', 0), Math.min(bound('maxLength', 20), 300))
    case 'integer':
    case 'number':
      return numbersFor(schema, type)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return listsFor(schema, bound('minItems', 0), Math.min(bound('maxItems', 3), 5), drawing)
    case 'object':
      return objectsFor(schema, drawing)
  }
}

function numbersFor(schema: JsonObject, type: 'integer' | 'number'): Arbitrary<number> {
  const numbers = (keyword: string, inwards = 0) => {
    const value = schema[keyword]
    return typeof value === 'number' ? [value + inwards] : []
  }
  const inwards = type === 'integer' ? 1 : 0
  const lower = [...numbers('minimum'), ...numbers('exclusiveMinimum', inwards)]
  const upper = [...numbers('maximum'), ...numbers('exclusiveMaximum', -inwards)]
  const min = Math.max(...lower, upper.length === 0 ? -9 : Math.min(...upper) - 100)
  const max = Math.max(min, Math.min(...upper, min + 1_000))
  const [step = 1] = numbers('multipleOf')
  const steps = fc
    .integer({
      min: Math.ceil(min / step),
      max: Math.max(Math.ceil(min / step), Math.floor(max / step)),
    })
    .map((count) => count * step)
  if (type === 'integer' || 'multipleOf' in schema) return steps
  return fc.oneof(steps, fc.double({ noNaN: true, min, max }))
}

function listsFor(
  schema: JsonObject,
  minLength: number,
  maxLength: number,
  drawing: Drawing,
): Arbitrary<Json> {
  const limits = {
    minLength,
    maxLength: drawing.depth >= MAX_DEPTH ? minLength : Math.max(minLength, maxLength),
  }
  const items = valuesFor(objectAt(schema['items']), deeper(drawing))
  if (schema['uniqueItems'] !== true) return fc.array(items, limits)
  // A list of few possible values may not reach its length; it is as long as it can be then.
  return fc
    .array(items, limits)
    .map((values) => [...new Map(values.map((value) => [JSON.stringify(value), value])).values()])
}

/** Objects with the required members and any choice of the others. */
function objectsFor(schema: JsonObject, drawing: Drawing): Arbitrary<JsonObject> {
  const properties = objectAt(schema['properties'])
  const required = stringsAt(schema['required'])
  const optional = Object.keys(properties).filter((name) => !required.includes(name))
  const offered = drawing.depth >= MAX_DEPTH ? [] : optional
  const members = [...required, ...offered].map((name) => {
    const values = valuesFor(objectAt(member(properties, name)), deeper(drawing))
    const entry = values.map((value): [string, Json][] => [[name, value]])
    return required.includes(name)
      ? entry
      : fc.oneof({ weight: 1, arbitrary: entry }, { weight: 2, arbitrary: fc.constant([]) })
  })
  const rest = schema['additionalProperties']
  const isOpen = rest !== false && drawing.depth < MAX_DEPTH
  const others = isOpen
    ? fc.dictionary(
        fc.constantFrom('other', 'ab', 'toString'),
        valuesFor(objectAt(rest), deeper(drawing)),
        { maxKeys: 2 },
      )
    : fc.constant({})
  return fc
    .tuple(others, ...members)
    .map(([other, ...entries]) => ({ ...other, ...Object.fromEntries(entries.flat()) }))
}

function textsFor(schema: JsonObject, minLength: number, maxLength: number): Arbitrary<string> {
  const limits = { minLength, maxLength: Math.max(minLength, maxLength) }
  const plain = fc.string({ ...limits, unit: anyCharacter })
  const fitting = textsOfFormat(textAt(schema['format']))
  if (fitting !== null)
    return fc.oneof({ weight: 4, arbitrary: fitting }, { weight: 1, arbitrary: plain })
  const pattern = schema['pattern']
  return typeof pattern === 'string' ? textsMatching(pattern, plain) : plain
}

/** Made one by one: that of addresses alone takes longer to make than most to draw from. */
function textsOfFormat(format: string): Arbitrary<string> | null {
  switch (format) {
    case 'date':
      return days.map((date) => date.toISOString().slice(0, 10))
    case 'date-time':
      return days.map((date) => date.toISOString())
    case 'email':
      return fc.emailAddress()
    case 'ipv4':
      return fc.ipV4()
    case 'ipv6':
      return fc.ipV6()
    case 'uri':
      return fc.webUrl()
    case 'uuid':
      return fc.uuid()
    default:
      return null
  }
}

const days = fc.date({
  noInvalidDate: true,
  min: new Date('1900-01-01'),
  max: new Date('2100-01-01'),
})

/** fast-check reads no look-around, which merged patterns have. */
function textsMatching(pattern: string, plain: Arbitrary<string>): Arbitrary<string> {
  try {
    const matching = fc.stringMatching(new RegExp(pattern, 'u'))
    return fc.oneof({ weight: 4, arbitrary: matching }, { weight: 1, arbitrary: plain })
  } catch {
    return plain
  }
}
