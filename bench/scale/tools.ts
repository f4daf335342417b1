import pMap from 'p-map'
import type { ServerProcess } from '../../test/support/server-process.ts'
import type { ConnectedMember } from '../callers/members.ts'
import { createManyTools } from '../connectors/many-tools.ts'
import { CONNECTIONS, measureCost } from './cost.ts'
import { NO_LIMIT, type Deployment } from './deployment.ts'
import type { Sweep } from './growth.ts'
import { interleave, type Row } from './interleave.ts'
import type { Part } from './part.ts'
import type { Plan } from './plan.ts'
import { retire } from './retire.ts'
import { inTurn, recordShots, toolsShots } from './shots.ts'
import { warmUp } from './warm-up.ts'

/** What the number of tools comes to. */
export type ToolsFigures = {
  readonly sweeps: readonly Sweep[]
  /** Of each process, after its load, in the order of the plan. */
  readonly rssMegabytes: readonly number[]
}

/** Measures how the cost of a call and of `tools/list` grows with the tools that there are. */
export async function measureTools(
  deployment: Deployment,
  { plan, members }: { readonly plan: Plan; readonly members: readonly ConnectedMember[] },
): Promise<{ readonly figures: ToolsFigures; readonly part: Part }> {
  const projects = await pMap(plan.tools, (count) => createManyTools(count), {
    concurrency: 1,
  })
  try {
    const servers: ServerProcess[] = []
    for (const { folder } of projects) servers.push(await deployment.startServer(NO_LIMIT, folder))
    const warmUps = await warmUp(deployment, servers, { members, requests: plan.warmUpRequests })

    const sweep = (next: ReturnType<typeof inTurn>): Promise<readonly Row[]> => {
      const load = { requests: plan.requests, connections: CONNECTIONS, next }
      const contenders = servers.map((server, index) => ({
        name: String(plan.tools[index]),
        measure: () => measureCost({ deployment, servers: [server], proxy: null }, load),
      }))
      return interleave(contenders, plan.rounds)
    }
    const sweeps: readonly Sweep[] = [
      { by: 'tools, one called', rows: await sweep(inTurn(members, recordShots(deployment, 2))) },
      { by: 'tools, listed', rows: await sweep(inTurn(members, toolsShots(deployment))) },
    ]

    const lastWords = await pMap(servers, retire)
    const rssMegabytes = lastWords.map((each) => each.rssMegabytes)
    const loads = [...warmUps, ...sweeps.flatMap(({ rows }) => rows)]
    return { figures: { sweeps, rssMegabytes }, part: { loads, lastWords } }
  } finally {
    for (const project of projects) project.remove()
  }
}
