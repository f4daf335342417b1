const TOOLS = '/console/tools'

/** The room's own addresses, as the router takes them; `:name` is a tool's, or a namespace's where it is switched. */
export const TOOL_PATHS = {
  list: TOOLS,
  tool: `${TOOLS}/:name`,
  off: `${TOOLS}/:name/off`,
  on: `${TOOLS}/:name/on`,
  try: `${TOOLS}/:name/try`,
  text: `${TOOLS}/:name/text`,
  preview: `${TOOLS}/:name/text/preview`,
  publish: `${TOOLS}/:name/text/publish`,
  discard: `${TOOLS}/:name/text/discard`,
  restore: `${TOOLS}/:name/text/restore`,
  generated: `${TOOLS}/:name/text/generated`,
} as const

/** An address of one tool or namespace. */
export function toToolPath(path: keyof typeof TOOL_PATHS, name: string): string {
  return TOOL_PATHS[path].replace(':name', encodeURIComponent(name))
}
