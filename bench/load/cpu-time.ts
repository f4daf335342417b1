import { readFileSync, readdirSync } from 'node:fs'

/** The kernel's clock for processes (`getconf CLK_TCK`), which is the same on every Linux. */
const TICKS_PER_SECOND = 100

/**
 * Reads the processor time of processes, with that of all processes below them, as the system
 * accounts for it. Linux only.
 *
 * @returns seconds since they began, in steps of ten milliseconds
 */
export function readCpuSeconds(pids: readonly number[]): number {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readStat)
  const children = Map.groupBy(stats, ({ parent }) => parent)
  const family = (stat: Stat): readonly Stat[] => [
    stat,
    ...(children.get(stat.pid) ?? []).flatMap(family),
  ]
  const ticks = stats
    .filter(({ pid }) => pids.includes(pid))
    .flatMap(family)
    .reduce((sum, stat) => sum + stat.ticks, 0)
  return ticks / TICKS_PER_SECOND
}

type Stat = {
  readonly pid: number
  readonly parent: number
  /** Its own, and those of children that have ended. */
  readonly ticks: number
}

/** Nothing where it has ended meanwhile. */
function readStat(pid: string): readonly Stat[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // proc_pid_stat(5): what follows the name, which may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0)
    return [{ pid: Number(pid), parent: Number(fields[1]), ticks }]
  } catch {
    return []
  }
}
