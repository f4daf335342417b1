import type { JsonObject } from '../json.ts'
import { isSearched } from '../../server/mcp/own-tools/is-searched.ts'
import type { ConnectorModel, ToolModel } from '../model.ts'

/** A tool as `tools/list` shows it, but for the annotations, which are the same for all. */
export type ToolDefinition = {
  /** `namespace.action`. */
  readonly name: string
  readonly title: string
  /** With the instructions, as the server joins them. */
  readonly description: string
  readonly inputSchema: JsonObject
  readonly outputSchema: JsonObject | null
}

/** What clients get to see of a connector. */
export type Catalogue = {
  readonly connector: string
  readonly instructions: string | null
  /** In name order. */
  readonly tools: readonly ToolDefinition[]
  /** The names of those that clients list, where they find the others by a search; `null` where they list all. */
  readonly pinned: readonly string[] | null
}

/** Writes a connector as clients get it. */
export function toCatalogue({ name, instructions, tools, catalogue }: ConnectorModel): Catalogue {
  const offered = tools.filter(({ offer }) => offer === 'tool')
  const pinned = offered.filter((tool) => tool.pinned)
  return {
    connector: name,
    instructions,
    tools: offered.map(toDefinition),
    pinned: isSearched(catalogue) ? pinned.map((tool) => tool.name) : null,
  }
}

/** Writes a tool as clients get it. */
export function toDefinition(tool: ToolModel): ToolDefinition {
  const { name, title, description, instructions, inputSchema, outputSchema } = tool
  const texts = [description, instructions].filter((text) => text !== '')
  return { name, title, description: texts.join('\n\n'), inputSchema, outputSchema }
}
