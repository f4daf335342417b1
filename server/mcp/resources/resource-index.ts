import type { Connector, Tool } from '../tool.ts'
import { compileUriTemplate, type UriTemplate } from './uri-template.ts'

/** What the tools of a connector are as resources. */
export type ResourceIndex = {
  /**
   * Finds what a URI names: only in its one canonical spelling, and only below an allowed prefix.
   * Nothing is asked of anybody.
   */
  readonly find: (uri: string) => NamedResource | null
  /** Resources that have one URI, in its order: the namespaces' own, and what takes no argument. */
  readonly single: readonly SingleResource[]
  /** Resources that have a URI each record, in name order. */
  readonly templates: readonly TemplateResource[]
}

/** What a URI names. */
export type NamedResource = {
  readonly tool: Tool
  /** The tool's arguments, as the URI says them. */
  readonly texts: Readonly<Record<string, string>>
}

/** A resource that has one URI. */
export type SingleResource = {
  readonly tool: Tool
  readonly uri: string
  /** The namespace that it is the list of; `null` where it is what the tool itself reads. */
  readonly namespace: string | null
}

/** A resource that has a URI each record. */
export type TemplateResource = { readonly tool: Tool; readonly template: UriTemplate }

/** Makes the index of a connector that may have resources. */
export function createResourceIndex({
  resources,
  tools,
}: Pick<Connector, 'resources' | 'tools'>): ResourceIndex {
  if (resources === null) return { find: () => null, single: [], templates: [] }
  const { allowPrefixes, indexes } = resources
  const isAllowed = (uri: string) => allowPrefixes.some((prefix) => uri.startsWith(prefix))
  const compiled = tools.flatMap((tool): readonly TemplateResource[] =>
    tool.uri === null ? [] : [{ tool, template: compileUriTemplate(tool.uri) }],
  )
  const templates = compiled.filter(({ template }) => template.names.length > 0)
  const own = compiled
    .filter(({ template }) => template.names.length === 0 && isAllowed(template.text))
    .map(({ tool, template }) => ({ tool, uri: template.text, namespace: null }))
  const byNamespace = indexes.flatMap(({ tool: name, uri }): readonly SingleResource[] => {
    const tool = tools.find((each) => each.name === name)
    return tool === undefined ? [] : [{ tool, uri, namespace: name.split('.')[0] ?? '' }]
  })
  const single = [...byNamespace, ...own].sort((a, b) => (a.uri < b.uri ? -1 : 1))
  const byUri = new Map(single.map((resource) => [resource.uri, resource.tool]))
  return {
    find(uri) {
      if (!isAllowed(uri)) return null
      const tool = byUri.get(uri)
      if (tool !== undefined) return { tool, texts: {} }
      for (const resource of templates) {
        const texts = resource.template.match(uri)
        if (texts !== null) return { tool: resource.tool, texts }
      }
      return null
    },
    single,
    templates,
  }
}
