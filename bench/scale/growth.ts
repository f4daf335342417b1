import type { ConnectedMember } from '../callers/members.ts'
import { CONNECTIONS, measureCost, type Way } from './cost.ts'
import { NO_LIMIT, type Deployment } from './deployment.ts'
import { interleave, type Contender, type Row } from './interleave.ts'
import type { Part } from './part.ts'
import type { Plan } from './plan.ts'
import { measureRates, type RateRow } from './rates.ts'
import { retire } from './retire.ts'
import { inTurn, listShots, recordShots } from './shots.ts'
import { warmUp } from './warm-up.ts'

const MEMBERS = [1, 100, 1_000] as const
const ORGANIZATIONS = [1, 20, 200] as const
const KILOBYTES = [2, 16, 128, 1_024] as const
/** From here on, one request costs as much as many for 2 KB: fewer are enough. */
const LARGE_KILOBYTES = 128
const FEWER = 8

/** How a cost grows with one thing, all others being the same. */
export type Sweep = { readonly by: string; readonly rows: readonly Row[] }

/** Measures how a call's cost grows with members, organizations and the answer's size, in one process. */
export async function measureGrowth(
  deployment: Deployment,
  { plan, members }: { readonly plan: Plan; readonly members: readonly ConnectedMember[] },
): Promise<{
  readonly sweeps: readonly Sweep[]
  readonly rates: readonly RateRow[]
  readonly part: Part
}> {
  const server = await deployment.startServer(NO_LIMIT)
  const way: Way = { deployment, servers: [server], proxy: null }
  const warmUps = await warmUp(deployment, [server], { members, requests: plan.warmUpRequests })
  const sweeps: readonly Sweep[] = [
    { by: 'members', rows: await sweepMembers(way, plan, members) },
    { by: 'organizations', rows: await sweepOrganizations(way, plan, members.length) },
    { by: 'answer', rows: await sweepAnswers(way, plan, members) },
  ]
  const next = inTurn(members, recordShots(deployment, 2))
  const rates = await measureRates(way, { seconds: plan.calmSeconds, next })
  const loads = [...warmUps, ...rates, ...sweeps.flatMap(({ rows }) => rows)]
  return { sweeps, rates, part: { loads, lastWords: [await retire(server)] } }
}

function sweepMembers(way: Way, plan: Plan, members: readonly ConnectedMember[]) {
  const contenders = MEMBERS.map((count) => {
    const next = inTurn(members.slice(0, count), recordShots(way.deployment, 2))
    return toContender(way, `${count}`, { requests: plan.requests, next })
  })
  return interleave(contenders, plan.rounds)
}

/** As many members each time, who belong to more and more organizations. */
async function sweepOrganizations(way: Way, plan: Plan, count: number) {
  const contenders: Contender[] = []
  for (const organizations of ORGANIZATIONS) {
    const members = await way.deployment.connect(count, organizations)
    const next = inTurn(members, recordShots(way.deployment, 2))
    contenders.push(toContender(way, `${organizations}`, { requests: plan.requests, next }))
  }
  return interleave(contenders, plan.rounds)
}

/** Records are shown as they are, whatever their size; of the list, the columns are. */
function sweepAnswers(way: Way, { requests, rounds }: Plan, members: readonly ConnectedMember[]) {
  const list = { requests, next: inTurn(members, listShots(way.deployment)) }
  const records = KILOBYTES.map((kilobytes) =>
    toContender(way, `${kilobytes} KB`, {
      requests: kilobytes < LARGE_KILOBYTES ? requests : Math.ceil(requests / FEWER),
      next: inTurn(members, recordShots(way.deployment, kilobytes)),
    }),
  )
  return interleave([...records, toContender(way, 'columns of a 2 KB', list)], rounds)
}

function toContender(
  way: Way,
  name: string,
  load: Pick<Parameters<typeof measureCost>[1], 'requests' | 'next'>,
): Contender {
  return { name, measure: () => measureCost(way, { connections: CONNECTIONS, ...load }) }
}
