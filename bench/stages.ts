import { globSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeMachine, renderMachine } from './load/this-machine.ts'
import { CONNECTIONS, measureCost } from './scale/cost.ts'
import { NO_LIMIT, startDeployment } from './scale/deployment.ts'
import { inTurn, listShots, recordShots } from './scale/shots.ts'
import { readProfile } from './stages/cpu-profile.ts'
import { stageOf } from './stages/stage-of.ts'

// Where the processor time of a call goes: a profile of one process under load, by part of the server.
const WARM_UP = 3_000
const REQUESTS = 10_000
const MEMBERS = 100
const ORGANIZATIONS = 10

const machine = describeMachine()
const folder = await mkdtemp(join(tmpdir(), 'sluice-stages-'))
try {
  const shares = [await profile('record'), await profile('list')]
  const stages = [...new Set(shares.flatMap((share) => [...share.keys()]))]
  const rows = stages
    .map((stage) => ({ stage, values: shares.map((share) => share.get(stage) ?? 0) }))
    .toSorted((left, right) => (right.values[0] ?? 0) - (left.values[0] ?? 0))
  console.log(`${renderMachine(machine)}\n`)
  console.log('| part of a call | 2 KB, as it is | 2 KB, columns |\n| --- | ---: | ---: |')
  for (const { stage, values } of rows) {
    console.log(`| ${stage} | ${values.map((value) => `${value.toFixed(1)} %`).join(' | ')} |`)
  }
} finally {
  await rm(folder, { recursive: true })
}

/** Shares of the stages, in percent of the time in which something ran. */
async function profile(kind: 'record' | 'list'): Promise<ReadonlyMap<string, number>> {
  const deployment = await startDeployment(MEMBERS)
  const home = join(folder, kind)
  try {
    const members = await deployment.connect(MEMBERS, ORGANIZATIONS)
    const NODE_OPTIONS = `--cpu-prof --cpu-prof-dir=${home}`
    const server = await deployment.startServer({ ...NO_LIMIT, NODE_OPTIONS })
    const shots = kind === 'record' ? recordShots(deployment, 2) : listShots(deployment)
    const load = { connections: CONNECTIONS, next: inTurn(members, shots) }
    const way = { deployment, servers: [server], proxy: null }
    await measureCost(way, { ...load, requests: WARM_UP })
    const startedAt = performance.now()
    const { wrong } = await measureCost(way, { ...load, requests: REQUESTS })
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
    await server.stop()
    const [file] = globSync(join(home, '*.cpuprofile'))
    if (file === undefined) throw new Error('there is no profile')
    return sumUp(file, performance.now() - startedAt)
  } finally {
    await deployment.stop()
  }
}

function sumUp(file: string, lastMs: number): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  let all = 0
  for (const { stack, microseconds } of readProfile(file, lastMs)) {
    const stage = stageOf(stack)
    if (stage === null) continue
    sums.set(stage, (sums.get(stage) ?? 0) + microseconds)
    all += microseconds
  }
  return new Map([...sums].map(([stage, sum]) => [stage, (100 * sum) / all]))
}
