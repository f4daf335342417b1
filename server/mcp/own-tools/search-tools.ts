import { once } from '../../once.ts'
import type { Catalogue } from '../catalogue.ts'
import type { OwnTool } from '../own-tool.ts'
import type { Connector } from '../tool.ts'
import { callTool } from './tools-call.ts'
import { describeTool } from './tools-describe.ts'
import { searchTools } from './tools-search.ts'

/** The catalogue that the tools look into, as far as they need it. */
export type Searched = Pick<Catalogue, 'find' | 'findOwn' | 'showFor'>

/**
 * Makes the three tools that stand for all others where the catalogue is searched: `tools.search`,
 * `tools.describe` and `tools.call`.
 *
 * @param options.own the connector's other tools of its own: they are found, too
 * @param options.catalogue asked at each call; it holds these tools as well, so it is made after them
 */
export function createSearchTools(options: {
  readonly connector: Connector
  readonly own: readonly OwnTool[]
  readonly catalogue: () => Searched
}): readonly OwnTool[] {
  const { connector, own, catalogue } = options
  const openRouter = once(async () => {
    const { createToolRouter } = await import('./tool-router.ts')
    return createToolRouter(connector, own)
  })
  return [
    searchTools({ openRouter, catalogue }),
    describeTool({ openRouter, catalogue }),
    callTool({ catalogue }),
  ]
}
