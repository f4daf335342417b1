import type { Verdict } from '../ledger/report.ts'
import type { Sample } from './repeat.ts'

/** How long a command may take, and how much memory; `null` where nothing is promised. */
export type Goal = { readonly seconds: number; readonly megabytes: number | null }

/** One command, and what it took. */
export type Row = {
  readonly name: string
  readonly sample: Sample
  /** Of the same document; `null` for one that is no JSON. */
  readonly parseSeconds: number | null
  readonly goal: Goal | null
}

const HEAD = ['generate', 'median', 'fastest–slowest', 'processor', 'peak', 'to JSON.parse']

/** Writes one line for every command. */
export function renderRows(rows: readonly Row[]): string {
  const cells = rows.map(({ name, sample, parseSeconds }) => [
    name,
    `${sample.seconds.toFixed(2)} s`,
    `${sample.fastest.toFixed(2)}–${sample.slowest.toFixed(2)}`,
    `${sample.processorSeconds.toFixed(2)} s`,
    `${sample.peakMegabytes.toFixed(0)} MB`,
    parseSeconds === null ? '' : `${(sample.seconds / parseSeconds).toFixed(0)} ×`,
  ])
  const lines = [HEAD, ...cells]
  const widths = HEAD.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Holds every command to what is promised of it. */
export function judgeRows(rows: readonly Row[]): readonly Verdict[] {
  return rows.flatMap(({ name, sample, goal }): readonly Verdict[] => {
    if (goal === null) return []
    const seconds = `${sample.seconds.toFixed(2)} s of ${goal.seconds} s`
    const isSlow = sample.seconds > goal.seconds
    const memory = `${sample.peakMegabytes.toFixed(0)} MB of ${goal.megabytes ?? ''} MB`
    const isLarge = goal.megabytes !== null && sample.peakMegabytes > goal.megabytes
    return [
      {
        what: name,
        figure: goal.megabytes === null ? seconds : `${seconds}, ${memory}`,
        violations: [...(isSlow ? [seconds] : []), ...(isLarge ? [memory] : [])],
      },
    ]
  })
}
