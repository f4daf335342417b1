import { isRecord } from '../json.ts'
import type { Catalogue } from './catalogue.ts'

/**
 * The name in the catalogue of the tool that a message calls; `null` where it calls none of it. One
 * that is off for the caller's organization is as unknown as any other name.
 */
export function calledTool(
  catalogue: Pick<Catalogue, 'find'>,
  message: unknown,
  organizationId: string,
): string | null {
  if (!isRecord(message) || message['method'] !== 'tools/call') return null
  const { params } = message
  const name = isRecord(params) ? params['name'] : null
  return typeof name === 'string' ? (catalogue.find(name, organizationId)?.tool.name ?? null) : null
}
