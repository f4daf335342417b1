import { toListedTool } from './catalogue.ts'
import { isSearched } from './own-tools/is-searched.ts'
import type { Connector, Tool } from './tool.ts'

/**
 * The part of a connector that is offered without a token; `null` where the allow-list marks no tool
 * `public`. Its own prompts are for members: nothing says that public tools could answer them.
 */
export function toPublicConnector(connector: Connector): Connector | null {
  const tools = connector.tools.filter((tool) => tool.public)
  if (tools.length === 0) return null
  const names = new Set(tools.map(({ name }) => name))
  const intents = connector.intents.filter(({ steps }) =>
    steps.every(({ tool }) => names.has(tool)),
  )
  const catalogue = { ...connector.catalogue, tokens: countTokens(connector, tools) }
  const resources = toPublic(connector, names)
  return { ...connector, tools, intents, prompts: [], research: [], catalogue, resources }
}

/**
 * What a part of the catalogue costs a model: its share of the characters, for nothing here counts
 * tokens. The few that need no token may be listed where all together would not be.
 */
function countTokens({ tools, catalogue }: Connector, part: readonly Tool[]): number {
  if (!isSearched(catalogue)) return catalogue.tokens
  return Math.round((catalogue.tokens * countChars(part)) / Math.max(1, countChars(tools)))
}

function countChars(tools: readonly Tool[]): number {
  return tools
    .filter(({ offer }) => offer === 'tool')
    .reduce((sum, tool) => sum + JSON.stringify(toListedTool(tool, tool.name)).length, 0)
}

/** Only what can be read by a public tool; where that is nothing, there are no resources. */
function toPublic(
  { resources, tools }: Connector,
  names: ReadonlySet<string>,
): Connector['resources'] {
  if (resources === null) return null
  const indexes = resources.indexes.filter(({ tool }) => names.has(tool))
  const hasUri = tools.some(({ name, uri }) => uri !== null && names.has(name))
  return hasUri || indexes.length > 0 ? { ...resources, indexes } : null
}
