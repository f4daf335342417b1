import type { Resource, ResourceTemplateType } from '@modelcontextprotocol/server'
import type { Connector, Tool } from '../tool.ts'
import type { SingleResource, TemplateResource } from './resource-index.ts'

/** A resource as `resources/list` shows it: a namespace's own goes by the namespace's texts. */
export function listResource(
  { tool, uri, namespace }: SingleResource,
  { namespaces }: Pick<Connector, 'namespaces'>,
): Resource {
  const named = namespaces.find(({ name }) => name === namespace) ?? tool
  const { name, title, description } = named
  return { uri, name, title, description, ...describeType(tool) }
}

/** A template as `resources/templates/list` shows it: it goes by the texts of its tool. */
export function listTemplate({ tool, template }: TemplateResource): ResourceTemplateType {
  const { name, title, description } = tool
  return { uriTemplate: template.text, name, title, description, ...describeType(tool) }
}

/** Only where all that it can be is of one type, as the protocol asks for. */
function describeType({ operation }: Tool): { readonly mimeType?: string } {
  const [type = '', ...others] = operation.accept.split(',').map(withoutParameters)
  const mimeType = /\bjson\b/.test(type) ? 'application/json' : type
  return others.length > 0 || mimeType.includes('*') ? {} : { mimeType }
}

function withoutParameters(range: string): string {
  return range.split(';')[0]?.trim() ?? ''
}
