import type { Connector } from './tool.ts'

/** The part of a connector that is offered without a token; `null` where the allow-list marks no tool `public`. */
export function toPublicConnector(connector: Connector): Connector | null {
  const tools = connector.tools.filter((tool) => tool.public)
  if (tools.length === 0) return null
  const names = new Set(tools.map(({ name }) => name))
  const intents = connector.intents.filter(({ steps }) =>
    steps.every(({ tool }) => names.has(tool)),
  )
  return { ...connector, tools, intents, research: [] }
}
