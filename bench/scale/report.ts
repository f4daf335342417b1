import { renderVerdicts } from '../ledger/report.ts'
import { renderMachine, type ThisMachine } from '../load/this-machine.ts'
import type { Row } from './interleave.ts'
import type { Scale } from './run-scale.ts'

/** Renders all figures as Markdown, and what holds. */
export function renderScale(machine: ThisMachine, scale: Scale): string {
  const { shared, growth, tools, verdicts } = scale
  const { processes, window } = shared
  const groups = [
    { by: 'processes', rows: processes },
    { by: 'for windows', rows: window.rows },
    ...growth,
    ...tools.sweeps,
  ]
  return [
    renderMachine(machine),
    renderTable(
      ['what', 'calls/s', 'CPU ms', 'quartiles', 'vs first', 'PostgreSQL ms', 'Redis ms'],
      groups.flatMap(({ by, rows }) => rows.map((row) => [`${row.name} ${by}`, ...toCells(row)])),
    ),
    renderNotes(scale),
    renderVerdicts(verdicts),
  ].join('\n\n')
}

/** What has no place in the table. */
function renderNotes({ shared, rates, tools }: Scale): string {
  const { processes, idleCpuMs, rssMegabytes, connections, window, manyMembers: many } = shared
  const calm = window.rows.map(
    ({ name, calm: { p50Ms, p99Ms } }) => `${name} p50 ${round(p50Ms, 1)}, p99 ${round(p99Ms, 1)}`,
  )
  const byRate = rates.map(({ ratePerSecond, cpuMs }) => `${round(cpuMs, 2)} at ${ratePerSecond}`)
  const byTools = tools.rssMegabytes.map((each) => round(each, 0)).join(', ')
  return [
    `${many.members} members through ${many.processes} processes, ${many.ratePerSecond} calls a second: p50 ${round(many.p50Ms, 1)} ms, p99 ${round(many.p99Ms, 1)} ms, worst ${round(many.worstMs, 1)} ms`,
    `one process, CPU ms by calls a second: ${byRate.join(', ')}`,
    `one process, 50 calls a second, in ms by its windows: ${calm.join('; ')}`,
    `${round(window.redisCalls, 2)} round trips to Redis for each call; nginx takes ${processes.map(({ cpuMs }) => round(cpuMs.proxy, 2)).join(', ')} ms`,
    `a process with nothing to do takes ${round(idleCpuMs, 1)} ms of processor time a second`,
    `at most ${round(Math.max(...rssMegabytes), 0)} MB resident in a process, by tools ${byTools} MB`,
    `${connections} connections to PostgreSQL for ${processes.at(-1)?.name ?? 'no'} processes`,
  ]
    .map((note) => `- ${note}`)
    .join('\n')
}

function toCells({ perSecond, cpuMs, connectorCpuMs, ratio }: Row): readonly string[] {
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
