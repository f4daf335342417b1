import { median, quantile } from '../load/statistics.ts'
import type { Track } from './run-rounds.ts'

/** The middle of several values, and between what the middle half of them lies. */
export type Quartiles = { readonly lower: number; readonly median: number; readonly upper: number }

/** What one subject came to in one case. */
export type Row = {
  readonly subject: string
  readonly case: string
  readonly cpuMicroseconds: Quartiles
  /** Processor time divided by that of the floor in the same round. */
  readonly ratio: Quartiles
  /** Over sixteen connections. */
  readonly perSecond: number
  /** How much of the time its process was at work. */
  readonly busy: number
  readonly rounds: number
}

/** Finds the quartiles of values. */
export function toQuartiles(values: readonly number[]): Quartiles {
  return { lower: quantile(values, 0.25), median: median(values), upper: quantile(values, 0.75) }
}

/** Sums rounds up: each sample is divided by the floor's in the same round and case. */
export function summarize(tracks: readonly Track[], floor: string): readonly Row[] {
  return tracks.map(({ subject, name, samples }) => {
    const base = tracks.find((other) => other.name === name && other.subject.name === floor)
    const cpu = samples.map(({ cpuMicroseconds }) => cpuMicroseconds)
    const ratios = cpu.map((value, round) => {
      const least = base?.samples[round]?.cpuMicroseconds
      return least === undefined ? Number.NaN : value / least
    })
    return {
      subject: subject.name,
      case: name,
      cpuMicroseconds: toQuartiles(cpu),
      ratio: toQuartiles(ratios),
      perSecond: median(samples.map(({ perSecond }) => perSecond)),
      busy: median(samples.map(({ busy }) => busy)),
      rounds: samples.length,
    }
  })
}
