import type { Verdict } from '../ledger/report.ts'
import { renderMachine, type ThisMachine } from '../load/this-machine.ts'
import type { Quartiles, Row } from './summarize.ts'

/** All that a run found; `--json` prints it. */
export type Report = {
  readonly machine: ThisMachine
  readonly seed: number
  readonly seconds: number
  readonly ratios: {
    /**
     * Processor time of a `tools/call` with everything on, 2 KB projected, divided by the floor's: the
     * median of the rounds, in the era that costs more.
     */
    readonly toolsCallCpuVsFloor: number
    /** Of the floor to another process of the floor: what this run cannot tell apart. */
    readonly floorVsFloor: number
  }
  readonly calls: readonly Row[]
  readonly verdicts: readonly Verdict[]
  /** What was not measured cleanly, and why. */
  readonly unclean: readonly string[]
  readonly notMeasured: readonly NotMeasured[]
}

/** What could not be measured at all. */
export type NotMeasured = { readonly what: string; readonly why: string }

/** Renders a run as Markdown. */
export function renderReport(report: Report): string {
  const { machine, seed, seconds, ratios, calls, unclean, notMeasured } = report
  const remarks = [
    ...unclean.map((each) => `- not clean: ${each}`),
    ...notMeasured.map(({ what, why }) => `- not measured: ${what}: ${why}`),
  ]
  return [
    `${renderMachine(machine)}; seed ${seed}, ${seconds.toFixed(0)} s`,
    '',
    `tools/call, everything on, to the floor: **${ratios.toolsCallCpuVsFloor.toFixed(2)}** (floor to floor: ${ratios.floorVsFloor.toFixed(2)})`,
    '',
    ...renderTable(
      ['tools/call', '', 'CPU µs', 'quartiles', 'to the floor', 'quartiles'],
      calls.map(({ case: each, subject, cpuMicroseconds, ratio }) => [
        ...[each, subject, ...renderQuartiles(cpuMicroseconds, 0), ...renderQuartiles(ratio, 2)],
      ]),
    ),
    ...(remarks.length === 0 ? [] : ['', ...remarks]),
  ].join('\n')
}

function renderQuartiles({ lower, median, upper }: Quartiles, digits: number): readonly string[] {
  return [median.toFixed(digits), `${lower.toFixed(digits)}–${upper.toFixed(digits)}`]
}

function renderTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)]
}
