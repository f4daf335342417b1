import pMap from 'p-map'
import type { ServerProcess } from '../../test/support/server-process.ts'
import type { ConnectedMember } from '../callers/members.ts'
import type { Verdict } from '../ledger/report.ts'
import type { Deployment } from './deployment.ts'
import type { Row } from './interleave.ts'
import { measureManyMembers, type ManyMembersFigures } from './many-members.ts'
import type { Part } from './part.ts'
import type { Plan } from './plan.ts'
import { countConnections } from './postgres-figures.ts'
import { measureIdle, measureProcesses, PROCESS_COUNTS } from './processes.ts'
import { retire } from './retire.ts'
import { warmUp } from './warm-up.ts'
import { useWholeWindow } from './whole-window.ts'
import { measureWindow, type WindowFigures } from './window.ts'

/** What several processes come to. */
export type SharedFigures = {
  readonly processes: readonly Row[]
  /** Of one process with nothing to do, milliseconds of processor time a second. */
  readonly idleCpuMs: number
  /** Of each process, after its load. */
  readonly rssMegabytes: readonly number[]
  /** To PostgreSQL, of all processes together. */
  readonly connections: number
  readonly window: WindowFigures
  readonly manyMembers: ManyMembersFigures
}

/**
 * Measures whatever takes several processes, and what one of them has to do for the others.
 *
 * @param options.busy uses up a whole window; nobody else calls for this member
 * @param options.limit calls of one member in a minute
 */
export async function measureShared(
  deployment: Deployment,
  options: {
    readonly plan: Plan
    readonly members: readonly ConnectedMember[]
    readonly busy: ConnectedMember
    readonly limit: number
  },
): Promise<{ readonly figures: SharedFigures; readonly part: Part; readonly verdict: Verdict }> {
  const { plan, members, busy, limit } = options
  const [shared, second, ...others] = await startServers(deployment, Math.max(...PROCESS_COUNTS))
  if (shared === undefined || second === undefined) throw new Error('there are no two processes')
  const servers = [shared, second, ...others]
  const warm = { members, requests: plan.warmUpRequests }
  const warmUps = await warmUp(deployment, servers, warm)

  const idleCpuMs = await measureIdle(servers)
  const processes = await measureProcesses(deployment, { ...plan, servers, members })
  const whole = await useWholeWindow(deployment, { servers, member: busy, limit })
  const connections = await countConnections(deployment.postgres.url)
  const pair = { ...plan, servers: [shared, second], members, seconds: plan.rateSeconds }
  const manyMembers = await measureManyMembers(deployment, pair)

  const alone = await deployment.startServer({ REDIS_URL: '' })
  const warmUpAlone = await warmUp(deployment, [alone], warm)
  const window = await measureWindow(deployment, { ...plan, shared, alone, members })

  const lastWords = await pMap([...servers, alone], retire)
  const rssMegabytes = lastWords.map((each) => each.rssMegabytes)
  const loads = [...warmUps, ...warmUpAlone, ...processes, whole, manyMembers, ...window.rows]
  return {
    figures: { processes, idleCpuMs, rssMegabytes, connections, window, manyMembers },
    part: { loads, lastWords },
    verdict: whole.verdict,
  }
}

async function startServers(
  { startServer }: Deployment,
  count: number,
): Promise<readonly ServerProcess[]> {
  const servers: ServerProcess[] = []
  while (servers.length < count) servers.push(await startServer())
  return servers
}
