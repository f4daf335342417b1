import { createRandom } from '../../demo/seed/random.ts'
import type { Verdict } from '../ledger/report.ts'
import { median } from '../load/statistics.ts'
import { describeMachine } from '../load/this-machine.ts'
import { CASES } from './cases.ts'
import { findUnclean } from './find-unclean.ts'
import { openGround, type Ground } from './ground.ts'
import { installPeers } from './install-peers.ts'
import { judgeWork } from './judge-work.ts'
import type { Options } from './options.ts'
import { nameOf, PEERS } from './peers.ts'
import type { NotMeasured, Report } from './report.ts'
import { runRounds } from './run-rounds.ts'
import { startPeer } from './start-peer.ts'
import { startConnector, startFloor, type ConnectorSubject } from './start-subjects.ts'
import type { Subject } from './subject.ts'
import { summarize, type Row } from './summarize.ts'

/** The shipped one cuts an answer of 200 KB. */
const MAX_RESULT_CHARS = '1000000'
const [FLOOR, SECOND_FLOOR, CONNECTOR] = ['floor', 'floor again', 'connector'] as const

/** Starts everything, compares it, and takes it away again. */
export async function runComparison(options: Options, progress: () => void): Promise<Report> {
  const machine = describeMachine()
  const startedAt = performance.now()
  const notMeasured: NotMeasured[] = []
  const ground = await openGround()
  try {
    const floors = [await startFloor(ground, FLOOR), await startFloor(ground, SECOND_FLOOR)]
    const connectors = await startConnectors(ground)
    const peers = options.peers ? await startPeers(ground, notMeasured) : []
    const tracks = await runRounds({
      subjects: [...floors, ...connectors, ...peers],
      cases: CASES,
      upstreamUrl: ground.upstreamUrl,
      rounds: options.rounds,
      warmCalls: options.warmCalls,
      cpuSeconds: options.sampleMs / 1000,
      random: createRandom(options.seed),
      progress,
      drop: ({ name }, why) => notMeasured.push({ what: name, why }),
    })
    const calls = summarize(tracks, FLOOR)
    const noise = calls.filter(({ subject }) => subject === SECOND_FLOOR)
    return {
      machine,
      seed: options.seed,
      seconds: (performance.now() - startedAt) / 1000,
      ratios: {
        toolsCallCpuVsFloor: findMainRatio(calls),
        floorVsFloor: median(noise.map(({ ratio }) => ratio.median)),
      },
      calls,
      verdicts: await judgeConnectors(connectors),
      unclean: findUnclean(ground.cores, machine.loadBefore, noise),
      notMeasured,
    }
  } finally {
    await ground.close()
  }
}

async function startConnectors(ground: Ground): Promise<readonly ConnectorSubject[]> {
  return [
    await startConnector(ground, { name: CONNECTOR, takes: ({ size }) => size === 'small' }),
    await startConnector(ground, {
      name: `${CONNECTOR}, MAX_RESULT_CHARS=${MAX_RESULT_CHARS}`,
      takes: ({ size }) => size === 'large',
      env: { MAX_RESULT_CHARS },
    }),
  ]
}

/** Starts those that can be started. */
async function startPeers(ground: Ground, notMeasured: NotMeasured[]): Promise<readonly Subject[]> {
  const peers: Subject[] = []
  const note = (what: string) => (error: unknown) => {
    notMeasured.push({ what, why: error instanceof Error ? error.message : String(error) })
  }
  const isInstalled = await installPeers().then(() => true, note('other servers'))
  for (const peer of isInstalled === true ? PEERS : []) {
    await startPeer(ground, peer).then((subject) => peers.push(subject), note(nameOf(peer)))
  }
  return peers
}

async function judgeConnectors(
  connectors: readonly ConnectorSubject[],
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  for (const connector of connectors) {
    const each = CASES.find((one) => connector.takes(one))
    if (each !== undefined) verdicts.push(...(await judgeWork(connector, each)))
  }
  return verdicts
}

/** With everything on, projection too; of the two eras the one that costs more. */
function findMainRatio(calls: readonly Row[]): number {
  const names = CASES.filter(({ size, isProjected }) => size === 'small' && isProjected).map(
    ({ name }) => name,
  )
  const rows = calls.filter(({ subject, case: each }) => {
    return subject === CONNECTOR && names.includes(each)
  })
  return Math.max(...rows.map(({ ratio }) => ratio.median))
}
