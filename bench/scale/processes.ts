import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerProcess } from '../../test/support/server-process.ts'
import type { ConnectedMember } from '../callers/members.ts'
import { readCpuSeconds } from '../load/cpu-time.ts'
import { CONNECTIONS, measureCost, type Way } from './cost.ts'
import type { Deployment } from './deployment.ts'
import { interleave, type Contender, type Row } from './interleave.ts'
import { inTurn, recordShots } from './shots.ts'

/** How many processes are tried; as many are there all the time as in the last one. */
export const PROCESS_COUNTS = [1, 2, 4] as const
/** Between two looks at processes that have nothing to do. */
const IDLE_MS = 5_000
const SECOND_MS = 1_000

/** Sends as much as keeps them busy through one, two and four processes behind a proxy. */
export async function measureProcesses(
  deployment: Deployment,
  options: {
    readonly servers: readonly ServerProcess[]
    readonly members: readonly ConnectedMember[]
    readonly rounds: number
    readonly requests: number
  },
): Promise<readonly Row[]> {
  const { servers, members, rounds, requests } = options
  const load = {
    requests,
    connections: CONNECTIONS,
    next: inTurn(members, recordShots(deployment, 2)),
  }
  const contenders: Contender[] = []
  for (const count of PROCESS_COUNTS) {
    const some = servers.slice(0, count)
    const way: Way = { deployment, servers: some, proxy: await deployment.startProxy(some) }
    const connections = count * CONNECTIONS
    contenders.push({
      name: `${count}`,
      measure: () => measureCost(way, { ...load, connections }),
    })
  }
  return interleave(contenders, rounds)
}

/** Measures what one process costs that has nothing to do: milliseconds of processor time a second. */
export async function measureIdle(servers: readonly ServerProcess[]): Promise<number> {
  const pids = servers.map(({ pid }) => pid)
  const before = readCpuSeconds(pids)
  await sleep(IDLE_MS)
  const seconds = readCpuSeconds(pids) - before
  return (seconds * SECOND_MS * SECOND_MS) / IDLE_MS / servers.length
}
