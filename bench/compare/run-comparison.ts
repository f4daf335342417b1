import { createRandom } from '../../demo/seed/random.ts'
import type { Verdict } from '../ledger/report.ts'
import { median } from '../load/statistics.ts'
import { describeMachine } from '../load/this-machine.ts'
import { CASES, USUAL } from './cases.ts'
import { findUnclean } from './find-unclean.ts'
import { openGround } from './ground.ts'
import { judgeUpstream, judgeWork } from './judge-work.ts'
import { measureLatency, type Latency, type LatencyPlan } from './measure-latency.ts'
import { measureLists, SHIPPED_TOOLS, type Lists } from './measure-lists.ts'
import { measureMemory } from './measure-memory.ts'
import type { Options } from './options.ts'
import type { NotMeasured, Report } from './report.ts'
import { runRounds, type Plan, type Track } from './run-rounds.ts'
import { CONNECTOR, FLOOR, SECOND_FLOOR, startField } from './start-field.ts'
import type { ConnectorSubject } from './start-subjects.ts'
import { summarize, type Row } from './summarize.ts'

/** How much of everything a run does beside the rounds. */
type Extent = LatencyPlan & {
  readonly toolCounts: readonly number[]
  readonly starts: number
  /** Requests after which memory is looked at. */
  readonly memoryRequests: number
}

const WHOLE: Extent = {
  ...{ seconds: 15, requests: 3_000, toolCounts: [SHIPPED_TOOLS, 200, 1_000] },
  ...{ starts: 7, memoryRequests: 20_000 },
}
const QUICK: Extent = {
  ...{ seconds: 1, requests: 200, toolCounts: [SHIPPED_TOOLS], starts: 3, memoryRequests: 2_000 },
}

/** Starts everything, compares it, and takes it away again. */
export async function runComparison(options: Options, progress: () => void): Promise<Report> {
  const machine = describeMachine()
  const startedAt = performance.now()
  const notMeasured: NotMeasured[] = []
  const drop = (what: string, why: string) => void notMeasured.push({ what, why })
  const extent = options.quick ? QUICK : WHOLE
  const plan: Plan = {
    rounds: options.rounds,
    warmCalls: options.warmCalls,
    cpuSeconds: options.sampleMs / 1000,
    random: createRandom(options.seed),
    progress,
    drop: ({ subject, name }, why) => drop(`${subject.name}, ${name}`, why),
  }
  if (options.quick) drop('200 and 1,000 tools, and 20,000 requests', 'this is a quick run')
  const ground = await openGround()
  try {
    const { connectors, lanes } = await startField(ground, {
      peers: options.peers,
      drop,
      progress,
    })
    // Before the rounds: what is resident then is what so many requests left, and no more.
    const own = lanes.filter(({ subject }) => subject.name === CONNECTOR)
    const memory = await measureMemory(own, extent.memoryRequests)
    const tracks = await runRounds(lanes, plan)
    const calls = summarize(tracks, FLOOR)
    const noise = calls.filter(({ subject }) => subject === SECOND_FLOOR)

    const latencies: Latency[] = []
    for (const lane of tracks.filter(isLookedAt)) {
      latencies.push(...(await measureLatency(lane, extent)))
      progress()
    }
    const verdicts = await judgeConnectors(connectors)
    verdicts.push(await judgeUpstream(ground.upstreamUrl, connectors))

    const lists: Lists[] = []
    for (const tools of extent.toolCounts) {
      lists.push(await measureLists(ground, tools, { ...plan, starts: extent.starts }))
    }
    return {
      machine,
      seed: options.seed,
      seconds: (performance.now() - startedAt) / 1000,
      ratios: {
        toolsCallCpuVsFloor: findMainRatio(calls),
        floorVsFloor: median(noise.map(({ ratio }) => ratio.median)),
      },
      calls,
      latencies,
      memory,
      toolLists: lists.flatMap(({ rows }) => rows),
      starts: lists.map(({ start }) => start),
      verdicts: [...verdicts, ...lists.flatMap((each) => each.verdicts)],
      unclean: findUnclean(ground.cores, machine.loadBefore, calls, noise),
      notMeasured,
    }
  } finally {
    await ground.close()
  }
}

/** One process of the floor is enough. */
function isLookedAt({ name, subject }: Track): boolean {
  return name === USUAL.name && subject.name !== SECOND_FLOOR
}

async function judgeConnectors(connectors: readonly ConnectorSubject[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const connector of connectors) {
    const each = CASES.find(connector.takes)
    if (each !== undefined) verdicts.push(...(await judgeWork(connector, each)))
  }
  return verdicts
}

/** With everything on, projection too; of the two eras the one that costs more. */
function findMainRatio(calls: readonly Row[]): number {
  const names = CASES.filter(({ size, isProjected }) => size === 'small' && isProjected).map(
    ({ name }) => name,
  )
  const rows = calls.filter(
    ({ subject, case: each }) => subject === CONNECTOR && names.includes(each),
  )
  return Math.max(...rows.map(({ ratio }) => ratio.median))
}
