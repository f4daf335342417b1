import { renderVerdicts } from '../ledger/report.ts'
import { renderMachine, type ThisMachine } from '../load/this-machine.ts'
import type { Row } from './interleave.ts'
import type { Scale } from './run-scale.ts'

/** Renders all figures as Markdown, and what holds. */
export function renderScale(machine: ThisMachine, scale: Scale): string {
  const { shared, growth, tools, verdicts } = scale
  const { processes, idleCpuMs, rssMegabytes, connections, window, manyMembers: many } = shared
  return [
    renderMachine(machine),
    '### Processes',
    renderTable(
      ['processes', ...COST_COLUMNS, 'nginx ms', 'calls/s for each core of the connector'],
      processes.map((row) => [
        ...[row.name, ...toCost(row), round(row.cpuMs.proxy, 2)],
        round(1000 / row.cpuMs.connector, 0),
      ]),
    ),
    `At most ${round(Math.max(...rssMegabytes), 0)} MB resident in a process, ${connections} connections to PostgreSQL in all. A process with nothing to do takes ${round(idleCpuMs, 1)} ms of processor time a second.`,
    '### Shared windows',
    renderTable(
      ['window', ...COST_COLUMNS, 'p50 at 50/s', 'p99 at 50/s'],
      window.rows.map((row) => [
        ...[row.name, ...toCost(row)],
        ...[round(row.calm.p50Ms, 1), round(row.calm.p99Ms, 1)],
      ]),
    ),
    `${round(window.redisCalls, 2)} round trips to Redis for each call.`,
    '### Many members',
    `${many.members} members through ${many.processes} processes, ${many.ratePerSecond} calls a second: p50 ${round(many.p50Ms, 1)} ms, p99 ${round(many.p99Ms, 1)} ms, worst ${round(many.worstMs, 1)} ms.`,
    ...[...growth, ...tools.sweeps].flatMap(({ by, rows }) => [
      `### Growth: ${by}`,
      renderTable(
        [by, ...COST_COLUMNS],
        rows.map((row) => [row.name, ...toCost(row)]),
      ),
    ]),
    `MB resident, by tools: ${tools.rssMegabytes.map((each) => round(each, 0)).join(', ')}.`,
    renderVerdicts(verdicts),
  ].join('\n\n')
}

const COST_COLUMNS = [
  'calls/s',
  'CPU ms',
  'quartiles',
  'vs first',
  'PostgreSQL ms',
  'Redis ms',
] as const

function toCost({ perSecond, cpuMs, connectorCpuMs, ratio }: Row): readonly string[] {
  const quartiles = `${round(connectorCpuMs.lower, 2)}–${round(connectorCpuMs.upper, 2)}`
  return [
    ...[round(perSecond, 0), round(cpuMs.connector, 2), quartiles],
    ...[round(ratio, 2), round(cpuMs.postgres, 2), round(cpuMs.redis, 2)],
  ]
}

function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function round(value: number, digits: number): string {
  return value.toFixed(digits)
}
