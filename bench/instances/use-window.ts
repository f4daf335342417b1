import { callOnce, type CallOptions } from './call-load.ts'
import type { Outcome } from '../ledger/ledger.ts'
import type { Caller } from '../callers/people.ts'
import type { Verdict } from '../ledger/report.ts'

const WORKERS = 6
/** Calls beyond the limit: enough that each instance would let some of them through if it counted alone. */
const BEYOND = 60

/**
 * Calls for one member, over all instances at once, more often than the limit allows; nothing is
 * disturbed yet, and nobody else uses this member's window.
 *
 * @returns how each call ended
 */
export async function useWindow(
  options: CallOptions,
  { caller, limit }: { readonly caller: Caller; readonly limit: number },
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  let left = limit + BEYOND
  async function callOn(): Promise<void> {
    while (left > 0) {
      left -= 1
      outcomes.push(await callOnce(options, caller))
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, callOn))
  return outcomes
}

/** Exactly the limit is let through: one more would be too many, and one less would be lost. */
export function judgeWindow(outcomes: readonly Outcome[], limit: number): Verdict {
  const right = outcomes.filter((outcome) => outcome === 'right').length
  const others = outcomes.filter((outcome) => !['right', 'rate limited'].includes(outcome))
  const figure = `${right} of ${limit}`
  return {
    what: 'the whole limit can be used while Redis is there, over all instances',
    figure,
    violations: [...(right === limit ? [] : [figure]), ...others],
  }
}
