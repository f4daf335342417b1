import { median, quantile } from '../load/statistics.ts'
import type { Cost } from './cost.ts'

/** What several rounds of the same load come to: the median of each figure, and all requests. */
export type MedianCost = Cost & {
  /** The connector's processor time in a good round and in a bad one: its quartiles. */
  readonly connectorCpuMs: { readonly lower: number; readonly upper: number }
}

/**
 * Takes the medians.
 *
 * @param warmUp a round before, of which only counts what was wrong, and how much was sent
 */
export function medianCost(warmUp: readonly Cost[], costs: readonly Cost[]): MedianCost {
  const all = [...warmUp, ...costs]
  const of = (read: (cost: Cost) => number) => median(costs.map(read))
  const connector = costs.map(({ cpuMs }) => cpuMs.connector)
  return {
    requests: all.reduce((sum, { requests }) => sum + requests, 0),
    perSecond: of(({ perSecond }) => perSecond),
    cpuMs: {
      connector: median(connector),
      postgres: of(({ cpuMs }) => cpuMs.postgres),
      redis: of(({ cpuMs }) => cpuMs.redis),
      proxy: of(({ cpuMs }) => cpuMs.proxy),
      upstream: of(({ cpuMs }) => cpuMs.upstream),
    },
    connectorCpuMs: { lower: quantile(connector, 0.25), upper: quantile(connector, 0.75) },
    p50Ms: of(({ p50Ms }) => p50Ms),
    p99Ms: of(({ p99Ms }) => p99Ms),
    wrong: all.flatMap(({ wrong }) => wrong),
  }
}
