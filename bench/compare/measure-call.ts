import { loadClosed } from '../load/closed-loop.ts'
import { readCpuSeconds } from '../load/cpu-time.ts'
import type { Shot } from '../load/shot.ts'
import type { Case } from './cases.ts'
import { note, type Subject } from './subject.ts'

const CONNECTIONS = 16
const PROBE_REQUESTS = 100
/** The system accounts in steps of ten milliseconds: a hundred quick calls may seem to take none. */
const LEAST_MICROSECONDS = 50
const MICROSECONDS = 1_000_000

/** What a number of calls took. */
export type CallSample = {
  readonly requests: number
  /** Processor time of the server's process and those below it, for each call. */
  readonly cpuMicroseconds: number
  readonly perSecond: number
}

/** A call of a case to a subject, ready to be sent. */
export type Lane = { readonly subject: Subject; readonly each: Case; readonly shot: Shot }

/** Sends a number of calls over sixteen connections. @throws {Error} where an answer is wrong */
export async function measureCall(
  { subject, each, shot }: Lane,
  requests: number,
): Promise<CallSample> {
  const { name, program } = subject
  const before = readCpuSeconds([program.pid])
  const result = await loadClosed({
    port: program.port,
    connections: CONNECTIONS,
    requests,
    next: () => shot,
  })
  note(subject, each.tool, requests)
  const cpuSeconds = readCpuSeconds([program.pid]) - before
  if (result.wrong.length > 0) throw new Error(`${name} answers wrongly: ${result.wrong.join()}`)
  return {
    requests,
    cpuMicroseconds: (cpuSeconds * MICROSECONDS) / requests,
    perSecond: requests / result.seconds,
  }
}

/** Finds how many calls take the server about so much processor time. */
export async function calibrate(lane: Lane, cpuSeconds: number): Promise<number> {
  const { cpuMicroseconds } = await measureCall(lane, PROBE_REQUESTS)
  const fitting = (cpuSeconds * MICROSECONDS) / Math.max(cpuMicroseconds, LEAST_MICROSECONDS)
  return Math.max(PROBE_REQUESTS, Math.round(fitting))
}
