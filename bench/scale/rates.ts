import { loadOpen } from '../load/open-loop.ts'
import { readCpuSeconds } from '../load/cpu-time.ts'
import type { Shot } from '../load/shot.ts'
import { portOf, toTimes, type Cost, type Way } from './cost.ts'

const RATES = [50, 200, 500, 900] as const
const SECOND_MS = 1_000

/** What a call costs one process at a rate. */
export type RateRow = Pick<Cost, 'requests' | 'p50Ms' | 'p99Ms' | 'wrong'> & {
  readonly ratePerSecond: number
  /** Milliseconds of the connector's processor time for each call. */
  readonly cpuMs: number
}

/** Measures one process at fixed rates: the fewer calls there are at once, the less they share. */
export async function measureRates(
  way: Way,
  { seconds, next }: { readonly seconds: number; readonly next: (index: number) => Shot },
): Promise<readonly RateRow[]> {
  const pids = way.servers.map(({ pid }) => pid)
  const rows: RateRow[] = []
  for (const ratePerSecond of RATES) {
    const before = readCpuSeconds(pids)
    const result = await loadOpen({ port: portOf(way), ratePerSecond, seconds, next })
    const { requests, wrong } = result
    const cpuMs = ((readCpuSeconds(pids) - before) * SECOND_MS) / requests
    rows.push({ ratePerSecond, cpuMs, requests, wrong, ...toTimes(result) })
  }
  return rows
}
