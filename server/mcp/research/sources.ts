import type { Identity } from '../../access/identity.ts'
import { scopeOf } from '../../scopes.ts'
import type { Switchboard } from '../../switches/switchboard.ts'
import type { CatalogueEntry } from '../catalogue.ts'
import { createProjection } from '../projection.ts'
import type { Connector, ResearchSource, Tool } from '../tool.ts'

/** A namespace that `search` and `fetch` look into, with its tools. */
export type Source = {
  readonly namespace: string
  /** The namespace's. */
  readonly title: string
  readonly research: ResearchSource
  readonly searchTool: Tool
  readonly fetchEntry: CatalogueEntry
}

/** All of them, and which are open to whom. */
export type Sources = {
  /** In name order. */
  readonly all: readonly Source[]
  /** Those that a caller may read now. */
  readonly openTo: (caller: Pick<Identity, 'scopes' | 'organization'>) => readonly Source[]
  /** By the namespace's name; `null` for one that is off, or none. */
  readonly find: (namespace: string, organizationId: string) => Source | null
}

/**
 * Finds what a connector searches.
 *
 * @throws {Error} for a tool or a namespace that it does not have; the generator refuses that earlier
 */
export function createSources(
  connector: Pick<Connector, 'namespaces' | 'tools' | 'research'>,
  switchboard: Pick<Switchboard, 'isOff'>,
): Sources {
  const all = connector.research.map((research) => toSource(research, connector))
  const isOn = ({ searchTool, fetchEntry }: Source, organizationId: string) =>
    !switchboard.isOff(organizationId, searchTool.name) &&
    !switchboard.isOff(organizationId, fetchEntry.tool.name)
  return {
    all,
    openTo: ({ scopes, organization }) =>
      all.filter(
        (source) =>
          (scopes === null || scopes.includes(scopeOf(source.searchTool.name))) &&
          isOn(source, organization.id),
      ),
    find: (namespace, organizationId) =>
      all.find((source) => source.namespace === namespace && isOn(source, organizationId)) ?? null,
  }
}

function toSource(
  research: ResearchSource,
  { namespaces, tools }: Pick<Connector, 'namespaces' | 'tools'>,
): Source {
  const { namespace } = research
  const find = (name: string) => tools.find((tool) => tool.name === name)
  const [searchTool, tool] = [find(research.search.tool), find(research.fetch.tool)]
  const title = namespaces.find(({ name }) => name === namespace)?.title
  if (searchTool === undefined || tool === undefined || title === undefined) {
    throw new Error(`"${namespace}" cannot be searched: a tool of it does not exist`)
  }
  const fetchEntry = { tool, project: createProjection(tool.answer) }
  return { namespace, title, research, searchTool, fetchEntry }
}
