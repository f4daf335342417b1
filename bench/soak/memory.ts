import type { Verdict } from '../ledger/report.ts'
import { median } from '../load/statistics.ts'

/** What the process held at one moment. */
export type MemorySample = {
  /** Requests that were answered so far. */
  readonly calls: number
  readonly seconds: number
  readonly rssBytes: number
  /** Heap and buffers after a whole garbage collection. */
  readonly heldBytes: number
  readonly sockets: number
}

/** How much more the last fifth may hold than the second one, in which everything is warm. */
const GROWTH = 1.1
const MEGABYTE = 1024 * 1024
const SLOPE_CALLS = 10_000

/** What memory did over a run. */
export type MemoryFigures = {
  /** Megabytes for each 10,000 calls of the second half, by least squares. */
  readonly heldSlope: number
  readonly rssSlope: number
  /** The median of the last fifth, divided by that of the second fifth. */
  readonly heldGrowth: number
  readonly rssGrowth: number
}

/** Measures growth and slope. @param samples at least five, at equal distances */
export function measureMemory(samples: readonly MemorySample[]): MemoryFigures {
  const half = samples.slice(Math.floor(samples.length / 2))
  const slopeOf = (read: (sample: MemorySample) => number) =>
    (leastSquares(half.map((sample) => [sample.calls, read(sample)])) * SLOPE_CALLS) / MEGABYTE
  const growthOf = (read: (sample: MemorySample) => number) =>
    median(fifth(samples, 4).map(read)) / median(fifth(samples, 1).map(read))
  return {
    heldSlope: slopeOf(({ heldBytes }) => heldBytes),
    rssSlope: slopeOf(({ rssBytes }) => rssBytes),
    heldGrowth: growthOf(({ heldBytes }) => heldBytes),
    rssGrowth: growthOf(({ rssBytes }) => rssBytes),
  }
}

/** Judges whether memory is flat: what is held, and what the system has given. */
export function judgeMemory(figures: MemoryFigures): Verdict {
  const parts = [
    ['held after a collection', figures.heldGrowth, figures.heldSlope],
    ['resident', figures.rssGrowth, figures.rssSlope],
  ] as const
  return {
    what: 'the last fifth needs at most 10 % more memory than the second one',
    figure: parts
      .map(
        ([name, growth, slope]) =>
          `${name} ${toPercent(growth)}, ${slope.toFixed(2)} MB for each 10,000 calls at the end`,
      )
      .join('; '),
    violations: parts
      .filter(([, growth]) => growth > GROWTH)
      .map(([name, growth]) => `${name}: ${toPercent(growth)}`),
  }
}

/** Renders the samples, a line each. */
export function renderMemory(samples: readonly MemorySample[]): string {
  return samples
    .map(({ calls, seconds, rssBytes, heldBytes, sockets }) => {
      const [rss, held] = [rssBytes, heldBytes].map((bytes) => (bytes / MEGABYTE).toFixed(1))
      return `  ${String(calls).padStart(7)} calls ${seconds.toFixed(0).padStart(5)} s   ${rss} MB resident, ${held} MB held, ${sockets} sockets`
    })
    .join('\n')
}

function toPercent(growth: number): string {
  const percent = (growth - 1) * 100
  return `${percent < 0 ? '' : '+'}${percent.toFixed(1)} %`
}

function fifth<Item>(items: readonly Item[], index: number): readonly Item[] {
  const size = items.length / 5
  return items.slice(Math.round(index * size), Math.round((index + 1) * size))
}

function leastSquares(points: readonly (readonly [x: number, y: number])[]): number {
  const meanOf = (index: 0 | 1) =>
    points.reduce((sum, point) => sum + point[index], 0) / points.length
  const [meanX, meanY] = [meanOf(0), meanOf(1)]
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  const variance = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  return covariance / variance
}
