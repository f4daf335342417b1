import pMap from 'p-map'
import type { ServerProcess } from '../../test/support/server-process.ts'
import type { ConnectedMember } from '../callers/members.ts'
import { CONNECTIONS, measureCost, type Cost } from './cost.ts'
import type { Deployment } from './deployment.ts'
import { inTurn, recordShots } from './shots.ts'

/** Calls each process, one after the other, until it has compiled what it needs. */
export function warmUp(
  deployment: Deployment,
  servers: readonly ServerProcess[],
  {
    members,
    requests,
  }: { readonly members: readonly ConnectedMember[]; readonly requests: number },
): Promise<readonly Cost[]> {
  const load = {
    requests,
    connections: CONNECTIONS,
    next: inTurn(members, recordShots(deployment, 2)),
  }
  return pMap(
    servers,
    (server) => measureCost({ deployment, servers: [server], proxy: null }, load),
    { concurrency: 1 },
  )
}
