import { MAX_HITS, type Hit } from './search-source.ts'

/**
 * Makes one list of several, each record once: those that are in most lists first, and of these the
 * first of each list, then the second of each, so that no list hides another.
 */
export function mergeHits(lists: readonly (readonly Hit[])[]): readonly Hit[] {
  const ranked = Array.from({ length: MAX_HITS }, (_, rank) =>
    lists.flatMap((list) => list.slice(rank, rank + 1)),
  ).flat()
  const counts = new Map<string, number>()
  for (const list of lists) {
    for (const id of new Set(list.map((hit) => hit.id))) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  const distinct = [...new Map(ranked.map((hit) => [hit.id, hit])).values()]
  return distinct.toSorted((one, other) => (counts.get(other.id) ?? 0) - (counts.get(one.id) ?? 0))
}
