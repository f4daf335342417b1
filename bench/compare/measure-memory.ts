import { readFileSync } from 'node:fs'
import { measureLane, type Lane } from './measure-lane.ts'

const MEGABYTE = 1024
const PER_CALLS = 10_000
const STEPS = 10

/** What a server's process holds (`VmRSS`). */
export type Memory = {
  readonly subject: string
  readonly requests: number
  readonly startMegabytes: number
  readonly endMegabytes: number
  /** What the second half of the requests adds, for ten thousand of them. */
  readonly slopeMegabytes: number
}

/** Sends requests of several kinds in turn, and looks at the memory between them. */
export async function measureMemory(lanes: readonly Lane[], requests: number): Promise<Memory> {
  const [first] = lanes
  if (first === undefined) throw new Error('nothing is sent')
  const { name, program } = first.subject
  const held = [readMegabytes(program.pid)]
  const each = Math.ceil(requests / STEPS / lanes.length)
  for (let step = 0; step < STEPS; step += 1) {
    for (const lane of lanes) await measureLane(lane, each)
    held.push(readMegabytes(program.pid))
  }
  const half = STEPS / 2
  const grown = (held[STEPS] ?? 0) - (held[half] ?? 0)
  return {
    subject: name,
    requests: each * lanes.length * STEPS,
    startMegabytes: held[0] ?? 0,
    endMegabytes: held[STEPS] ?? 0,
    slopeMegabytes: (grown * PER_CALLS) / (each * lanes.length * half),
  }
}

function readMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (kilobytes === undefined) throw new Error('the process has no memory')
  return Number(kilobytes) / MEGABYTE
}
