import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDemo } from '../demo/server.ts'
import { credentials } from '../test/support/flowtly.ts'
import { findFreePorts } from '../test/support/server-process.ts'
import { createManyTools } from './connectors/many-tools.ts'
import { writeRequest } from './load/messages.ts'
import { toRequest } from './load/shot.ts'
import { median } from './load/statistics.ts'
import { describeMachine, renderMachine } from './load/this-machine.ts'
import { measureBareNode, measureStart, type Start } from './start/measure-start.ts'

const ROUNDS = 9
const MANY = 1_000
const SHIPPED = 16
/** Milliseconds until the first answer, by number of tools, on a machine that does nothing else. */
const GOALS = new Map([
  [SHIPPED, 400],
  [MANY, 1_500],
])

const machine = describeMachine()
const folder = mkdtempSync(join(tmpdir(), 'sluice-start-'))
const demo = await startDemo({ rateLimitPerMinute: Infinity })
const many = await createManyTools(MANY)
try {
  const subjects: readonly Subject[] = [
    { tools: SHIPPED, folder: join(import.meta.dirname, '..'), env: {} },
    // Its compiled code goes with the copy; the shipped one has it where it always is.
    { tools: MANY, folder: many.folder, env: { NODE_COMPILE_CACHE: join(folder, 'compiled') } },
  ]
  const cold = new Map<number, Start>()
  for (const subject of subjects) {
    cold.set(subject.tools, await start(subject, { NODE_DISABLE_COMPILE_CACHE: '1' }))
    await start(subject)
  }
  const bare: number[] = []
  const starts = new Map<number, Start[]>()
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await measureBareNode())
    for (const subject of subjects) {
      const own = starts.get(subject.tools) ?? []
      starts.set(subject.tools, [...own, await start(subject)])
    }
  }

  const bareMs = median(bare)
  console.log(`${renderMachine(machine)}\n\nnode -e 0: ${bareMs.toFixed(0)} ms\n`)
  for (const [tools, own] of starts) console.log(render(tools, own, bareMs, cold.get(tools)))
} finally {
  many.remove()
  await demo.close()
  rmSync(folder, { recursive: true })
}

type Subject = {
  readonly tools: number
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
}

/** Each connector has a database of its own, which the first start makes. */
async function start(
  { tools, folder: copy, env }: Subject,
  more: Readonly<Record<string, string>> = {},
): Promise<Start> {
  const [port = 0] = await findFreePorts(1)
  const home = join(folder, String(tools))
  const { body, headers } = writeRequest('legacy', '1', { method: 'tools/list', params: {} })
  return measureStart({
    folder: copy,
    port,
    env: {
      DATABASE_URL: `sqlite:${home}.db`,
      AUDIT_SPOOL: `${home}-audit`,
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      UPSTREAM_URL: demo.url,
      LOG_LEVEL: 'error',
      ...env,
      ...more,
    },
    message: toRequest({ ...headers, ...credentials() }, body),
  })
}

function render(
  tools: number,
  starts: readonly Start[],
  bareMs: number,
  cold: Start | undefined,
): string {
  const healthMs = median(starts.map((each) => each.healthMs))
  const messageMs = median(starts.map((each) => each.messageMs))
  const residentMegabytes = median(starts.map((each) => each.residentBytes)) / 1e6
  const goalMs = GOALS.get(tools) ?? Number.NaN
  return [
    `${tools} tools`,
    `  first answer       ${healthMs.toFixed(0)} ms, ${(healthMs / bareMs).toFixed(1)} × node -e 0 (goal: ${goalMs} ms, ${healthMs <= goalMs ? 'met' : 'missed'})`,
    `  tools/list then    ${messageMs.toFixed(0)} ms`,
    `  resident           ${residentMegabytes.toFixed(0)} MB`,
    `  compiled anew      ${cold?.healthMs.toFixed(0) ?? '-'} ms to the first answer, ${((cold?.residentBytes ?? Number.NaN) / 1e6).toFixed(0)} MB`,
  ].join('\n')
}
