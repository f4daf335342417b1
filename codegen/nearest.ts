import { distance } from 'fastest-levenshtein'

/**
 * Finds what a misspelt word was probably meant to be; `null` if nothing is close.
 * Case does not count, and of equally near candidates the first one wins.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  let best: string | null = null
  let bestDistance = Math.max(1, Math.floor(word.length * 0.4)) + 1
  for (const candidate of candidates) {
    const steps = distance(word.toLowerCase(), candidate.toLowerCase())
    if (steps < bestDistance) [best, bestDistance] = [candidate, steps]
  }
  return best
}

/** Says "did you mean …?" where `nearest` has an answer. */
export function didYouMean(word: string, candidates: Iterable<string>): string | null {
  const match = nearest(word, candidates)
  return match === null ? null : `did you mean ${JSON.stringify(match)}?`
}
