import type { Carrier, UpstreamCall } from './carrier.ts'
import type { Clock } from './clock.ts'
import { UpstreamFailure } from './failure.ts'
import { parseRetryAfter } from './retry-after.ts'
import { createRetryBudget, type RetryBudget } from './retry-budget.ts'
import type { WireAnswer } from './transport.ts'

/** With the first one. */
export const MAX_TRIES = 3
/** The longest pause before the second try; it doubles before the third. */
const FIRST_PAUSE_MS = 250

/** What an upstream, or what stands before it, says while it cannot answer; 429 is for the caller to mind. */
const PASSING_STATUSES: readonly number[] = [502, 503, 504]

/** Carries a call again where another try may succeed. */
export interface Retry extends Carrier {
  /** Retries since the start. */
  retries(): number
}

/**
 * Repeats calls that met a lost connection, 502, 503 or 504: three tries at most, with full jitter
 * between them, inside the call's deadline and the budget of its origin.
 *
 * Every compiled operation is a read, and the allow-list gives a reason for each POST why it changes
 * nothing; so all of them may be repeated (RFC 9110, section 9.2.2), but for sign-ins, which the
 * connector itself makes. A body that broke off is repeated too: nobody has been given a part of it.
 */
export function withRetry(next: Carrier, clock: Clock): Retry {
  const budgets = new Map<string, RetryBudget>()
  let retries = 0

  function budgetOf(origin: string): RetryBudget {
    const budget = budgets.get(origin) ?? createRetryBudget(clock)
    budgets.set(origin, budget)
    return budget
  }

  return {
    retries: () => retries,
    async exchange(call) {
      const budget = budgetOf(call.origin)
      budget.noteCall()
      for (let tries = 1; ; tries += 1) {
        const startedAt = clock.steadyMs()
        const outcome = await attempt(next, call)
        const now = clock.steadyMs()
        const pauseMs = pauseAfter(outcome, tries, clock)
        const isFinal =
          pauseMs === null ||
          tries === MAX_TRIES ||
          !call.isRepeatable ||
          call.signal.aborted ||
          // A try that needs as long as the last one did would not be over in time.
          now + pauseMs + (now - startedAt) > call.deadlineAt ||
          !budget.take()
        if (isFinal) return finish(outcome)
        retries += 1
        await clock.wait(pauseMs, call.signal)
      }
    },
  }
}

type Outcome = { readonly answer: WireAnswer } | { readonly error: unknown }

async function attempt(next: Carrier, call: UpstreamCall): Promise<Outcome> {
  try {
    return { answer: await next.exchange(call) }
  } catch (error) {
    return { error }
  }
}

function finish(outcome: Outcome): WireAnswer {
  if ('answer' in outcome) return outcome.answer
  throw outcome.error
}

/** How long to wait before the next try; `null` where there is to be none. */
function pauseAfter(outcome: Outcome, tries: number, clock: Clock): number | null {
  const jitterMs = clock.random() * FIRST_PAUSE_MS * 2 ** (tries - 1)
  if ('error' in outcome) {
    const { error } = outcome
    return error instanceof UpstreamFailure && error.connection !== null ? jitterMs : null
  }
  const { status, retryAfter } = outcome.answer
  if (!PASSING_STATUSES.includes(status)) return null
  const askedSeconds = parseRetryAfter(retryAfter, clock.epochMs()) ?? 0
  return Math.max(jitterMs, askedSeconds * 1000)
}
