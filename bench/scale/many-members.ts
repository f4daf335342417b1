import type { ServerProcess } from '../../test/support/server-process.ts'
import type { ConnectedMember } from '../callers/members.ts'
import { loadOpen } from '../load/open-loop.ts'
import { quantile } from '../load/statistics.ts'
import type { Deployment } from './deployment.ts'
import { inTurn, recordShots } from './shots.ts'

/** How long the answers took that many members waited for. */
export type ManyMembersFigures = {
  readonly members: number
  readonly processes: number
  readonly ratePerSecond: number
  readonly requests: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly worstMs: number
  readonly wrong: readonly string[]
}

/** Lets members call one after the other, at a fixed rate, whatever the answers do. */
export async function measureManyMembers(
  deployment: Deployment,
  options: {
    readonly servers: readonly ServerProcess[]
    readonly members: readonly ConnectedMember[]
    readonly ratePerSecond: number
    readonly seconds: number
  },
): Promise<ManyMembersFigures> {
  const { servers, members, ratePerSecond, seconds } = options
  const { port } = await deployment.startProxy(servers)
  const next = inTurn(members, recordShots(deployment, 2))
  const { requests, times, wrong } = await loadOpen({ port, ratePerSecond, seconds, next })
  return {
    ...{ members: members.length, processes: servers.length, ratePerSecond, requests, wrong },
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    worstMs: Math.max(...times),
  }
}
