/** The tools that stand for all others where the catalogue is searched. */
export const SEARCH_TOOLS = {
  search: 'tools.search',
  describe: 'tools.describe',
  call: 'tools.call',
} as const

/** Answers whether a tool is one of these, which nobody searches for. */
export function isSearchTool(name: string): boolean {
  return Object.values<string>(SEARCH_TOOLS).includes(name)
}
