import type { Verdict } from '../ledger/report.ts'
import { startDeployment } from './deployment.ts'
import { measureGrowth, type Sweep } from './growth.ts'
import type { Plan } from './plan.ts'
import { countRecorded } from './postgres-figures.ts'
import type { RateRow } from './rates.ts'
import { measureShared, type SharedFigures } from './shared.ts'
import { measureTools, type ToolsFigures } from './tools.ts'
import { judgeParts } from './verdicts.ts'

/** Of one member in a minute: more than a load comes to for each of many, and soon reached by one. */
const LIMIT = 1_000

/** All that was found. */
export type Scale = {
  readonly shared: SharedFigures
  readonly growth: readonly Sweep[]
  /** One process, at more and more calls a second. */
  readonly rates: readonly RateRow[]
  readonly tools: ToolsFigures
  readonly verdicts: readonly Verdict[]
}

/** Measures everything that the plan says, and stops whatever it started. */
export async function runScale(plan: Plan): Promise<Scale> {
  const deployment = await startDeployment(LIMIT)
  try {
    const people = await deployment.connect(plan.members + 1, plan.organizations)
    const [busy, ...members] = people
    if (busy === undefined) throw new Error('nobody is connected')
    const shared = await measureShared(deployment, { plan, members, busy, limit: LIMIT })
    const growth = await measureGrowth(deployment, { plan, members })
    const tools = await measureTools(deployment, { plan, members })
    const recorded = await countRecorded(deployment.postgres.url)
    return {
      shared: shared.figures,
      growth: growth.sweeps,
      rates: growth.rates,
      tools: tools.figures,
      verdicts: [shared.verdict, ...judgeParts([shared.part, growth.part, tools.part], recorded)],
    }
  } finally {
    await deployment.stop()
  }
}
