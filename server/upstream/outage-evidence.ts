/** What a call told of the upstream it was sent to. */
export type CallOutcome =
  /** It answers, whatever it answers: up to status 499. */
  | 'answered'
  /** It failed at this call: 5xx, too slow, or the connection was lost. */
  | 'failed'
  /** No connection could be made: nothing of the call was seen. */
  | 'unreachable'
  /** Nothing: the caller left, or we did not ask. */
  | 'unknown'

/** Judges by the outcomes of calls whether an upstream is down. */
export interface OutageEvidence {
  /** @returns whether it is down, as far as all that was noted tells */
  note(organization: string | null, outcome: CallOutcome): boolean
  /** Begins anew. */
  clear(): void
}

/** How long outcomes count together. */
const WINDOW_MS = 10_000
/** Connections in a row that could not be made. */
const MAX_UNREACHABLE = 10
/** Failures in one window. */
const MIN_FAILURES = 10

/**
 * Makes the judgement. Requests are no part of why a connection cannot be made, so ten of those in a
 * row are enough. Of all other failures, the cause may be what was asked: then it takes ten in ten
 * seconds, of several organizations of which none counts for more than its share, and for more than
 * half of all organizations that called, most calls must have failed. So no organization opens the
 * circuit for the others, whatever it asks.
 *
 * @param options.minOrganizations 1 where there is but one
 * @param options.steadyMs milliseconds since any fixed point, never going back
 */
export function createOutageEvidence(options: {
  readonly minOrganizations: number
  readonly steadyMs: () => number
}): OutageEvidence {
  const { minOrganizations, steadyMs } = options
  const maxCounted = Math.ceil(MIN_FAILURES / minOrganizations)
  const organizations = new Map<string | null, { answered: number; failed: number }>()
  let windowBegan = Number.NEGATIVE_INFINITY
  let failing = 0
  let counted = 0
  let unreachable = 0

  function clearWindow(): void {
    organizations.clear()
    failing = 0
    counted = 0
  }

  function count(organization: string | null, outcome: 'answered' | 'failed'): void {
    const seen = organizations.get(organization) ?? { answered: 0, failed: 0 }
    organizations.set(organization, seen)
    const wasFailing = seen.failed > seen.answered
    seen[outcome] += 1
    const isFailing = seen.failed > seen.answered
    failing += Number(isFailing) - Number(wasFailing)
    if (outcome === 'failed' && seen.failed <= maxCounted) counted += 1
  }

  return {
    note(organization, outcome) {
      if (outcome === 'unknown') return false
      if (outcome === 'unreachable') {
        unreachable += 1
        return unreachable >= MAX_UNREACHABLE
      }
      if (outcome === 'answered') unreachable = 0
      const now = steadyMs()
      if (now - windowBegan >= WINDOW_MS) {
        clearWindow()
        windowBegan = now
      }
      count(organization, outcome)
      return (
        counted >= MIN_FAILURES && failing >= minOrganizations && failing > organizations.size / 2
      )
    },
    clear() {
      clearWindow()
      unreachable = 0
    },
  }
}
