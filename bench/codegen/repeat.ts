import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const MEASURE = join(import.meta.dirname, 'measure.ts')

/** What several runs of the same work took. */
export type Sample = {
  readonly runs: number
  /** Of the work alone, without the start of its process; the median. */
  readonly seconds: number
  readonly fastest: number
  readonly slowest: number
  /** Of the whole process; the median. */
  readonly peakMegabytes: number
}

/** Runs a measurement several times, one after the other, each in a process of its own. */
export async function repeat(args: readonly string[], runs: number): Promise<Sample> {
  const seconds: number[] = []
  const peaks: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const { stdout } = await promisify(execFile)(process.execPath, [MEASURE, ...args])
    const measured: unknown = JSON.parse(stdout)
    if (!isMeasured(measured)) throw new Error(`${args.join(' ')} measured nothing`)
    seconds.push(measured.seconds)
    peaks.push(measured.peakMegabytes)
  }
  return {
    runs,
    seconds: median(seconds),
    fastest: Math.min(...seconds),
    slowest: Math.max(...seconds),
    peakMegabytes: median(peaks),
  }
}

type Measured = { readonly seconds: number; readonly peakMegabytes: number }

function isMeasured(value: unknown): value is Measured {
  return typeof value === 'object' && value !== null && 'seconds' in value
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
