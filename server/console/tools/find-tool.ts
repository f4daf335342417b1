import type { Docs, DocsTool } from '../../../site/docs.ts'
import type { Connector, Tool } from '../../mcp/tool.ts'
import { namespaceOf } from '../../switches/live-switchboard.ts'
import type { Answer } from '../answer.ts'
import { notHere } from '../texts.ts'
import type { Visit } from '../visit.ts'
import { TOOL_PATHS } from './addresses.ts'

type Named = Pick<Visit, 'params'>

/** The tool that an address names; `null` where the connector has none. */
export function findTool({ tools }: Connector, { params }: Named): Tool | null {
  return tools.filter(isOffered).find(({ name }) => name === params['name']) ?? null
}

/** What is read by its URI only is no tool for anybody; its namespace's switch is its own as well. */
export function isOffered({ offer }: Pick<Tool, 'offer'>): boolean {
  return offer === 'tool'
}

/** What the published pages say of a tool. */
export function findDocs({ namespaces }: Docs, { name }: Tool): DocsTool {
  const found = namespaces.flatMap(({ tools }) => tools).find((each) => each.name === name)
  if (found === undefined) throw new Error(`"${name}" is not in docs.json`)
  return found
}

/** The tool or namespace that an address names; `null` where the connector has none. */
export function findName({ tools }: Connector, { params }: Named): string | null {
  const known = tools.filter(isOffered).flatMap(({ name }) => [name, namespaceOf(name)])
  return known.find((name) => name === params['name']) ?? null
}

/** There is none of that name. */
export const NO_TOOL = {
  kind: 'problem',
  status: 404,
  text: notHere('tool'),
  action: { href: TOOL_PATHS.list, label: 'Tools' },
} as const satisfies Answer
