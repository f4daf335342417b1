import type { ParameterModel, ToolModel } from '../model.ts'
import { nounKey, splitWords, toSingular, withLast } from './words.ts'

/** What actions and the last parts of paths are called beside what they are about. */
const VERBS: ReadonlySet<string> = new Set([
  ...['all', 'browse', 'fetch', 'filter', 'find', 'get', 'index', 'list', 'lookup', 'query'],
  ...['read', 'retrieve', 'search', 'show', 'view'],
])
/** What follows these says which, and no longer what: `listForOrg`. */
const PREPOSITIONS: ReadonlySet<string> = new Set([
  ...['at', 'by', 'for', 'from', 'in', 'of', 'on', 'per', 'to', 'under', 'with', 'without'],
])

/** How names end that say which one is meant. */
const ID_WORDS: ReadonlySet<string> = new Set([
  ...['code', 'guid', 'id', 'key', 'name', 'no', 'number', 'sid', 'slug', 'uuid'],
])

type Named = Pick<ToolModel, 'parts' | 'operation' | 'arguments'>

/**
 * What a tool lists, in the plural: what its action says where its path says that as well, else its
 * namespace; `null` where neither is surely what its path ends with.
 */
export function nameItems({ parts, operation }: Named): string | null {
  const subject = lastSubject(operation.path)
  // What a path names by its last part has a list, and is none.
  const isRecord = segmentsOf(operation.path).at(-1)?.includes('{') ?? false
  if (isRecord || subject === null || !isPlural(subject)) return null
  const nouns = [nounOf(parts.action), splitWords(parts.namespace)].filter(isPlural)
  const agreeing = nouns.find((words) => lastKey(words) === lastKey(subject))
  return (agreeing ?? nouns[0])?.join(' ') ?? null
}

/** The one that a list belongs to, in the singular; `null` where no argument names it. */
export function nameParent(tool: Named): string | null {
  const segments = segmentsOf(tool.operation.path)
  const index = segments.findLastIndex((segment) => segment.includes('{'))
  const argument = argumentAt(tool, segments[index])
  if (argument === null || index === segments.length - 1) return null
  const collection = index === 0 ? null : subjectOf(segments[index - 1] ?? '')
  if (collection !== null && isPlural(collection)) return toOne(collection)
  const own = ownerOf(argument)
  return own.length === 0 || isPlural(own) ? null : own.join(' ')
}

/** The record that a path names by its last part, and the argument that says which; else `null`. */
export function nameRecord(
  tool: Named,
): { readonly noun: string; readonly argument: ParameterModel } | null {
  const segments = segmentsOf(tool.operation.path)
  const argument = argumentAt(tool, segments.at(-1))
  const subject = subjectOf(segments.at(-2) ?? '')
  if (argument === null || subject === null || !isPlural(subject)) return null
  if (identifiesAnother(argument, subject)) return null
  const namespace = splitWords(tool.parts.namespace)
  const action = nounOf(tool.parts.action)
  if (action.length === 0 && isPlural(namespace)) return { noun: toOne(namespace), argument }
  const isSame = nounKey(action) === nounKey(subject)
  return { noun: toOne(isSame ? action : subject), argument }
}

/** What an argument identifies by its name: `boat_id` a boat, `id` nothing. */
function ownerOf({ name }: ParameterModel): readonly string[] {
  const words = splitWords(name)
  return ID_WORDS.has(words.at(-1) ?? '') ? words.slice(0, -1) : words
}

/** `/images/{file_key}` makes images of a file, and has none that a key belongs to. */
function identifiesAnother(argument: ParameterModel, subject: readonly string[]): boolean {
  const owner = ownerOf(argument)
  if (owner.length === 0 || owner.length === splitWords(argument.name).length) return false
  const subjectKey = nounKey(subject)
  return !subjectKey.includes(nounKey(owner)) && !subjectKey.includes(lastKey(owner))
}

function argumentAt({ arguments: known }: Named, segment = ''): ParameterModel | null {
  const name = /^\{([^{}]+)\}(?:\.\w+)?$/.exec(segment)?.[1]
  return known.find(({ wire, ...each }) => wire?.in === 'path' && each.name === name) ?? null
}

function segmentsOf(path: string): readonly string[] {
  return (path.split(/[?#]/)[0] ?? '').split('/').filter((segment) => segment !== '')
}

/** The last part of a path that names something. */
function lastSubject(path: string): readonly string[] | null {
  const subjects = segmentsOf(path).map(subjectOf)
  return subjects.findLast((words) => words !== null) ?? null
}

function subjectOf(segment: string): readonly string[] | null {
  if (segment.includes('{')) return null
  const words = splitWords(segment.replace(/\.(?:json|xml)$/, ''))
  const named = words.filter((word) => !VERBS.has(word))
  return named.length === 0 ? null : named
}

/** `listReviewComments` is about review comments, `listForOrg` and `get` about nothing of their own. */
function nounOf(action: string): readonly string[] {
  const words = splitWords(action)
  const end = words.findIndex((word) => PREPOSITIONS.has(word))
  const named = end === -1 ? words : words.slice(0, end)
  return VERBS.has(named[0] ?? '') ? named.slice(1) : named
}

function isPlural(words: readonly string[]): boolean {
  const last = words.at(-1) ?? ''
  return toSingular(last) !== last
}

function lastKey(words: readonly string[]): string {
  return nounKey(words.slice(-1))
}

function toOne(words: readonly string[]): string {
  return withLast(words, toSingular).join(' ')
}
