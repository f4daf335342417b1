import {
  canonicalText,
  isObject,
  isSame,
  listAt,
  member,
  objectAt,
  stringsAt,
  textAt,
  without,
  type Json,
  type JsonObject,
} from '../json.ts'
import { parsePointer, valueAt } from '../json-pointer.ts'
import { typesOf } from '../schema/schema-dialect.ts'
import { tell, type Difference } from './change.ts'
import { describeMove, listedValues } from './schema-limits.ts'
import { COSMETIC, compareValues } from './schema-values.ts'
import { diffTexts } from './text-diff.ts'

/** Two schemas at the same place, and the documents that their references point into. */
type Pair = {
  readonly before: JsonObject
  readonly after: JsonObject
  readonly roots: { readonly before: JsonObject; readonly after: JsonObject }
  /** In words, for example `argument "filter", "since"`. */
  readonly place: string
  /** Pairs of references that led here; one that comes again is a circle. */
  readonly trail: ReadonlySet<string>
}

const UNIONS = ['anyOf', 'oneOf'] as const
/**
 * Compares two JSON Schemas (2020-12) by their structure: which values pass no longer, which pass
 * now, and which texts a model reads differently. What it does not understand counts as breaking.
 */
export function compareSchemas(
  before: JsonObject,
  after: JsonObject,
  place: string,
): readonly Difference[] {
  return compare({ before, after, roots: { before, after }, place, trail: new Set() })
}

function compare(pair: Pair): readonly Difference[] {
  if (canonicalText(pair.before) === canonicalText(pair.after) && !usesRefs(pair)) return []
  const followed = follow(pair)
  if (followed === null) return []
  const { before, after } = followed
  if (UNIONS.some((key) => key in before || key in after)) return compareUnions(followed)
  return [
    ...compareTexts(followed),
    ...compareValues(before, after, followed.place),
    ...compareParts(followed),
  ]
}

function usesRefs({ before }: Pair): boolean {
  return JSON.stringify(before).includes('"$ref"')
}

/** Puts what is referred to in place of the references; `null` where this pair was judged already. */
function follow(pair: Pair): Pair | null {
  const { before, after, roots, trail } = pair
  if (!('$ref' in before) && !('$ref' in after)) return pair
  const step = canonicalText([before, after])
  if (trail.has(step)) return null
  return follow({
    ...pair,
    before: resolve(before, roots.before),
    after: resolve(after, roots.after),
    trail: new Set([...trail, step]),
  })
}

function resolve(schema: JsonObject, root: JsonObject): JsonObject {
  const ref = textAt(schema['$ref'])
  if (ref === '') return schema
  const target = valueAt(root, parsePointer(ref.replace(/^#/, '')))
  return { ...objectAt(target), ...without(schema, ['$ref']) }
}

function compareTexts({ before, after, place }: Pair): readonly Difference[] {
  const [old, fresh] = [textAt(before['description']), textAt(after['description'])]
  return [
    ...(old === fresh
      ? []
      : [tell('risky', place, 'the description changed', diffTexts(old, fresh))]),
    ...(isSame(before['default'], after['default'])
      ? []
      : [tell('risky', place, `default ${describeMove(before['default'], after['default'])}`)]),
    ...COSMETIC.filter((key) => !isSame(before[key], after[key])).map((key) =>
      tell('cosmetic', place, `${key} changed`),
    ),
  ]
}

function compareParts(pair: Pair): readonly Difference[] {
  const { before, after, place } = pair
  const [old, fresh] = [listAt(before['prefixItems']), listAt(after['prefixItems'])]
  return [
    ...compareProperties(pair),
    ...compareOpenness(pair, 'additionalProperties', 'other members'),
    ...compareOpenness(pair, 'items', 'items'),
    ...(isSame(old, fresh) ? [] : [tell('breaking', place, 'its first items changed')]),
  ]
}

function compareProperties(pair: Pair): readonly Difference[] {
  const { before, after, place } = pair
  const [old, fresh] = [objectAt(before['properties']), objectAt(after['properties'])]
  const [needed, needs] = [stringsAt(before['required']), stringsAt(after['required'])]
  const names = new Set([...Object.keys(old), ...Object.keys(fresh), ...needed, ...needs])
  return [...names].flatMap((name) => {
    const inside = placeInside(place, name)
    const [left, right] = [member(old, name), member(fresh, name)]
    const [was, is] = [needed.includes(name), needs.includes(name)]
    if (left === undefined && right !== undefined) {
      const text = textAt(objectAt(right)['description'])
      const diff = text === '' ? null : diffTexts('', text)
      return is
        ? [tell('breaking', inside, 'is new and required', diff)]
        : [tell('additive', inside, 'is new', diff)]
    }
    if (left !== undefined && right === undefined) return [tell('breaking', inside, 'is gone')]
    return [
      ...(is && !was ? [tell('breaking', inside, 'is required now')] : []),
      ...(was && !is ? [tell('additive', inside, 'is no longer required')] : []),
      ...compareSchema(pair, left, right, inside),
    ]
  })
}

/** Compares a keyword whose absence lets everything pass, and whose `false` lets nothing. */
function compareOpenness(
  pair: Pair,
  key: 'additionalProperties' | 'items',
  word: string,
): readonly Difference[] {
  const { before, after, place } = pair
  const [old, fresh] = [before[key] ?? true, after[key] ?? true]
  if (isSame(old, fresh) && !isObject(old)) return []
  if (isObject(old) && isObject(fresh)) return compareSchema(pair, old, fresh, `${place}, ${word}`)
  if (old === false || isEverything(fresh)) {
    return isEverything(old)
      ? []
      : [tell('additive', place, `takes ${old === false ? '' : 'any '}${word} now`)]
  }
  const what = fresh === false ? `takes no ${word} any more` : `takes fewer ${word} than before`
  return [tell('breaking', place, what)]
}

function isEverything(schema: Json): boolean {
  return schema === true || (isObject(schema) && Object.keys(schema).length === 0)
}

/** Compares alternatives as sets: each old one must still fit into one of the new ones. */
function compareUnions(pair: Pair): readonly Difference[] {
  const { before, after, place } = pair
  const [old, fresh] = [listAlternatives(before), listAlternatives(after)]
  const takesAll = (wide: JsonObject, narrow: JsonObject, from: Pair['roots']) =>
    compare({ ...pair, before: narrow, after: wide, roots: from }).every(
      (each) => each.class !== 'breaking',
    )
  const flipped = { before: pair.roots.after, after: pair.roots.before }
  const gone = old.filter((branch) => !fresh.some((wide) => takesAll(wide, branch, pair.roots)))
  const more = fresh.filter((branch) => !old.some((wide) => takesAll(wide, branch, flipped)))
  const values = [
    ...gone.map((branch) => tell('breaking', place, `is no ${describeBranch(branch)} any more`)),
    ...more.map((branch) => tell('additive', place, `may be ${describeBranch(branch)} now`)),
  ]
  const told = [...values, ...compareTexts(pair), ...compareBranchTexts(place, old, fresh)]
  const isToldNothing = told.length === 0 && !isSame(before, after)
  return isToldNothing ? [tell('cosmetic', place, 'is written differently')] : told
}

/** Alternatives that fit into each other may still say something else to a model. */
function compareBranchTexts(
  place: string,
  old: readonly JsonObject[],
  fresh: readonly JsonObject[],
): readonly Difference[] {
  const [before, after] = [old, fresh].map((branches) => listTexts(branches).join('\n'))
  if (before === after) return []
  const what = 'the description of an alternative changed'
  return [tell('risky', place, what, diffTexts(before ?? '', after ?? ''))]
}

function listTexts(value: Json): readonly string[] {
  if (!isObject(value)) return listAt(value).flatMap(listTexts)
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'description' && typeof item === 'string' ? [item] : listTexts(item),
  )
}

/** Every branch with the keywords that stand beside the union, several types taken apart. */
function listAlternatives(schema: JsonObject): readonly JsonObject[] {
  const key = UNIONS.find((union) => union in schema)
  const beside = without(schema, [...UNIONS, ...COSMETIC, 'description', 'default', '$defs'])
  if (key === undefined) return splitTypes(beside)
  const [, other] = UNIONS.filter((union) => union in schema)
  return listAt(schema[key]).flatMap((branch) => {
    const whole = { ...beside, ...objectAt(branch) }
    const kept = other === undefined ? whole : { ...whole, [`and ${other}`]: schema[other] ?? null }
    return '$ref' in kept ? [kept] : splitTypes(kept)
  })
}

function splitTypes(schema: JsonObject): readonly JsonObject[] {
  const types = typesOf(schema)
  if (types.length < 2 || listedValues(schema) !== null) return [schema]
  return types.map((type) => ({ ...schema, type }))
}

function describeBranch(branch: JsonObject): string {
  const text = canonicalText(without(branch, ['description', 'title', 'examples']))
  return text.length <= 120 ? text : `${text.slice(0, 120)}…`
}

function compareSchema(
  pair: Pair,
  left: Json | undefined,
  right: Json | undefined,
  place: string,
): readonly Difference[] {
  return compare({ ...pair, before: objectAt(left), after: objectAt(right), place })
}

function placeInside(place: string, name: string): string {
  return place === '' ? `argument ${JSON.stringify(name)}` : `${place}, ${JSON.stringify(name)}`
}
