import { isRecord } from '../json.ts'
import { scopeOf } from '../scopes.ts'
import type { Catalogue } from './catalogue.ts'
import type { DescribedCall } from './own-tool.ts'

/** What tells which tool a message means. */
export type CalledFrom = Pick<Catalogue, 'find' | 'findOwn' | 'findResource'> & {
  /** What a prompt would read with these arguments; `null` where nothing is read. */
  readonly describePrompt: (
    name: string,
    args: unknown,
    organizationId: string,
  ) => DescribedCall | null
}

/**
 * The tool of the catalogue that a message calls, or reads a resource with, be it for a prompt; and
 * the scopes that this needs. `null` where it does neither. One that is off for the caller's
 * organization is as unknown as any other name.
 */
export function calledTool(
  catalogue: CalledFrom,
  message: unknown,
  organizationId: string,
): DescribedCall | null {
  if (!isRecord(message) || !isRecord(message['params'])) return null
  const { method, params } = message
  const { name, uri } = params
  if (method === 'resources/read' && typeof uri === 'string') {
    return describeRead(catalogue, uri, organizationId)
  }
  if (typeof name !== 'string') return null
  const args = params['arguments'] ?? {}
  if (method === 'tools/call') return describeCall(catalogue, name, args, organizationId)
  return method === 'prompts/get' ? catalogue.describePrompt(name, args, organizationId) : null
}

/** The same of a URI. */
export function describeRead(
  catalogue: Pick<Catalogue, 'findResource'>,
  uri: string,
  organizationId: string,
): DescribedCall | null {
  const tool = catalogue.findResource(uri, organizationId)?.entry.tool.name
  return tool === undefined ? null : { tool, scopes: [scopeOf(tool)] }
}

/** The same of a name and arguments. */
export function describeCall(
  catalogue: Pick<Catalogue, 'find' | 'findOwn'>,
  name: string,
  args: unknown,
  organizationId: string,
): DescribedCall | null {
  const own = catalogue.findOwn(name, organizationId)
  if (own !== null) return own.describeCall(args, organizationId)
  const tool = catalogue.find(name, organizationId)?.tool.name
  return tool === undefined ? null : { tool, scopes: [scopeOf(tool)] }
}
