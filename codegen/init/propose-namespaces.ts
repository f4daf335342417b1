import { byCodeUnit } from '../json.ts'
import { readPathWords, wordsOf, type PathStep } from './path-words.ts'
import { nounKey, splitWords, toCamelCase, toSingular, withLast } from '../tool/words.ts'

/** What a namespace is proposed from. */
export type Placeable = {
  readonly path: string
  readonly tags: readonly string[]
}

/** The group that an operation belongs to. */
export type Placement = {
  /** camelCase. */
  readonly namespace: string
  /** The tag it was taken from; `null` where the path gave it. */
  readonly tag: string | null
  /** The words of the path behind the namespace's own, and before it. */
  readonly within: readonly (readonly string[])[]
  readonly before: readonly (readonly string[])[]
  /** The path names the group itself, so that what it ends in is the list or one record of it. */
  readonly isNamed: boolean
}

/** A longer name leaves too little for the action: clients take 40 characters best. */
const MAX_NAMESPACE_LENGTH = 24
/** Beyond this, no room is left for any action. */
const MAX_LENGTH = 36
/** People choose from about so many; beyond, groups are joined to others that they belong to. */
const MANY_NAMESPACES = 25
/** A first step that so many paths share says nothing about any of them. */
const SHARED_BY_MOST = 0.7

/**
 * Puts every operation into a namespace: by its tag where the document's tags make good groups,
 * otherwise by the first word of its path that tells it from the others. In the order given.
 */
export function proposeNamespaces(operations: readonly Placeable[]): readonly Placement[] {
  const placements = placeAll(operations)
  return placements.map((placement) => ({
    ...placement,
    namespace: shorten(placement.namespace),
  }))
}

function placeAll(operations: readonly Placeable[]): readonly Placement[] {
  const paths = operations.map(({ path }) => readPathWords(path).steps)
  const byPath = placeByPath(paths)
  if (!haveGoodTags(operations)) return joinGroups(byPath)
  const names = nameTags(operations, paths)
  return operations.map(({ tags: [tag = ''] }, index) => {
    const words = names.get(tag)
    const steps = wordsOf(paths[index] ?? [])
    return words === undefined
      ? (byPath[index] ?? placeAfter(['api'], steps, -1))
      : { ...placeByNoun(words, steps), tag }
  })
}

function shorten(namespace: string): string {
  if (namespace.length <= MAX_LENGTH) return namespace
  const words = splitWords(namespace)
  const fitting = words.filter(
    (_, index) => words.slice(0, index + 1).join('').length <= MAX_LENGTH,
  )
  return toCamelCase(fitting).slice(0, MAX_LENGTH) || namespace.slice(0, MAX_LENGTH)
}

function haveGoodTags(operations: readonly Placeable[]): boolean {
  const tagged = operations.flatMap(({ tags: [tag] }) => (tag === undefined ? [] : [tag]))
  const unique = [...new Set(tagged)]
  const isGood = (tag: string) =>
    cleanTag(tag).length > 0 && cleanTag(tag).length <= 4 && !/[.|/(]/.test(tag)
  const groups = new Set(unique.map((tag) => nounKey(withoutVersion(cleanTag(tag))))).size
  const average = tagged.length / groups
  return (
    tagged.length >= operations.length * 0.9 &&
    unique.filter(isGood).length >= unique.length * 0.8 &&
    (unique.length > 1 || operations.length < 8) &&
    (average >= 2 || groups <= 8) &&
    (groups <= 40 || average >= 6)
  )
}

/** Frameworks add words that say nothing: `user-controller`, `Accounts API`, `1. Users`. */
function cleanTag(tag: string): readonly string[] {
  const words = splitWords(tag.replace(/^\d+[.)]\s*/, ''))
  const noise = /^(?:apis?|rest|controllers?|endpoints?|operations)$/
  const kept = words.filter((word) => !noise.test(word))
  return kept.length === 0 ? words : kept
}

/** A tag takes the path's own spelling where it is the same noun: `Container` and `/containers`. */
function nameTags(
  operations: readonly Placeable[],
  paths: readonly (readonly PathStep[])[],
): ReadonlyMap<string, readonly string[]> {
  const tags = [...new Set(operations.flatMap(({ tags: [tag] }) => tag ?? []))]
  const bases = tags.map((tag) => nounKey(withoutVersion(cleanTag(tag))))
  return new Map(
    tags.flatMap((tag): [string, readonly string[]][] => {
      const words = cleanTag(tag)
      const bare = withoutVersion(words)
      const versions = tags.filter((other, index) => {
        const hasVersion = withoutVersion(cleanTag(other)) !== cleanTag(other)
        return bases[index] === nounKey(bare) && hasVersion && isVersioned(cleanTag(other))
      })
      const chosen = isVersioned(words) && versions.length < 2 ? bare : words
      if (chosen.length === 0) return []
      const own = operations.flatMap(({ tags: [first] }, index) =>
        first === tag ? wordsOf(paths[index] ?? []) : [],
      )
      const spelled = own.find((step) => nounKey(step) === nounKey(chosen) && isPlural(step))
      return [[tag, isPlural(chosen) ? chosen : (spelled ?? chosen)]]
    }),
  )
}

function isPlural(words: readonly string[]): boolean {
  const last = words.at(-1) ?? ''
  return toSingular(last) !== last
}

function isVersioned(words: readonly string[]): boolean {
  return /^v\d/.test(words.at(-1) ?? '') && words.length > 1
}

function withoutVersion(words: readonly string[]): readonly string[] {
  return isVersioned(words) ? words.slice(0, -1) : words
}

function placeByPath(paths: readonly (readonly PathStep[])[]): readonly Placement[] {
  const shared = findShared(paths)
  const rests = paths.map((steps) => skipShared(steps, shared))
  const sizes = new Map<string, number>()
  for (const { rest } of rests) {
    const key = nounKey(wordsOf(rest)[0] ?? [])
    sizes.set(key, (sizes.get(key) ?? 0) + 1)
  }
  return rests.map(({ skipped, rest }) => {
    const steps = wordsOf(rest)
    const [first] = steps
    // What stands alone below a shared step belongs to that step: an account's settings.
    const isAlone = first !== undefined && (sizes.get(nounKey(first)) ?? 0) < 2
    const scope = skipped.at(-1)
    const all = [...skipped, ...steps]
    return scope !== undefined && (isAlone || first === undefined)
      ? placeAfter(scope, all, skipped.length - 1)
      : placeAfter(first ?? ['api'], all, first === undefined ? -1 : skipped.length)
  })
}

/** The first steps that most paths begin with, as `/accounts/{id}/…` in many. */
function findShared(paths: readonly (readonly PathStep[])[]): readonly string[] {
  const shared: string[] = []
  let here = paths.map(wordsOf).filter((steps) => steps.length > 0)
  for (;;) {
    const counts = new Map<string, number>()
    for (const [first] of here) {
      if (first === undefined) continue
      counts.set(nounKey(first), (counts.get(nounKey(first)) ?? 0) + 1)
    }
    const [most] = [...counts].sort(([, left], [, right]) => right - left)
    const isShared = most !== undefined && most[1] > 2 && most[1] >= paths.length * SHARED_BY_MOST
    if (!isShared) return shared
    const next = here
      .filter(([first]) => first !== undefined && nounKey(first) === most[0])
      .map((steps) => steps.slice(1))
    const names = new Set(next.map(([second]) => nounKey(second ?? [])))
    if (names.size < 3) return shared
    shared.push(most[0])
    here = next
  }
}

/** A last step is never skipped: it is what the operation is about. */
function skipShared(steps: readonly PathStep[], shared: readonly string[]) {
  const skipped: (readonly string[])[] = []
  let rest = steps
  for (const key of shared) {
    const at = rest.findIndex(({ kind }) => kind === 'word')
    const step = rest[at]
    if (step?.kind !== 'word' || nounKey(step.words) !== key) break
    skipped.push(step.words)
    rest = rest.slice(at + 1)
  }
  return { skipped, rest }
}

/** Finds the noun in the path, as near to its end as it is. */
function placeByNoun(words: readonly string[], steps: readonly (readonly string[])[]): Placement {
  const key = nounKey(withoutVersion(words))
  const at = steps.findLastIndex((step) => nounKey(step) === key)
  if (at !== -1) return placeAfter(words, steps, at)
  const host = steps.findIndex((step) => step.length > 2 && nounKey(step).startsWith(key))
  if (host !== -1) return placeAfter(words, steps, host)
  // A tag may say more than the path: "Comment reactions" of /comments/{id}/reactions.
  const last = steps.at(-1) ?? []
  const isTail = last.length > 0 && last.length < words.length && key.endsWith(nounKey(last))
  if (isTail) return placeAfter(words, steps, steps.length - 1)
  return placeAfter(words, steps, -1)
}

function placeAfter(
  words: readonly string[],
  steps: readonly (readonly string[])[],
  at: number,
): Placement {
  return {
    namespace: toCamelCase(words),
    tag: null,
    within: steps.slice(at + 1),
    before: steps.slice(0, Math.max(at, 0)),
    isNamed: at !== -1,
  }
}

/**
 * Joins a group to the one whose noun its name begins with: `file_version_retentions` to `files`.
 * Only where there would be too many, or where the name is too long.
 */
function joinGroups(placements: readonly Placement[]): readonly Placement[] {
  const names = [...new Set(placements.map(({ namespace }) => namespace))].sort(byCodeUnit)
  const isMany = names.length > MANY_NAMESPACES
  const homes = new Map(
    names.flatMap((name): [string, readonly [string, readonly string[]]][] => {
      if (!isMany && name.length <= MAX_NAMESPACE_LENGTH) return []
      const home = findHome(name, names)
      return home === null ? [] : [[name, home]]
    }),
  )
  return placements.map((placement) => {
    const home = homes.get(placement.namespace)
    if (home === undefined) return placement
    const [namespace, rest] = home
    return { ...placement, namespace, within: [rest, ...placement.within] }
  })
}

/** The shortest group whose singular begins the name, and the words of the name that remain. */
function findHome(
  name: string,
  names: readonly string[],
): readonly [string, readonly string[]] | null {
  const words = splitWords(name)
  const homes = names
    .map((home) => ({ home, own: splitWords(home) }))
    .filter(({ home, own }) => home !== name && own.length < words.length)
    .filter(({ own }) => {
      const singular = withLast(own, toSingular)
      return singular.every((word, index) => toSingular(words[index] ?? '') === word)
    })
    .sort((left, right) => left.own.length - right.own.length || byCodeUnit(left.home, right.home))
  const [first] = homes
  return first === undefined ? null : [first.home, words.slice(first.own.length)]
}
