import type { ServerProcess } from '../../test/support/server-process.ts'
import type { ConnectedMember } from '../callers/members.ts'
import { measureCost, type Way } from './cost.ts'
import type { Deployment } from './deployment.ts'
import { interleave, type Contender, type Row } from './interleave.ts'
import { inTurn, recordShots } from './shots.ts'

/** How many processes are tried; as many are there all the time as in the last one. */
export const PROCESS_COUNTS = [1, 2, 4] as const
const CONNECTIONS = 32

/** Sends the same load through one, two and four processes behind a proxy. */
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
    contenders.push({ name: `${count}`, measure: () => measureCost(way, load) })
  }
  return interleave(contenders, rounds)
}
