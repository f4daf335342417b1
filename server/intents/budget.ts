import { MAX_READS } from './contract.ts'

/** The reads that one call may make. */
export type Budget = {
  /**
   * Takes one read out of it.
   *
   * @param reserved reads that later steps have to find there still
   * @returns whether there was one
   */
  readonly take: (reserved: number) => boolean
  readonly used: () => number
}

/** Starts the budget of one call. */
export function createBudget(max: number = MAX_READS): Budget {
  let used = 0
  return {
    take(reserved) {
      if (used >= max - reserved) return false
      used += 1
      return true
    },
    used: () => used,
  }
}
