import type { ServerProcess } from '../../test/support/server-process.ts'
import { loadClosed, type LoadResult } from '../load/closed-loop.ts'
import { readCpuSeconds } from '../load/cpu-time.ts'
import type { Shot } from '../load/shot.ts'
import { quantile } from '../load/statistics.ts'
import type { Deployment } from './deployment.ts'

/** Parts of a deployment whose processor time is told apart. */
export type Part = 'connector' | 'postgres' | 'redis' | 'proxy' | 'upstream'

/** Enough to keep one process busy. */
export const CONNECTIONS = 16

/** What a number of requests cost. */
export type Cost = {
  readonly requests: number
  readonly perSecond: number
  /** Milliseconds of processor time for each request. */
  readonly cpuMs: Readonly<Record<Part, number>>
  readonly p50Ms: number
  readonly p99Ms: number
  readonly wrong: readonly string[]
}

/** The processes that a load goes through. */
export type Way = {
  readonly deployment: Deployment
  readonly servers: readonly ServerProcess[]
  /** `null` where the load goes to the first server itself. */
  readonly proxy: { readonly port: number; readonly pid: number } | null
}

/** Sends a load at full speed and accounts for it. */
export async function measureCost(
  way: Way,
  load: {
    readonly requests: number
    readonly connections: number
    readonly next: (index: number) => Shot
  },
): Promise<Cost> {
  const before = readParts(way)
  const result = await loadClosed({ port: portOf(way), ...load })
  const after = readParts(way)
  const perRequest = (part: Part) => ((after[part] - before[part]) * 1000) / result.requests
  return {
    ...toTimes(result),
    requests: result.requests,
    perSecond: result.requests / result.seconds,
    cpuMs: {
      connector: perRequest('connector'),
      postgres: perRequest('postgres'),
      redis: perRequest('redis'),
      proxy: perRequest('proxy'),
      upstream: perRequest('upstream'),
    },
    wrong: result.wrong,
  }
}

/** Where a load is sent to. */
export function portOf({ proxy, servers }: Way): number {
  return proxy?.port ?? Number(new URL(servers[0]?.url ?? '').port)
}

/** How long half of the answers took at most, and all but one in a hundred. */
export function toTimes({ times }: LoadResult): Pick<Cost, 'p50Ms' | 'p99Ms'> {
  return { p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99) }
}

function readParts({ deployment, servers, proxy }: Way): Cost['cpuMs'] {
  const { postgres, redis, upstream } = deployment
  return {
    connector: readCpuSeconds(servers.map(({ pid }) => pid)),
    postgres: readCpuSeconds([postgres.pid()]),
    redis: readCpuSeconds([redis.pid()]),
    proxy: proxy === null ? 0 : readCpuSeconds([proxy.pid]),
    upstream: readCpuSeconds([upstream.pid]),
  }
}
