import pMap from 'p-map'
import { startDeadline } from '../../upstream/deadline.ts'
import type { UpstreamFailure } from '../../upstream/failure.ts'
import type { ReadTool } from '../call-tool.ts'
import type { Session } from '../session.ts'
import { MAX_HITS, searchSource, type Found, type Hit } from './search-source.ts'
import type { Source } from './sources.ts'

/** Namespaces that are searched at the same time. */
const CONCURRENCY = 4
/** Records that one search gives, of all namespaces. */
export const MAX_RESULTS = 20

/** What was found, and where nothing could be looked for. */
export type SearchResult = {
  /** The best of each namespace first. */
  readonly results: readonly Hit[]
  /** Namespaces that were not searched, each with why; empty where all were. */
  readonly incomplete: readonly { readonly namespace: string; readonly reason: string }[]
}

/**
 * Searches several namespaces at once, and leaves out what does not answer in time.
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
  const search = async (source: Source) => ({
    namespace: source.namespace,
    found: await searchSource(source, query, own, read),
  })
  try {
    return join(await pMap(sources, search, { concurrency: CONCURRENCY }))
  } finally {
    time.end()
  }
}

type Searched = { readonly namespace: string; readonly found: Found }

function join(searched: readonly Searched[]): SearchResult | null {
  const lists = searched.flatMap(({ found }) => (found.kind === 'found' ? [found.hits] : []))
  if (lists.length === 0) {
    const [failure] = searched.flatMap(({ found }) =>
      found.kind === 'failed' ? [found.failure] : [],
    )
    if (failure === undefined) return null
    throw failure
  }
  return {
    results: interleave(lists).slice(0, MAX_RESULTS),
    incomplete: searched.flatMap(({ namespace, found }) =>
      found.kind === 'found' ? [] : [{ namespace, reason: describeReason(found) }],
    ),
  }
}

/** The first of each list, then the second of each: no namespace hides another. */
function interleave(lists: readonly (readonly Hit[])[]): readonly Hit[] {
  const ranked = Array.from({ length: MAX_HITS }, (_, rank) =>
    lists.flatMap((list) => list.slice(rank, rank + 1)),
  ).flat()
  return [...new Map(ranked.map((hit) => [hit.id, hit])).values()]
}

function describeReason(found: Exclude<Found, { kind: 'found' }>): string {
  if (found.kind === 'refused') return 'does not search for such words'
  return describeFailure(found.failure)
}

function describeFailure({ status }: UpstreamFailure): string {
  if (status === 403) return 'not allowed for this member'
  return status === 504 ? 'did not answer in time' : `failed with status ${status}`
}
