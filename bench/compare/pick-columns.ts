import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { isRecord } from '../../server/json.ts'

const ALLOW_LIST = join(import.meta.dirname, '../../specs/flowtly/allow-list.yaml')

/** Keeps of each item in `data` what the allow-list names for a tool, and the rest of the answer. */
export function pickColumns(answer: unknown, tool: string): unknown {
  const items: unknown = isRecord(answer) ? answer['data'] : null
  if (!isRecord(answer) || !Array.isArray(items)) throw new Error('an answer without "data"')
  const columns = readColumns(tool)
  return { ...answer, data: items.map((item: unknown) => pick(item, columns)) }
}

function readColumns(tool: string): readonly string[] {
  const allowList: unknown = load(readFileSync(ALLOW_LIST, 'utf8'))
  const tools: unknown = isRecord(allowList) ? allowList['tools'] : null
  const rule: unknown = isRecord(tools) ? tools[tool] : null
  const columns: unknown = isRecord(rule) ? rule['columns'] : null
  if (!Array.isArray(columns)) throw new Error(`"${tool}" has no columns`)
  return columns.map(String)
}

/** Columns go at most two steps deep there. */
function pick(item: unknown, columns: readonly string[]): unknown {
  if (!isRecord(item)) return item
  const picked: Record<string, unknown> = {}
  for (const column of columns) {
    const [first = '', second] = column.split('.')
    const value = item[first]
    if (second === undefined || !isRecord(value)) picked[first] = value
    else picked[first] = { ...(isRecord(picked[first]) && picked[first]), [second]: value[second] }
  }
  return picked
}
