import type { Identity } from '../../access/identity.ts'
import { pointerSteps } from '../../json.ts'
import type { CatalogueEntry } from '../catalogue.ts'
import { createProjection } from '../projection.ts'
import type { Connector, ItemLink, Tool } from '../tool.ts'
import type { Link } from './links.ts'
import { compileUriTemplate, encodeSegment } from './uri-template.ts'

/** Gives a tool with the projection that adds the URIs which a caller could read. */
export type LinkEntry = (entry: CatalogueEntry, identity: Identity) => CatalogueEntry

/** A link, and the tool that reads what it leads to. */
type KnownLink = Link & { readonly item: string }

/**
 * Prepares the URIs in the lists of a connector: which member of which list has one is known, only
 * whether this caller could read it is not.
 *
 * @param canRead whether a caller could read with a tool
 */
export function createLinkedEntries(
  { resources, tools }: Pick<Connector, 'resources' | 'tools'>,
  canRead: (tool: string, identity: Identity) => boolean,
): LinkEntry {
  const known = Map.groupBy(listLinks(resources, tools), ({ tool }) => tool)
  const made = new Map<string, CatalogueEntry>()
  return (entry, identity) => {
    const { tool } = entry
    const links = known.get(tool.name)?.filter(({ item }) => canRead(item, identity)) ?? []
    if (links.length === 0) return entry
    // Of a few links, most callers can follow all.
    const key = [tool.name, ...new Set(links.map(({ item }) => item))].join(' ')
    const linked = made.get(key) ?? { tool, project: createProjection(tool.answer, links) }
    made.set(key, linked)
    return linked
  }
}

function listLinks(
  resources: Connector['resources'],
  tools: readonly Tool[],
): readonly (KnownLink & { readonly tool: string })[] {
  if (resources === null) return []
  const { allowPrefixes, lists, references } = resources
  const byName = new Map(tools.map((tool) => [tool.name, tool]))
  const toLink = (link: ItemLink, member: string | null) => {
    const uri = byName.get(link.item)?.uri ?? null
    if (uri === null) return []
    const { tool, item, id } = link
    const toUri = uriWriter(uri, link.argument, allowPrefixes)
    return [{ tool, item, member, steps: pointerSteps(id), toUri }]
  }
  // An item's own URI comes last, behind its members.
  return [
    ...references.flatMap((each) => toLink(each, each.member)),
    ...lists.flatMap((each) => toLink(each, null)),
  ]
}

function uriWriter(
  template: string,
  argument: string,
  allowPrefixes: readonly string[],
): Link['toUri'] {
  const [before = '', after = ''] = template.split(`{${argument}}`)
  const { fixed } = compileUriTemplate(template)
  // A prefix may be longer than what all URIs of a template have in common.
  const isOpen = allowPrefixes.some((prefix) => fixed.startsWith(prefix))
  return (id) => {
    const segment = encodeSegment(id)
    if (segment === null) return null
    const uri = `${before}${segment}${after}`
    return isOpen || allowPrefixes.some((prefix) => uri.startsWith(prefix)) ? uri : null
  }
}
