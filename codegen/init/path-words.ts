import { splitWords } from '../tool/words.ts'

/** One step of a path that says something: a word of its own, or a place for an argument. */
export type PathStep = {
  readonly kind: 'word' | 'argument'
  readonly words: readonly string[]
}

/** What a path says, without what every path of every API says. */
export type PathWords = {
  readonly steps: readonly PathStep[]
  /** What some documents put behind `#` or `?` of a path to tell two operations apart. */
  readonly note: readonly string[]
}

/** Where a path says only that it belongs to an API. */
const GENERIC = new Set(['api', 'apis', 'rest', 'json', 'odata'])
/** `v1`, `v2beta1`, `2.0`, `2010-04-01`. */
const VERSION = /^(?:v\d+(?:[._]\d+)*(?:(?:alpha|beta|rc|preview)\d*)?|\d+(?:[._-]\d+)*)$/i
const FORMAT = /\.(?:json|xml|ya?ml)$/i

/** Reads a path template as words. */
export function readPathWords(path: string): PathWords {
  const [way = '', ...notes] = path.split(/[?#]/)
  const segments = way.split('/').filter((segment) => segment !== '')
  const steps = segments.flatMap((segment): readonly PathStep[] => {
    const text = decode(segment).replace(FORMAT, '')
    if (VERSION.test(text) || GENERIC.has(text.toLowerCase())) return []
    return readSegment(text)
  })
  return { steps: isCall(segments) ? splitCall(way) : steps, note: splitWords(notes.join(' ')) }
}

/** The words of a path, one list for each of its steps that is no argument. */
export function wordsOf(steps: readonly PathStep[]): readonly (readonly string[])[] {
  return steps.flatMap((step) => (step.kind === 'word' ? [step.words] : []))
}

/** Answers whether a path ends in an argument, so that it names one thing. */
export function endsInArgument(steps: readonly PathStep[]): boolean {
  return steps.at(-1)?.kind === 'argument'
}

/** `thumbnail.{extension}` begins with a word; `{id}.pdf` and `{owner}:{name}` are places for arguments. */
function readSegment(text: string): readonly PathStep[] {
  const parts = text.split(/(\{[^{}]*\})/).filter((part) => part !== '')
  const [first] = parts
  if (first === undefined) return []
  if (parts.length > 1 && !first.startsWith('{')) return toWordStep(first)
  return parts.flatMap((part): readonly PathStep[] =>
    part.startsWith('{') ? [{ kind: 'argument', words: splitWords(part) }] : toWordStep(part),
  )
}

function toWordStep(text: string): readonly PathStep[] {
  const words = splitWords(text)
  return words.length === 0 ? [] : [{ kind: 'word', words }]
}

/** Some APIs have calls for paths: `/conversations.list`. */
function isCall(segments: readonly string[]): boolean {
  const [only = '', ...others] = segments.filter((segment) => !GENERIC.has(segment.toLowerCase()))
  return others.length === 0 && /^[A-Za-z]\w*(?:\.\w+)+$/.test(only) && !FORMAT.test(only)
}

function splitCall(way: string): readonly PathStep[] {
  const call = way.split('/').at(-1) ?? ''
  return call.split('.').flatMap(toWordStep)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
