import type { Connector } from './mcp/tool.ts'

/** A permission that a member can give: to read with the tools of one namespace. */
export type Scope = {
  /** `<namespace>:read`. */
  readonly name: string
  readonly title: string
  readonly description: string
}

/** The scope that a tool needs, by its name. */
export function scopeOf(toolName: string): string {
  return `${toolName.split('.')[0] ?? ''}:read`
}

/** All scopes of a connector in name order: one for each namespace that has a tool. */
export function listScopes(connector: Connector): readonly Scope[] {
  const needed = new Set(connector.tools.map(({ name }) => scopeOf(name)))
  return connector.namespaces
    .map(({ name, title, description }) => ({ name: `${name}:read`, title, description }))
    .filter(({ name }) => needed.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
