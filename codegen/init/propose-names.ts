import { byCodeUnit } from '../json.ts'
import { collisionKey, MAX_NAME_LENGTH } from '../tool/names.ts'
import { endsInArgument, readPathWords } from './path-words.ts'
import { proposeNamespaces, type Placement } from './propose-namespaces.ts'
import { nounKey, splitWords, toCamelCase, toPlural, toSingular, withLast } from '../tool/words.ts'

/** What a name is proposed from. */
export type Nameable = {
  readonly path: string
  readonly operationId: string | null
  readonly tags: readonly string[]
  /** What the answer is, as the document describes it; `null` where it does not. */
  readonly isList: boolean | null
}

/** A proposed name, and the tag that gave its namespace. */
export type ProposedName = {
  readonly namespace: string
  readonly action: string
  readonly tag: string | null
}

/** Names beyond this are still good, but some clients shorten them. */
const GOOD_NAME_LENGTH = 40

/**
 * Names every operation, in the order given: `list` and `get` for what the namespace itself is, else
 * the last word of the path. Where two would be the same, the words of the path that tell them
 * apart come before it, then the words of the operationId, then a number.
 *
 * Unique in both spellings, whatever their case; the same operations get the same names.
 */
export function proposeNames(operations: readonly Nameable[]): readonly ProposedName[] {
  const placements = proposeNamespaces(operations)
  const family = listFamily(operations.map(({ path }) => path))
  const drafts = operations.map((operation, index): Draft => {
    const placement = placements[index] ?? NOWHERE
    return { index, operation, placement, ...draftAction(operation, placement, family) }
  })
  const actions = settle(drafts)
  return drafts.map(({ index, placement: { namespace, tag } }) => ({
    namespace,
    action: actions.get(index) ?? `read${index + 1}`,
    tag,
  }))
}

const NOWHERE: Placement = {
  namespace: 'api',
  tag: null,
  within: [],
  before: [],
  isNamed: false,
}

type Draft = {
  readonly index: number
  readonly operation: Nameable
  readonly placement: Placement
  /** The action, word by word. */
  readonly words: readonly string[]
  /** The steps of the path that may tell it from another, the nearest first. */
  readonly chain: readonly (readonly string[])[]
}

function draftAction(
  operation: Nameable,
  { within, before, isNamed, namespace }: Placement,
  family: Family,
): Pick<Draft, 'words' | 'chain'> {
  const { path, operationId, isList } = operation
  const isItem = endsInArgument(readPathWords(path).steps)
  const said = toPhrase(within)
  const words = respell(said.words, splitWords(operationId ?? ''))
  const chain = [...before, ...within.slice(0, within.length - said.length)]
    .toReversed()
    .map((step) => withLast(step, toSingular))
  if (words.length > 0) {
    const hasList = family.lists.has(path)
    if (isItem) return { words: isList && !hasList ? words : nameItem(words, hasList), chain }
    return { words: family.parents.has(path) ? withLast(words, toPlural) : words, chain }
  }
  if (!isNamed) {
    const own = readOwnId(operationId, namespace)
    return { words: own.length === 0 ? ['get'] : own, chain }
  }
  if (isItem) return { words: ['get'], chain }
  if (/^(?:search|query|find|lookup)$/.test(namespace)) return { words: ['find'], chain }
  const looksLikeList = isList ?? namespace !== toSingular(namespace)
  return { words: [looksLikeList || family.parents.has(path) ? 'list' : 'get'], chain }
}

/** Paths are often in lower case where operationIds are not: `persistentvolumes` is two words. */
function respell(words: readonly string[], spelled: readonly string[]): readonly string[] {
  const [only = ''] = words
  if (words.length !== 1) return words
  for (const start of spelled.keys()) {
    for (let end = start + 2; end <= spelled.length; end += 1) {
      const run = spelled.slice(start, end)
      if (nounKey(run) !== nounKey([only])) continue
      return withLast(run, toSingular(only) === only ? toSingular : toPlural)
    }
  }
  return words
}

/** Says what the path ends in, and how many of its steps that took. */
function toPhrase(within: readonly (readonly string[])[]) {
  const isVerbLast = /^(?:list|get)$/.test(within.at(-1)?.join('') ?? '') && within.length > 1
  const steps = isVerbLast ? within.slice(0, -1) : within
  const said = joinQualities(steps)
  return { words: said.words, length: said.length + (isVerbLast ? 1 : 0) }
}

function joinQualities(steps: readonly (readonly string[])[]) {
  let words = steps.at(-1) ?? []
  let length = Math.min(1, steps.length)
  for (; length < steps.length; length += 1) {
    const quality = words.at(-1) ?? ''
    const noun = steps[steps.length - 1 - length] ?? []
    if (quality === 'me') words = ['my', ...withLast(noun, toSingular)]
    else if (ONE_OF_MANY.has(quality)) words = [...words, ...withLast(noun, toSingular)]
    else if (SOME_OF_MANY.has(quality)) words = [...words, ...noun]
    else break
  }
  return { words, length }
}

/** Words that say which, and need the noun before them: `releases/latest`, `threads/archived`. */
const ONE_OF_MANY = new Set(['latest', 'current', 'default', 'original', 'first', 'last'])
const SOME_OF_MANY = new Set([
  ...['public', 'private', 'active', 'inactive', 'archived', 'all', 'recent', 'open', 'closed'],
  ...['deleted', 'pending', 'approved', 'denied', 'restricted', 'completed', 'failed', 'enabled'],
  ...['disabled', 'available', 'unread', 'popular', 'favorite', 'favourite', 'expired', 'system'],
])

/** One of a list is its singular; where there is none, it must still differ from the list. */
function nameItem(words: readonly string[], hasList: boolean): readonly string[] {
  const singular = withLast(words, toSingular)
  const isSame = singular.join('') === withLast(words, toPlural).join('')
  return hasList && isSame ? [...singular, 'item'] : singular
}

type Family = {
  /** Paths that another one continues with nothing but arguments. */
  readonly parents: ReadonlySet<string>
  /** Paths of single things, whose list is there too. */
  readonly lists: ReadonlySet<string>
}

function listFamily(paths: readonly string[]): Family {
  const all = new Set(paths)
  const children = paths.flatMap((path) => {
    const parent = (path.split(/[?#]/, 1)[0] ?? '').replace(/(?:\/\{[^{}/]*\})+(\.\w+)?\/?$/, '$1')
    return parent !== path && all.has(parent) ? [{ path, parent }] : []
  })
  return {
    parents: new Set(children.map(({ parent }) => parent)),
    lists: new Set(children.map(({ path }) => path)),
  }
}

/** The operationId without the namespace it begins with, the verb of every read, and versions. */
function readOwnId(operationId: string | null, namespace: string): readonly string[] {
  const own = splitWords(namespace).map(toSingular)
  const all = splitWords(operationId ?? '').filter((word, index, words) => {
    const isNoise = /^v\d/.test(word) || (word === 'id' && words[index - 1] !== 'by')
    return !isNoise
  })
  const verb = all.findIndex((word) => /^(?:get|read|fetch|retrieve|show)$/.test(word))
  const words = verb < all.length - 1 ? all.slice(verb + 1) : all
  const start = words.findIndex((word) => !own.includes(toSingular(word)))
  return start === -1 ? [] : words.slice(start)
}

/** Settles the plain names first, then tells the others apart, from the nearest word outwards. */
function settle(drafts: readonly Draft[]): ReadonlyMap<number, string> {
  const actions = new Map<number, string>()
  const taken = new Set<string>()
  const keyOf = (draft: Draft, words: readonly string[]) =>
    collisionKey(`${draft.placement.namespace}.${toCamelCase(words)}`)
  const take = (draft: Draft, words: readonly string[]) => {
    const action = toCamelCase(words)
    const { namespace } = draft.placement
    const isTooLong = namespace.length + 1 + action.length > MAX_NAME_LENGTH
    if (isTooLong || !/^[a-z]/.test(action) || taken.has(keyOf(draft, words))) return false
    taken.add(keyOf(draft, words))
    actions.set(draft.index, action)
    return true
  }
  const groups = Map.groupBy(drafts, (draft) => keyOf(draft, draft.words))
  const clashing = [...groups.values()].flatMap((group) => {
    const [only, ...others] = group
    if (only !== undefined && others.length === 0) return take(only, only.words) ? [] : [group]
    return [group]
  })
  for (const group of clashing) tellApart(group.map(withOwnChain(group)), take)
  return actions
}

type Take = (draft: Draft, words: readonly string[]) => boolean

/** Steps that every member of the group has tell none of them apart. */
function withOwnChain(group: readonly Draft[]): (draft: Draft) => Draft {
  const [first] = group
  const shared = (first?.chain ?? [])
    .map(nounKey)
    .filter((key) => group.every(({ chain }) => chain.some((step) => nounKey(step) === key)))
  return (draft) => ({
    ...draft,
    chain: draft.chain.filter((step) => !shared.includes(nounKey(step))),
  })
}

function tellApart(group: readonly Draft[], take: Take): void {
  const deepest = Math.max(...group.map(({ chain }) => chain.length))
  let open = group
  for (let depth = 0; depth <= deepest && open.length > 0; depth += 1) {
    const byName = Map.groupBy(open, (draft) => toCamelCase(withSteps(draft, depth)))
    open = [...byName.values()].flatMap((same) => {
      const [only, ...others] = same
      const isAlone = only !== undefined && others.length === 0
      // A name that says less than it could is only for what has nothing more to say.
      const isSaid = isAlone && (depth > 0 || only.chain.length === 0)
      if (isSaid && take(only, withSteps(only, depth))) return []
      const [plain, ...further] = same.filter(({ chain }) => chain.length <= depth)
      if (plain === undefined || further.length > 0) return same
      return take(plain, withSteps(plain, depth)) ? same.filter((each) => each !== plain) : same
    })
  }
  const [plainest, ...rest] = open.toSorted(byDetail)
  if (plainest === undefined) return
  const isPlainest = rest.every((draft) => byDetail(plainest, draft) < 0)
  if (!isPlainest || !take(plainest, plainest.words)) takeAny(plainest, take)
  for (const draft of rest) takeAny(draft, take)
}

/** What names one thing is plainer; then, what has fewer arguments and less behind `#`. */
function byDetail({ operation: left }: Draft, { operation: right }: Draft): number {
  const size = ({ path }: Nameable) => {
    const { steps, note } = readPathWords(path)
    const isItem = endsInArgument(steps)
    return steps.filter(({ kind }) => kind === 'argument').length + note.length - (isItem ? 10 : 0)
  }
  return size(left) - size(right)
}

function withSteps({ words, chain }: Draft, depth: number): readonly string[] {
  const steps = chain.slice(0, depth).toReversed().flat()
  if (steps.length === 0) return words
  const isVerb = words.length === 1 && /^(?:list|get|find)$/.test(words[0] ?? '')
  return isVerb ? [...words, 'for', ...steps] : [...steps, ...words]
}

/** What the path says behind `#`, its last argument, the operationId, and in the end a number. */
function takeAny(draft: Draft, take: Take): void {
  const { operation, placement, words } = draft
  const { note, steps } = readPathWords(operation.path)
  const argument = steps.findLast(({ kind }) => kind === 'argument')?.words ?? []
  const whole = splitWords(operation.operationId ?? '')
  const wishes = [
    note[0] === 'get' ? note.slice(1) : note,
    readOwnId(operation.operationId, placement.namespace),
    argument.length === 0 ? [] : [...words, 'by', ...argument],
    whole,
  ]
  for (const limit of [GOOD_NAME_LENGTH, MAX_NAME_LENGTH]) {
    for (const wish of wishes) {
      const isShort = `${placement.namespace}.${toCamelCase(wish)}`.length <= limit
      if (wish.length > 0 && isShort && take(draft, wish)) return
    }
  }
  for (let count = 2; ; count += 1) {
    const room = GOOD_NAME_LENGTH - placement.namespace.length
    const short = toCamelCase(words).slice(0, room) || 'read'
    if (take(draft, [short, String(count)])) return
  }
}

/** Orders names as the allow-list shows them: the list first, then one record, then the rest. */
export function byName(left: ProposedName, right: ProposedName): number {
  const rank = ({ action }: ProposedName) => ['list', 'get'].indexOf(action) + 1 || 3
  return (
    byCodeUnit(left.namespace, right.namespace) ||
    rank(left) - rank(right) ||
    byCodeUnit(left.action, right.action)
  )
}
