import type { AllowList } from '../allow-list/allow-list.ts'
import type { SelectedTool } from '../allow-list/select.ts'
import type { ParameterModel } from '../model.ts'
import { parseUriTemplate } from './uri-template.ts'

type Named = Pick<SelectedTool, 'parts' | 'entry'>

/**
 * The URI that a tool's record is read by: what the allow-list says, or `connector://namespace/{id}`
 * of a `get` that takes one argument; `null` where it has none, or no prefix lets it be read.
 */
export function toResourceUri(
  tool: Named,
  offered: readonly ParameterModel[],
  { allowList }: { readonly allowList: AllowList },
): string | null {
  const { connector, resources } = allowList
  const uri = wishUri(tool, offered, connector?.name ?? '')
  if (uri === null || resources === null) return null
  const template = parseUriTemplate(uri, connector?.name ?? '')
  if ('fault' in template) return null // it is reported where it stands
  return isReadable(template, resources.allowPrefixes) ? uri : null
}

/** The same before a prefix had its say. */
export function wishUri(
  { parts, entry }: Named,
  offered: readonly ParameterModel[],
  connector: string,
): string | null {
  return entry.uri ?? ownUri(parts, offered, connector)
}

/** Answers whether a URI of a template can begin with a prefix. */
export function isReadable(
  { fixed, names }: { readonly fixed: string; readonly names: readonly string[] },
  prefixes: readonly string[],
): boolean {
  return prefixes.some(
    (prefix) => fixed.startsWith(prefix) || (names.length > 0 && prefix.startsWith(fixed)),
  )
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
