import { setTimeout as sleep } from 'node:timers/promises'
import { loadClosed } from '../load/closed-loop.ts'
import { readCpuSeconds } from '../load/cpu-time.ts'
import type { Shot } from '../load/shot.ts'
import { note, type Subject } from './subject.ts'

const CONNECTIONS = 16
const PROBE_REQUESTS = 100
/** The system accounts in steps of ten milliseconds: a hundred quick calls may seem to take none. */
const LEAST_MICROSECONDS = 50
/** Longer than any sample takes, on a machine that is at work. */
const PATIENCE_MS = 180_000
const MICROSECONDS = 1_000_000

/** Requests of one kind to a subject, ready to be sent in turn, each with an id of its own. */
export type Lane = {
  readonly subject: Subject
  readonly name: string
  /** What they are counted as. */
  readonly tool: string
  readonly shots: readonly Shot[]
  /** How many small requests one of these is worth as a warm-up. */
  readonly weight: number
}

/** What a number of requests took. */
export type Sample = {
  readonly requests: number
  /** Processor time of the server's process and those below it, for each request. */
  readonly cpuMicroseconds: number
  readonly perSecond: number
  /** How much of the time it was at work; less than all where it waited for something else. */
  readonly busy: number
}

/** Sends a number of requests over sixteen connections. @throws {Error} where an answer is wrong */
export async function measureLane(lane: Lane, requests: number): Promise<Sample> {
  const { name, program } = lane.subject
  const before = readCpuSeconds([program.pid])
  const load = loadClosed({
    port: program.port,
    connections: CONNECTIONS,
    requests,
    next: (index) => shotAt(lane, index),
  })
  const late = sleep(PATIENCE_MS, null, { ref: false })
  const result = await Promise.race([load, late])
  if (result === null) throw new Error(`${name} stands still`)
  note(lane.subject, lane.tool, requests)
  const cpuSeconds = readCpuSeconds([program.pid]) - before
  if (result.wrong.length > 0) throw new Error(`${name} answers wrongly: ${result.wrong.join()}`)
  return {
    requests,
    cpuMicroseconds: (cpuSeconds * MICROSECONDS) / requests,
    perSecond: requests / result.seconds,
    busy: cpuSeconds / result.seconds,
  }
}

/** Finds how many requests take the server about so much processor time. */
export async function calibrate(lane: Lane, cpuSeconds: number): Promise<number> {
  const { cpuMicroseconds } = await measureLane(lane, PROBE_REQUESTS)
  const fitting = (cpuSeconds * MICROSECONDS) / Math.max(cpuMicroseconds, LEAST_MICROSECONDS)
  return Math.max(PROBE_REQUESTS, Math.round(fitting))
}

/** Takes a lane's shots in turn. */
export function shotAt({ shots }: Lane, index: number): Shot {
  const shot = shots[index % shots.length]
  if (shot === undefined) throw new Error('there is nothing to send')
  return shot
}
