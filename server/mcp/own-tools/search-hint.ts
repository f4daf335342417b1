import type { Connector } from '../tool.ts'

const HINT =
  'Most tools are not listed here: tools.search finds them by what you want to know, tools.describe ' +
  'shows their arguments, and tools.call calls them.'

/** Tells clients how tools are found, behind what the connector says of itself. */
export function withSearchHint(connector: Connector): Connector {
  const { instructions } = connector
  const parts = instructions === null ? [HINT] : [instructions, HINT]
  return { ...connector, instructions: parts.join('\n\n') }
}
