import { median } from '../load/statistics.ts'
import type { Cost } from './cost.ts'
import { medianCost, type MedianCost } from './median-cost.ts'

/** One thing that is measured beside others. */
export type Contender = { readonly name: string; readonly measure: () => Promise<Cost> }

/** What became of one. */
export type Row = MedianCost & {
  readonly name: string
  /** Its connector's processor time divided by that of the first in the same round: the median. */
  readonly ratio: number
}

/**
 * Measures in turn, so that what the machine does beside falls on all alike. A first round warms up
 * and does not count.
 */
export async function interleave(
  contenders: readonly Contender[],
  rounds: number,
): Promise<readonly Row[]> {
  const costs = contenders.map((): Cost[] => [])
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, { measure }] of contenders.entries()) costs[index]?.push(await measure())
  }
  const [first = []] = costs
  return contenders.map(({ name }, index) => {
    const [warmUp, ...others] = costs[index] ?? []
    const ratios = others.map((cost, round) => connectorOf(cost) / connectorOf(first[round + 1]))
    return {
      name,
      ...medianCost(warmUp === undefined ? [] : [warmUp], others),
      ratio: median(ratios),
    }
  })
}

function connectorOf(cost: Cost | undefined): number {
  return cost?.cpuMs.connector ?? Number.NaN
}
