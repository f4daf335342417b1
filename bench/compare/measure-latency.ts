import { loadClosed, type LoadResult } from '../load/closed-loop.ts'
import { loadOpen } from '../load/open-loop.ts'
import { quantile } from '../load/statistics.ts'
import { shotAt, type Lane } from './measure-lane.ts'
import { note } from './subject.ts'

const RATE_PER_SECOND = 200

/** How long answers took. */
export type Latency = {
  readonly subject: string
  readonly case: string
  readonly load: string
  readonly requests: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** How long it is looked. */
export type LatencyPlan = {
  /** Of two hundred requests each. */
  readonly seconds: number
  /** One after the other. */
  readonly requests: number
}

/** Measures how long answers take: of requests one at a time, and at a fixed rate. */
export async function measureLatency(lane: Lane, plan: LatencyPlan): Promise<readonly Latency[]> {
  const { port } = lane.subject.program
  const next = (index: number) => shotAt(lane, index)
  const single = await loadClosed({ port, connections: 1, requests: plan.requests, next })
  const steady = await loadOpen({
    port,
    ratePerSecond: RATE_PER_SECOND,
    seconds: plan.seconds,
    next,
  })
  return [toLatency(lane, 'one at a time', single), toLatency(lane, `${RATE_PER_SECOND}/s`, steady)]
}

function toLatency(lane: Lane, load: string, { times, wrong, requests }: LoadResult): Latency {
  const { subject, name, tool } = lane
  note(subject, tool, requests)
  if (wrong.length > 0) throw new Error(`${subject.name} answers wrongly: ${wrong.join()}`)
  const [p50Ms, p99Ms] = [quantile(times, 0.5), quantile(times, 0.99)]
  return { subject: subject.name, case: name, load, requests, p50Ms, p99Ms }
}
