import MiniSearch, { type SearchOptions } from 'minisearch'
import type { Candidate } from './candidate.ts'
import { listMeant } from './thesaurus.ts'
import { toLine } from './to-line.ts'
import { splitWords, toStem } from './words.ts'

/** Something that may answer a question, the likelier the higher its score. */
export type Suggestion = {
  readonly kind: Candidate['kind']
  readonly name: string
  readonly title: string
  /** The beginning of its description. */
  readonly line: string
  /** Comparable within one ranking only. */
  readonly score: number
}

/** Finds what answers a question. */
export type Router = {
  /**
   * Ranks what has anything to do with a question, the likeliest first. The same question gets the
   * same answer: nothing is learned, nobody is asked, and equals stand in name order.
   *
   * @param utterance in any words; without one that is known, there is nothing to rank
   * @param options.limit of suggestions
   * @param options.isShown what the caller may see; asked after ranking, so that it changes no order
   */
  readonly rank: (
    utterance: string,
    options: {
      readonly limit: number
      readonly isShown: (candidate: Pick<Candidate, 'kind' | 'name'>) => boolean
    },
  ) => readonly Suggestion[]
}

/** Words of a question that are looked up; what follows is left out. */
const MAX_TERMS = 40

/** By how much a word counts, depending on where it stands. */
const BOOST = {
  utterances: 1.5,
  title: 4,
  name: 2.5,
  group: 0.5,
  description: 1,
  instructions: 1,
  answer: 0.6,
  arguments: 0.6,
} as const satisfies Partial<Record<keyof Candidate, number>>

/**
 * Makes a router. Its index is made by the first question, and kept: some kilobytes for each candidate.
 *
 * @param list gives all candidates, once; no two of a kind have the same name
 */
export function createRouter(list: () => readonly Candidate[]): Router {
  let made: Index | null = null
  return {
    rank(utterance, { limit, isShown }) {
      made ??= buildIndex(list())
      const { search, candidates } = made
      return search(utterance)
        .flatMap(({ id, score }) => {
          const candidate = candidates[id]
          return candidate !== undefined && isShown(candidate) ? [{ candidate, score }] : []
        })
        .sort((a, b) => b.score - a.score || byName(a.candidate, b.candidate))
        .slice(0, limit)
        .map(({ candidate: { kind, name, title, description }, score }) => ({
          ...{ kind, name, title, score },
          line: toLine(description),
        }))
    },
  }
}

/** By how much what a word means beside itself counts less. */
const MEANT_WEIGHT = 0.4
/** By how much a tool that reads one record counts more where the question names one. */
const RECORD_BOOST = 1.3

/** By how much what is asked for by its very name counts more: it is first. */
const NAME_BOOST = 100

type Scored = { readonly id: number; readonly score: number }

type Index = {
  readonly search: (utterance: string) => readonly Scored[]
  readonly candidates: readonly Candidate[]
}

function buildIndex(candidates: readonly Candidate[]): Index {
  const known = new Set<string>()
  const index = new MiniSearch({
    fields: Object.keys(BOOST),
    tokenize: (text) => [...splitWords(text)],
    processTerm(word) {
      const terms = toTerms(word)
      for (const term of terms) known.add(term)
      return terms
    },
  })
  index.addAll(candidates.map((candidate, id) => ({ ...candidate, id })))
  const isUnknown = (term: string) => !known.has(term)
  const names = candidates.map(({ name }) => toPhrase(name))
  return {
    search(utterance) {
      const phrase = toPhrase(utterance)
      const ofRecord = namesRecord(utterance) ? RECORD_BOOST : 1
      return index.search(utterance, toSearchOptions(isUnknown)).map(({ id: found, score }) => {
        const id = Number(found)
        const asRecord = candidates[id]?.isRecord === true ? ofRecord : 1
        return { id, score: score * asRecord * (names[id] === phrase ? NAME_BOOST : 1) }
      })
    },
    candidates,
  }
}

/** Both spellings of a name, and its words, are one phrase. */
function toPhrase(text: string): string {
  return splitWords(text).join(' ')
}

/** A word counts as its stem, and again as it is: who asks in the plural wants a list. */
function toTerms(word: string): string[] {
  const stem = toStem(word)
  return stem === word ? [stem] : [stem, word]
}

/** @param isUnknown whether no candidate has a word: only then it is looked for as if misspelt */
function toSearchOptions(isUnknown: (term: string) => boolean): SearchOptions {
  const said = new Set<string>()
  return {
    boost: BOOST,
    tokenize: (text) => [...new Set(splitWords(text))].slice(0, MAX_TERMS),
    processTerm(word) {
      const own = toTerms(word)
      for (const term of own) said.add(term)
      return [...own, ...listMeant(toStem(word))]
    },
    boostTerm: (term) => (said.has(term) ? 1 : MEANT_WEIGHT),
    prefix: (term) => term.length > 2,
    fuzzy: (term) => (term.length > 4 && isUnknown(term) ? 0.2 : false),
    weights: { prefix: 0.3, fuzzy: 0.2 },
  }
}

/** Answers whether a question names one record: by an id with a digit in it, or a number that is no year. */
function namesRecord(utterance: string): boolean {
  return /\p{L}[\p{L}_-]*\d|#\d|(?:^|\s)(?!(?:19|20)\d\d\b)\d+\b/u.test(utterance)
}

function byName(a: Candidate, b: Candidate): number {
  return `${a.name} ${a.kind}` < `${b.name} ${b.kind}` ? -1 : 1
}
