import pMap from 'p-map'
import { startDeadline } from '../../upstream/deadline.ts'
import type { ReadTool } from '../call-tool.ts'
import type { Session } from '../session.ts'
import { chooseWords } from './choose-words.ts'
import { mergeHits } from './merge-hits.ts'
import { searchSource, type Found, type Hit } from './search-source.ts'
import type { Source } from './sources.ts'

/** Searches of one message that run at the same time. */
const CONCURRENCY = 4
/** Records that one search gives, of all namespaces. */
export const MAX_RESULTS = 20

/** What was found, and where nothing could be looked for. */
export type SearchResult = {
  /** The best of each namespace first. */
  readonly results: readonly Hit[]
  /** Namespaces that were not searched, each with why; empty where all were. */
  readonly incomplete: readonly { readonly namespace: string; readonly reason: string }[]
  /** Nothing has the query as a whole: these have one word of it, or more. */
  readonly isByWords: boolean
}

/**
 * Searches several namespaces at once, and leaves out what does not answer in time. Many upstreams
 * look for a text as it is: where none has anything, they are asked for the query's longest words.
 *
 * @param options.timeoutMs for all of it
 * @returns `null` where no namespace takes these words
 * @throws {UpstreamFailure} where none gave an answer
 * @throws the client's reason when it has left
 */
export async function searchAll(options: {
  readonly query: string
  readonly sources: readonly Source[]
  readonly session: Session
  readonly read: ReadTool
  readonly timeoutMs: number
}): Promise<SearchResult | null> {
  const { query, sources, session, read, timeoutMs } = options
  const time = startDeadline({
    timeoutMs,
    caller: session.signal,
    steadyMs: () => performance.now(),
  })
  const own = { ...session, signal: time.signal }
  const searchEach = (wanted: readonly Wanted[]) =>
    pMap(wanted, async (each) => ({ ...each, found: await searchSource(each, own, read) }), {
      concurrency: CONCURRENCY,
    })
  try {
    const whole = await searchEach(sources.map((source) => ({ source, query })))
    const answering = whole.filter(({ found }) => found.kind === 'found')
    if (answering.length === 0) return refuse(whole)
    const words = chooseWords(query).filter((word) => word !== query)
    if (words.length === 0 || hitsOf(whole).flat().length > 0) return toResult(whole, [])
    const wanted = words.flatMap((word) => answering.map(({ source }) => ({ source, query: word })))
    return toResult(whole, await searchEach(wanted))
  } finally {
    time.end()
  }
}

type Wanted = { readonly source: Source; readonly query: string }
type Searched = Wanted & { readonly found: Found }

/** Where nobody answered, the first failure speaks for all. */
function refuse(searched: readonly Searched[]): null {
  for (const { found } of searched) if (found.kind === 'failed') throw found.failure
  return null
}

function hitsOf(searched: readonly Searched[]): readonly (readonly Hit[])[] {
  return searched.flatMap(({ found }) => (found.kind === 'found' ? [found.hits] : []))
}

function toResult(whole: readonly Searched[], byWord: readonly Searched[]): SearchResult {
  const all = [...whole, ...byWord]
  const reasons = all.flatMap(({ source, found }): readonly (readonly [string, string])[] =>
    found.kind === 'found' ? [] : [[source.namespace, describeReason(found)]],
  )
  const results = mergeHits(hitsOf(all)).slice(0, MAX_RESULTS)
  return {
    results,
    incomplete: [...new Map(reasons)].map(([namespace, reason]) => ({ namespace, reason })),
    isByWords: byWord.length > 0 && results.length > 0,
  }
}

function describeReason(found: Exclude<Found, { kind: 'found' }>): string {
  if (found.kind === 'refused') return 'does not search for such words'
  const { status } = found.failure
  if (status === 403) return 'not allowed for this member'
  return status === 504 ? 'did not answer in time' : `failed with status ${status}`
}
