import type { AllowList } from '../allow-list/allow-list.ts'
import type { SelectedTool } from '../allow-list/select.ts'
import type { ParameterModel } from '../model.ts'

/**
 * The URI that a tool's record is read by: what the allow-list says, or `connector://namespace/{id}`
 * of a `get` that takes one argument; `null` where it has none, or no prefix lets it be read.
 */
export function toResourceUri(
  { parts, entry }: SelectedTool,
  offered: readonly ParameterModel[],
  { allowList }: { readonly allowList: AllowList },
): string | null {
  const uri = entry.uri ?? ownUri(parts, offered, allowList.connector?.name ?? '')
  const { resources } = allowList
  if (uri === null || resources === null) return null
  const fixed = uri.replace(/\{.*$/, '')
  const isAllowed = resources.allowPrefixes.some(
    (prefix) => fixed.startsWith(prefix) || prefix.startsWith(fixed),
  )
  return isAllowed ? uri : null
}

function ownUri(
  { namespace, action }: SelectedTool['parts'],
  offered: readonly ParameterModel[],
  connector: string,
): string | null {
  const required = offered.filter((parameter) => parameter.required)
  const [only, ...others] = required
  if (action !== 'get' || only?.wire?.in !== 'path' || others.length > 0) return null
  return `${connector}://${namespace}/{${only.key}}`
}
