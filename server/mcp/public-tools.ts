import type { Connector } from './tool.ts'

/** The part of a connector that is offered without a token; `null` where the allow-list marks no tool `public`. */
export function toPublicConnector(connector: Connector): Connector | null {
  const tools = connector.tools.filter((tool) => tool.public)
  return tools.length === 0 ? null : { ...connector, tools }
}
