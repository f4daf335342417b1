import {
  toIntentCandidate,
  toOwnCandidate,
  toToolCandidate,
  type Candidate,
} from '../../intents/candidate.ts'
import { toIntentTool } from '../../intents/contract.ts'
import { createRouter, type Router } from '../../intents/router.ts'
import type { OwnTool } from '../own-tool.ts'
import type { Connector } from '../tool.ts'

/**
 * Makes the router of all that can be called of a connector.
 *
 * @param own its tools of its own
 */
export function createToolRouter(connector: Connector, own: readonly OwnTool[]): Router {
  return createRouter(() => listCandidates(connector, own))
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
