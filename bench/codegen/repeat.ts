import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const ROOT = join(import.meta.dirname, '../..')
const TELL_USAGE = join(import.meta.dirname, 'tell-usage.ts')
const PARSE = join(import.meta.dirname, 'parse.ts')
const CLI = 'codegen/cli.ts'

/** What several runs of the same command took. */
export type Sample = {
  /** From the start of the process to its end; the median. */
  readonly seconds: number
  readonly fastest: number
  readonly slowest: number
  /** Of all its threads; the median. */
  readonly processorSeconds: number
  /** Of the process; the median. */
  readonly peakMegabytes: number
}

/** Runs `npm run generate` several times, one after the other and without npm, each into an empty folder. */
export async function repeatGenerate(
  { spec, allow, out }: { readonly spec: string; readonly allow: string; readonly out: string },
  runs: number,
): Promise<Sample> {
  const seconds: number[] = []
  const processor: number[] = []
  const peaks: number[] = []
  for (let run = 0; run < runs; run += 1) {
    rmSync(out, { recursive: true, force: true })
    const args = ['--import', TELL_USAGE, CLI, '--spec', spec, '--allow', allow, '--out', out]
    const started = performance.now()
    const { stderr } = await promisify(execFile)(process.execPath, args, { cwd: ROOT })
    seconds.push((performance.now() - started) / 1000)
    const [, used, peak] = /^usage: (.*) s, (.*) MB$/m.exec(stderr) ?? []
    processor.push(Number(used))
    peaks.push(Number(peak))
  }
  return {
    seconds: median(seconds),
    fastest: Math.min(...seconds),
    slowest: Math.max(...seconds),
    processorSeconds: median(processor),
    peakMegabytes: median(peaks),
  }
}

/** Seconds that `JSON.parse` of a file takes, the start of its process apart; the median of several runs. */
export async function repeatParse(file: string, runs: number): Promise<number> {
  const seconds: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const { stdout } = await promisify(execFile)(process.execPath, [PARSE, file])
    seconds.push(Number(stdout))
  }
  return median(seconds)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
