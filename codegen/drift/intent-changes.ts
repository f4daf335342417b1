import { isSame, listAt, member, objectAt, textAt, type Json, type JsonObject } from '../json.ts'
import { tell, type ChangeClass, type Difference } from './change.ts'
import { describeMove } from './schema-limits.ts'
import { diffTexts } from './text-diff.ts'

/** Compares the intents of two manifests, by name. */
export function compareIntents(before: Json | undefined, after: Json | undefined) {
  return compareNamed(before, after, 'intent', compareIntent)
}

/** Compares the prompts of two manifests, by name: a prompt's text is what a person asks for. */
export function comparePrompts(before: Json | undefined, after: Json | undefined) {
  return compareNamed(before, after, 'prompt', (old, fresh, place) => [
    ...compareArguments(old['arguments'], fresh['arguments'], place),
    ...compareTexts(old, fresh, place, ['description', 'text']),
    ...(isSame(old['attach'], fresh['attach'])
      ? []
      : [tell('risky', place, 'attaches something else')]),
    ...compareTitle(old, fresh, place),
  ])
}

type Compare = (old: JsonObject, fresh: JsonObject, place: string) => readonly Difference[]

function compareNamed(
  before: Json | undefined,
  after: Json | undefined,
  word: string,
  compare: Compare,
): readonly Difference[] {
  const [old, fresh] = [objectAt(before), objectAt(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])].flatMap((name) => {
    const place = `${word} ${JSON.stringify(name)}`
    const [left, right] = [member(old, name), member(fresh, name)]
    if (right === undefined) return [tell('breaking', place, 'is gone')]
    const text = textAt(objectAt(right)['description'])
    if (left === undefined) return [tell('additive', place, 'is new', diffTexts('', text))]
    return compare(objectAt(left), objectAt(right), place)
  })
}

const compareIntent: Compare = (old, fresh, place) => [
  ...compareTool(old['tool'], fresh['tool'], place),
  ...compareArguments(old['arguments'], fresh['arguments'], place),
  ...(['steps', 'result'] as const).flatMap((key) =>
    isSame(old[key], fresh[key]) ? [] : [tell('risky', place, `${key} changed: answers otherwise`)],
  ),
  ...compareTexts(old, fresh, place, ['description', 'note']),
  ...(isSame(old['utterances'], fresh['utterances'])
    ? []
    : [tell('risky', place, 'the utterances changed', diffUtterances(old, fresh))]),
  ...(isSame(old['pinned'], fresh['pinned'])
    ? []
    : [tell('risky', place, `pinned ${describeMove(old['pinned'], fresh['pinned'])}`)]),
  ...compareTitle(old, fresh, place),
]

function compareTool(old: Json | undefined, fresh: Json | undefined, place: string) {
  if (isSame(old, fresh)) return []
  return fresh === true
    ? [tell('additive', place, 'is a tool now')]
    : [tell('breaking', place, 'is no longer a tool')]
}

function diffUtterances(old: JsonObject, fresh: JsonObject): string {
  const [left = '', right = ''] = [old, fresh].map(({ utterances }) =>
    listAt(utterances).map(textAt).join('\n'),
  )
  return diffTexts(left, right)
}

function compareTexts(
  old: JsonObject,
  fresh: JsonObject,
  place: string,
  keys: readonly string[],
): readonly Difference[] {
  return keys.flatMap((key) => {
    const [left, right] = [textAt(old[key]), textAt(fresh[key])]
    return left === right
      ? []
      : [tell('risky', place, `the ${key} changed`, diffTexts(left, right))]
  })
}

function compareTitle(old: JsonObject, fresh: JsonObject, place: string): readonly Difference[] {
  return isSame(old['title'], fresh['title']) ? [] : [tell('cosmetic', place, 'the title changed')]
}

function compareArguments(
  before: Json | undefined,
  after: Json | undefined,
  place: string,
): readonly Difference[] {
  const [old, fresh] = [objectAt(before), objectAt(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])].flatMap((name) => {
    const own = `${place}: argument ${JSON.stringify(name)}`
    const [left, right] = [member(old, name), member(fresh, name)]
    if (right === undefined) return [tell('breaking', own, 'is gone')]
    const isRequired = objectAt(right)['required'] === true
    if (left !== undefined) return compareArgument(objectAt(left), objectAt(right), own)
    return [
      tell(isRequired ? 'breaking' : 'additive', own, `is new${isRequired ? ' and required' : ''}`),
    ]
  })
}

/** What is refused from now on breaks; another default answers something else. */
function compareArgument(old: JsonObject, fresh: JsonObject, place: string): readonly Difference[] {
  return ARGUMENT_FACTS.flatMap(([key, judge]) => {
    const [left, right] = [member(old, key), member(fresh, key)]
    if (isSame(left, right)) return []
    return [tell(judge(left, right), place, `${key} ${describeMove(left, right)}`)]
  })
}

type Judge = (old: Json | undefined, fresh: Json | undefined) => ChangeClass

const ARGUMENT_FACTS: readonly (readonly [key: string, judge: Judge])[] = [
  ['type', () => 'breaking'],
  ['required', (_old, fresh) => (fresh === true ? 'breaking' : 'additive')],
  ['values', (old, fresh) => (isNarrower(old, fresh) ? 'breaking' : 'additive')],
  ['minimum', (old, fresh) => (isTighter(old, fresh, 1) ? 'breaking' : 'additive')],
  ['maximum', (old, fresh) => (isTighter(old, fresh, -1) ? 'breaking' : 'additive')],
  ['default', () => 'risky'],
  ['description', () => 'risky'],
]

/** Whether a value is no longer in the list of all; no list allows all. */
function isNarrower(old: Json | undefined, fresh: Json | undefined): boolean {
  if (fresh === null || fresh === undefined) return false
  const allowed = listAt(fresh)
  return old === null || old === undefined || listAt(old).some((value) => !allowed.includes(value))
}

/**
 * Whether a bound was set, or lets less pass than before.
 *
 * @param direction 1 where a higher one lets less pass
 */
function isTighter(old: Json | undefined, fresh: Json | undefined, direction: 1 | -1): boolean {
  if (typeof fresh !== 'number') return false
  return typeof old !== 'number' || (fresh - old) * direction > 0
}
