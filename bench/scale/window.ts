import type { ServerProcess } from '../../test/support/server-process.ts'
import type { ConnectedMember } from '../callers/members.ts'
import type { LoadResult } from '../load/closed-loop.ts'
import { loadOpen } from '../load/open-loop.ts'
import type { Shot } from '../load/shot.ts'
import { CONNECTIONS, measureCost, portOf, toTimes, type Cost, type Way } from './cost.ts'
import type { Deployment } from './deployment.ts'
import { interleave, type Row } from './interleave.ts'
import { readRedisCalls } from './redis-calls.ts'
import { inTurn, recordShots } from './shots.ts'

/** Low enough for nobody to wait for anybody. */
const RATE_PER_SECOND = 50

/** What it costs that processes share their windows. */
export type WindowFigures = {
  readonly rows: readonly WindowRow[]
  /** Redis commands for each request. */
  readonly redisCalls: number
}

/** What it costs at full speed, and how long answers take at fifty requests a second. */
export type WindowRow = Row & { readonly calm: Pick<Cost, 'p50Ms' | 'p99Ms'> }

/** Sends the same load to a process that shares its windows and to one that does not. */
export async function measureWindow(
  deployment: Deployment,
  options: {
    readonly shared: ServerProcess
    readonly alone: ServerProcess
    readonly members: readonly ConnectedMember[]
    readonly rounds: number
    readonly requests: number
    readonly calmSeconds: number
  },
): Promise<WindowFigures> {
  const { shared, alone, members, rounds, requests, calmSeconds } = options
  const next = inTurn(members, recordShots(deployment, 2))
  const toWay = (server: ServerProcess): Way => ({ deployment, servers: [server], proxy: null })
  const ways = new Map([
    ['Redis', toWay(shared)],
    ['the process', toWay(alone)],
  ])
  const contenders = [...ways].map(([name, way]) => ({
    name,
    measure: () => measureCost(way, { connections: CONNECTIONS, requests, next }),
  }))
  const before = await readRedisCalls(deployment.redis)
  const busy = await interleave(contenders, rounds)
  const calls = (await readRedisCalls(deployment.redis)) - before
  const rows: WindowRow[] = []
  for (const row of busy) {
    const way = ways.get(row.name)
    if (way !== undefined) rows.push(addCalm(row, await measureCalm(way, next, calmSeconds)))
  }
  return { rows, redisCalls: calls / (requests * (rounds + 1)) }
}

function addCalm(row: Row, calm: LoadResult): WindowRow {
  return {
    ...row,
    calm: toTimes(calm),
    requests: row.requests + calm.requests,
    wrong: [...row.wrong, ...calm.wrong],
  }
}

function measureCalm(way: Way, next: (index: number) => Shot, seconds: number) {
  return loadOpen({ port: portOf(way), ratePerSecond: RATE_PER_SECOND, seconds, next })
}
