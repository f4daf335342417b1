import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord } from '../../server/json.ts'
import { operationNames } from '../../test/support/listed-tools.ts'
import type { Verdict } from '../ledger/report.ts'
import { createManyTools } from '../connectors/many-tools.ts'
import { USUAL } from './cases.ts'
import type { Ground } from './ground.ts'
import { judgeWork } from './judge-work.ts'
import { measureStart, type Start } from './measure-start.ts'
import { openListLane } from './open-lane.ts'
import { runRounds, type Plan } from './run-rounds.ts'
import { startConnector, startFloor, type ConnectorSubject } from './start-subjects.ts'
import { LIST, note } from './subject.ts'
import { summarize, type Row } from './summarize.ts'

const ERAS = ['legacy', 'modern'] as const
/** The operations that `flowtly` has as tools. */
export const SHIPPED_TOOLS = 16

/** What a connector of one size came to. */
export type Lists = {
  readonly rows: readonly Row[]
  readonly start: Start
  readonly verdicts: readonly Verdict[]
}

/**
 * Measures the list of tools, and the start, of a connector with so many of them; the floor writes the
 * same list.
 */
export async function measureLists(
  ground: Ground,
  tools: number,
  plan: Plan & { readonly starts: number },
): Promise<Lists> {
  const project = tools === SHIPPED_TOOLS ? null : await createManyTools(tools)
  try {
    const where = project === null ? {} : { folder: project.folder }
    const connector = await startConnector(ground, `connector, ${tools} tools`, where)
    const file = join(ground.folder, `tools-${tools}.json`)
    const listed = await readTools(connector)
    const operations = operationNames(listed).length
    if (operations !== tools) throw new Error(`${operations} operations are listed of ${tools}`)
    writeFileSync(file, JSON.stringify(listed))
    const floor = await startFloor(ground, 'floor', file)
    const lanes = []
    for (const era of ERAS) {
      const list = { operations, listed: listed.length }
      lanes.push(await openListLane(floor, era, list), await openListLane(connector, era, list))
    }
    const rows = summarize(await runRounds(lanes, plan), floor.name)
    const verdicts = await judgeWork(connector, USUAL)
    await floor.program.stop()
    const start = await measureStart(ground, { tools, times: plan.starts, ...where })
    return { rows, start, verdicts }
  } finally {
    project?.remove()
  }
}

async function readTools(connector: ConnectorSubject): Promise<readonly unknown[]> {
  const { url, headers } = connector
  note(connector, LIST, 1)
  const response = await fetch(`${url}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
  })
  const answer: unknown = await response.json()
  const result = isRecord(answer) ? answer['result'] : null
  const tools: unknown = isRecord(result) ? result['tools'] : null
  if (!isList(tools)) throw new Error(`no list of tools: ${JSON.stringify(answer)}`)
  return tools
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}
