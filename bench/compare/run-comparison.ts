import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '../../demo/seed/random.ts'
import { findFreePorts } from '../../test/support/server-process.ts'
import { median } from '../load/statistics.ts'
import { describeMachine } from '../load/this-machine.ts'
import { claimCores, type Cores } from '../services/cores.ts'
import { startNodeProgram, type NodeProgram } from '../services/node-program.ts'
import { CASES } from './cases.ts'
import { judgeWork } from './judge-work.ts'
import type { Options } from './options.ts'
import type { Report } from './report.ts'
import { runRounds } from './run-rounds.ts'
import { startConnector, startFloor, type ConnectorSubject } from './start-subjects.ts'
import type { Subject } from './subject.ts'
import { summarize, type Row } from './summarize.ts'

const QUIET = '--disable-warning=ExperimentalWarning'
/** The shipped one cuts an answer of 200 KB. */
const MAX_RESULT_CHARS = '1000000'
const [FLOOR, SECOND_FLOOR, CONNECTOR] = ['floor', 'floor again', 'connector']
/** What the machine did beside, on average, before anything was started. */
const QUIET_LOAD = 0.5
const NOISE = 0.1

/** Starts everything, compares it, and takes it away again. */
export async function runComparison(options: Options, progress: () => void): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
  const programs: NodeProgram[] = []
  try {
    return await compare(options, folder, programs, progress)
  } finally {
    for (const { stop } of programs.toReversed()) await stop()
    rmSync(folder, { recursive: true })
  }
}

async function compare(
  options: Options,
  folder: string,
  programs: NodeProgram[],
  progress: () => void,
): Promise<Report> {
  const { rounds, sampleMs, warmCalls, seed } = options
  const machine = describeMachine()
  const startedAt = performance.now()
  const cores = await claimCores()
  const [upstreamPort = 0, ...ports] = await findFreePorts(5)
  const upstream = await startNodeProgram({
    args: [QUIET, 'bench/compare/upstream.ts', String(upstreamPort)],
    port: upstreamPort,
    logFile: join(folder, 'upstream.log'),
  })
  programs.push(upstream)
  const upstreamUrl = `http://127.0.0.1:${upstreamPort}/v1`
  const ground = { folder, upstreamUrl, core: cores.measured }

  const [floorPort = 0, secondPort = 0, connectorPort = 0, largePort = 0] = ports
  const keep = <Kind extends Subject>(subject: Kind): Kind => {
    programs.push(subject.program)
    return subject
  }
  const floor = keep(await startFloor(ground, FLOOR, floorPort))
  const second = keep(await startFloor(ground, SECOND_FLOOR, secondPort))
  const connectors: readonly ConnectorSubject[] = [
    keep(
      await startConnector(ground, {
        name: CONNECTOR,
        port: connectorPort,
        takes: ({ size }) => size === 'small',
      }),
    ),
    keep(
      await startConnector(ground, {
        name: `${CONNECTOR}, MAX_RESULT_CHARS=${MAX_RESULT_CHARS}`,
        port: largePort,
        takes: ({ size }) => size === 'large',
        env: { MAX_RESULT_CHARS },
      }),
    ),
  ]
  const tracks = await runRounds({
    subjects: [floor, second, ...connectors],
    cases: CASES,
    upstreamUrl,
    rounds,
    warmCalls,
    cpuSeconds: sampleMs / 1000,
    random: createRandom(seed),
    progress,
  })
  const calls = summarize(tracks, FLOOR)
  const verdicts = []
  for (const connector of connectors) {
    const each = CASES.find((one) => connector.takes(one))
    if (each !== undefined) verdicts.push(...(await judgeWork(connector, each)))
  }
  const floorVsFloor = median(calls.filter(isOf(SECOND_FLOOR)).map(({ ratio }) => ratio.median))
  return {
    machine,
    seed,
    seconds: (performance.now() - startedAt) / 1000,
    ratios: { toolsCallCpuVsFloor: findMainRatio(calls), floorVsFloor },
    calls,
    verdicts,
    unclean: findUnclean(cores, machine.loadBefore, calls),
  }
}

/** With everything on, projection too; of the two eras the one that costs more. */
function findMainRatio(calls: readonly Row[]): number {
  const names = CASES.filter(({ size, isProjected }) => size === 'small' && isProjected).map(
    ({ name }) => name,
  )
  const rows = calls.filter(isOf(CONNECTOR)).filter((row) => names.includes(row.case))
  return Math.max(...rows.map(({ ratio }) => ratio.median))
}

function isOf(name: string | undefined) {
  return ({ subject }: Row) => subject === name
}

function findUnclean(cores: Cores, loadBefore: number, calls: readonly Row[]): readonly string[] {
  const noisy = calls
    .filter(isOf(SECOND_FLOOR))
    .filter(({ ratio }) => ratio.lower < 1 - NOISE || ratio.upper > 1 + NOISE)
  return [
    ...(cores.reason === null ? [] : [`no core of their own for the servers: ${cores.reason}`]),
    ...(loadBefore < QUIET_LOAD ? [] : [`the machine was at work before: load ${loadBefore}`]),
    ...noisy.map(
      ({ case: each, ratio }) =>
        `${each}: the floor to itself is ${ratio.lower.toFixed(2)}–${ratio.upper.toFixed(2)}`,
    ),
  ]
}
