import { canonicalText, isList, type Json, type JsonObject } from '../json.ts'

/** What became of the values that a keyword lets pass. */
export type Direction = 'narrowed' | 'widened' | 'both' | 'same'

/** Keywords with a number that may only fall, or only rise, for the same values to pass. */
const LOWER = ['minLength', 'minItems', 'minProperties'] as const
const UPPER = ['maxLength', 'maxItems', 'maxProperties'] as const

/** Every keyword that `compareLimits` judges. */
export const LIMIT_KEYWORDS = [
  ...LOWER,
  ...UPPER,
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'multipleOf',
  'uniqueItems',
  'pattern',
  'format',
] as const

/** A limit that is not the same any more, in words and by its effect. */
export type LimitChange = { readonly direction: Direction; readonly what: string }

/** Compares every limit of two schemas; what cannot be ordered counts as both. */
export function compareLimits(before: JsonObject, after: JsonObject): readonly LimitChange[] {
  const told = (key: string, direction: Direction): readonly LimitChange[] =>
    direction === 'same'
      ? []
      : [{ direction, what: `${key} ${describeMove(before[key], after[key])}` }]
  return [
    ...LOWER.flatMap((key) => told(key, orderOf(count(before[key], 0), count(after[key], 0)))),
    ...UPPER.flatMap((key) =>
      told(key, orderOf(count(after[key], Infinity), count(before[key], Infinity))),
    ),
    ...compareBounds(before, after, ['minimum', 'exclusiveMinimum'], 1),
    ...compareBounds(before, after, ['maximum', 'exclusiveMaximum'], -1),
    ...told('multipleOf', compareSteps(before['multipleOf'], after['multipleOf'])),
    ...told(
      'uniqueItems',
      orderOf(Number(before['uniqueItems'] === true), Number(after['uniqueItems'] === true)),
    ),
    ...told('pattern', comparePresence(before['pattern'], after['pattern'])),
    ...told('format', compareFormats(before['format'], after['format'])),
  ]
}

/** Says how a value moved: `changed from 1 to 2`, `is new: 2`, `is gone (was 1)`. */
export function describeMove(before: Json | undefined, after: Json | undefined): string {
  if (before === undefined) return `is new: ${JSON.stringify(after)}`
  if (after === undefined) return `is gone (was ${JSON.stringify(before)})`
  return `changed from ${JSON.stringify(before)} to ${JSON.stringify(after)}`
}

function count(value: Json | undefined, fallback: number): number {
  return typeof value === 'number' ? value : fallback
}

/** A rising number lets fewer values pass. */
function orderOf(before: number, after: number): Direction {
  if (before === after) return 'same'
  return after > before ? 'narrowed' : 'widened'
}

/** A bound may stand under two keywords: the stricter one holds (JSON Schema 2020-12, section 6.2). */
function compareBounds(
  before: JsonObject,
  after: JsonObject,
  keys: readonly [inclusive: string, exclusive: string],
  sign: 1 | -1,
): readonly LimitChange[] {
  const [old, fresh] = [boundOf(before, keys, sign), boundOf(after, keys, sign)]
  const direction =
    old.at === fresh.at
      ? orderOf(Number(old.isExclusive), Number(fresh.isExclusive))
      : orderOf(old.at, fresh.at)
  if (direction === 'same') return []
  const told = keys.flatMap((key) =>
    before[key] === after[key] ? [] : [`${key} ${describeMove(before[key], after[key])}`],
  )
  return [{ direction, what: told.join(', ') }]
}

function boundOf(
  schema: JsonObject,
  [inclusive, exclusive]: readonly [string, string],
  sign: 1 | -1,
): { readonly at: number; readonly isExclusive: boolean } {
  const [least, beyond] = [inclusive, exclusive].map((key) => {
    const value = schema[key]
    return typeof value === 'number' ? value * sign : -Infinity
  })
  const [at = -Infinity, edge = -Infinity] = [least, beyond]
  return edge >= at && edge !== -Infinity
    ? { at: edge, isExclusive: true }
    : { at, isExclusive: false }
}

function compareSteps(before: Json | undefined, after: Json | undefined): Direction {
  if (typeof before !== 'number' || typeof after !== 'number') return comparePresence(before, after)
  if (before === after) return 'same'
  if (after % before === 0) return 'narrowed'
  return before % after === 0 ? 'widened' : 'both'
}

function compareFormats(before: Json | undefined, after: Json | undefined): Direction {
  if (before === 'int32' && after === 'int64') return 'widened'
  if (before === 'int64' && after === 'int32') return 'narrowed'
  return comparePresence(before, after)
}

function comparePresence(before: Json | undefined, after: Json | undefined): Direction {
  if (before === after) return 'same'
  if (before === undefined) return 'narrowed'
  return after === undefined ? 'widened' : 'both'
}

/** The values a schema lists, by their canonical text; `null` where it lists none. */
export function listedValues(schema: JsonObject): ReadonlyMap<string, Json> | null {
  const { const: only, enum: several } = schema
  const values = only !== undefined ? [only] : isList(several) ? several : null
  return values === null ? null : new Map(values.map((value) => [canonicalText(value), value]))
}
