import { isRecord } from '../json.ts'
import { scopeOf } from '../scopes.ts'
import type { Catalogue } from './catalogue.ts'
import type { DescribedCall } from './own-tool.ts'

/**
 * The tool of the catalogue that a message calls, and the scopes that the call needs; `null` where it
 * calls none of it. One that is off for the caller's organization is as unknown as any other name.
 */
export function calledTool(
  catalogue: Pick<Catalogue, 'find' | 'findOwn'>,
  message: unknown,
  organizationId: string,
): DescribedCall | null {
  if (!isRecord(message) || message['method'] !== 'tools/call') return null
  const { params } = message
  if (!isRecord(params) || typeof params['name'] !== 'string') return null
  return describeCall(catalogue, params['name'], params['arguments'] ?? {}, organizationId)
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
