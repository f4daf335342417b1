import type { Verdict } from '../ledger/report.ts'
import { renderMachine, type ThisMachine } from '../load/this-machine.ts'
import { renderTable } from './markdown-table.ts'
import type { Latency } from './measure-latency.ts'
import type { Memory } from './measure-memory.ts'
import type { Start } from './measure-start.ts'
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
  readonly latencies: readonly Latency[]
  readonly memory: Memory
  readonly toolLists: readonly Row[]
  readonly starts: readonly Start[]
  readonly verdicts: readonly Verdict[]
  /** What was not measured cleanly, and why. */
  readonly unclean: readonly string[]
  readonly notMeasured: readonly NotMeasured[]
}

/** What could not be measured at all. */
export type NotMeasured = { readonly what: string; readonly why: string }

/** Renders a run as Markdown. */
export function renderReport(report: Report): string {
  const { machine, seed, seconds, ratios, unclean, notMeasured } = report
  const remarks = [
    ...unclean.map((each) => `- not clean: ${each}`),
    ...notMeasured.map(({ what, why }) => `- not measured: ${what}: ${why}`),
  ]
  const paragraphs = [
    `${renderMachine(machine)}; seed ${seed}, ${seconds.toFixed(0)} s`,
    `tools/call, everything on, to the floor: **${ratios.toolsCallCpuVsFloor.toFixed(2)}** (floor to floor: ${ratios.floorVsFloor.toFixed(2)})`,
    renderRows('tools/call', report.calls),
    renderLatencies(report.latencies),
    renderRows('tools/list', report.toolLists),
    renderSize(report),
    remarks.join('\n'),
  ]
  return paragraphs.filter((each) => each !== '').join('\n\n')
}

function renderRows(what: string, rows: readonly Row[]): string {
  return renderTable(
    [what, '', 'CPU µs', 'quartiles', 'to the floor', 'quartiles', 'requests/s', 'busy'],
    rows.map(({ case: each, subject, cpuMicroseconds, ratio, perSecond, busy }) => [
      ...[each, subject, ...renderQuartiles(cpuMicroseconds, 0), ...renderQuartiles(ratio, 2)],
      ...[perSecond.toFixed(0), `${(busy * 100).toFixed(0)} %`],
    ]),
  )
}

function renderLatencies(latencies: readonly Latency[]): string {
  return renderTable(
    ['answer', '', 'requests', 'p50 ms', 'p99 ms'],
    latencies.map(({ case: each, load, subject, requests, p50Ms, p99Ms }) => [
      ...[`${each}, ${load}`, subject, String(requests), p50Ms.toFixed(2), p99Ms.toFixed(2)],
    ]),
  )
}

function renderSize({ memory, starts }: Report): string {
  const { subject, requests, startMegabytes, endMegabytes, slopeMegabytes } = memory
  return renderTable(
    ['start and size', 'median', 'quartiles'],
    [
      ...starts.map(({ tools, milliseconds, times }) => [
        `ms to the first answer, ${tools} tools, ${times} times`,
        ...renderQuartiles(milliseconds, 0),
      ]),
      [`MB resident, ${subject}, just started`, startMegabytes.toFixed(0), ''],
      [`MB resident after ${requests} calls`, endMegabytes.toFixed(0), ''],
      [`MB that 10,000 calls add, in their second half`, slopeMegabytes.toFixed(1), ''],
    ],
  )
}

function renderQuartiles({ lower, median, upper }: Quartiles, digits: number): readonly string[] {
  return [median.toFixed(digits), `${lower.toFixed(digits)}–${upper.toFixed(digits)}`]
}
