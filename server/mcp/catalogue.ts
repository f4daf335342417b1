import type { Tool as ListedTool } from '@modelcontextprotocol/server'
import { createProjection, type Projection } from './projection.ts'
import type { Connector, Tool } from './tool.ts'

/** How tool names are spelled in `tools/list`; both spellings can always be called. */
export type ToolNames = 'dotted' | 'underscored'

/** A tool with all that a call of it needs, made once. */
export type CatalogueEntry = { readonly tool: Tool; readonly project: Projection | null }

/** All tools of a connector. */
export type Catalogue = {
  /** What `tools/list` answers, in name order. */
  readonly listed: ListedTool[]
  /** Finds a tool by either spelling of its name. */
  readonly find: (name: string) => CatalogueEntry | null
}

/** Every tool reads; nothing it does leaves a trace or touches anything but the upstream. */
const READ_ONLY = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const

/**
 * Builds a connector's catalogue.
 *
 * @throws {Error} for two tools that one spelling would confuse; the generator refuses them earlier
 */
export function createCatalogue(connector: Connector, names: ToolNames): Catalogue {
  const byName = new Map<string, CatalogueEntry>()
  for (const tool of connector.tools) {
    const entry = { tool, project: createProjection(tool.answer) }
    for (const spelling of [tool.name, underscored(tool.name)]) {
      if (byName.has(spelling)) throw new Error(`two tools are called "${spelling}"`)
      byName.set(spelling, entry)
    }
  }
  const spell = names === 'dotted' ? (name: string) => name : underscored
  const listed = connector.tools
    .map((tool) => toListedTool(tool, spell(tool.name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return { listed, find: (name) => byName.get(name) ?? null }
}

function toListedTool(tool: Tool, name: string): ListedTool {
  const { type, ...schema } = tool.inputSchema
  if (type !== 'object') throw new Error(`the arguments of "${tool.name}" are no object`)
  return {
    name,
    title: tool.title,
    description: [tool.description, tool.instructions].filter((text) => text !== null).join('\n\n'),
    inputSchema: { type, ...schema },
    annotations: { title: tool.title, ...READ_ONLY },
  }
}

function underscored(name: string): string {
  return name.replaceAll('.', '_')
}
