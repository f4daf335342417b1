import type { AllowList } from '../allow-list/allow-list.ts'
import type { Selection } from '../allow-list/select.ts'
import type { Bundle } from '../document/bundle.ts'
import type { ResourcesModel, ToolModel } from '../model.ts'
import type { Findings } from '../problem.ts'
import { checkPrefixes } from './check-prefixes.ts'
import { checkUris } from './check-uris.ts'
import { findItemLinks } from './item-links.ts'

/** What the resources of a connector are built from. */
export type ResourcesContext = {
  readonly allowList: AllowList
  readonly selection: Selection
  readonly bundle: Bundle
  readonly findings: Findings
}

/** Resolves what may be read by its URI; `null` where nothing may. What is wrong with it is reported. */
export function buildResources(
  tools: readonly ToolModel[],
  context: ResourcesContext,
): ResourcesModel | null {
  const { allowList } = context
  const { resources, connector } = allowList
  if (connector === null) return null
  checkUris(tools, connector.name, context)
  if (resources === null) return null
  const { allowPrefixes } = resources
  const indexes = listIndexes(tools, connector.name).filter(({ uri }) =>
    allowPrefixes.some((prefix) => uri.startsWith(prefix)),
  )
  checkPrefixes(tools, connector.name, context)
  return { allowPrefixes, indexes, ...findItemLinks(tools, context) }
}

/** A namespace's own resource is what its list gives to whoever asks for nothing in particular. */
function listIndexes(tools: readonly ToolModel[], connector: string): ResourcesModel['indexes'] {
  return tools
    .filter(({ parts, offer, answer, arguments: known }) => {
      const isList = parts.action === 'list' && answer.items !== null
      return isList && offer === 'tool' && known.every(({ required }) => !required)
    })
    .map(({ name, parts }) => ({ tool: name, uri: `${connector}://${parts.namespace}/` }))
}
