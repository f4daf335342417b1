import {
  toIntentCandidate,
  toOwnCandidate,
  toToolCandidate,
  type Candidate,
} from '../../intents/candidate.ts'
import { toIntentTool } from '../../intents/contract.ts'
import { createRouter } from '../../intents/router.ts'
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
  const router = createRouter(() => listCandidates(connector, own))
  return [
    searchTools({ router, catalogue }),
    describeTool({ router, catalogue }),
    callTool({ catalogue }),
  ]
}

/** Everything that can be called, once: an intent is described by more than its tool is. */
function listCandidates(connector: Connector, own: readonly OwnTool[]): readonly Candidate[] {
  const groups = new Map(connector.namespaces.map(({ name, title }) => [name, title]))
  const groupOf = (name: string) => groups.get(name.split('.')[0] ?? '') ?? ''
  const tools = connector.tools.filter(({ offer }) => offer === 'tool')
  const intents = connector.intents.filter(({ tool }) => tool)
  const intentTools = new Set(intents.map(({ name }) => toIntentTool(name)))
  return [
    ...tools.map((tool) => toToolCandidate(tool, groupOf(tool.name))),
    ...own
      .filter(({ name }) => !intentTools.has(name))
      .map((tool) => toOwnCandidate(tool, groupOf(tool.name))),
    ...intents.map(toIntentCandidate),
  ]
}
