import type { AllowList } from '../allow-list/allow-list.ts'
import type { ToolModel } from '../model.ts'
import { didYouMean } from '../nearest.ts'
import type { Findings } from '../problem.ts'
import { isReadable, wishUri } from './resource-uri.ts'
import { parseUriTemplate, type UriTemplate } from './uri-template.ts'

type Context = { readonly allowList: AllowList; readonly findings: Findings }

/** Checks that every prefix is one of this connector's URIs, and that something begins with it. */
export function checkPrefixes(
  tools: readonly ToolModel[],
  connector: string,
  { allowList, findings }: Context,
): void {
  const { resources } = allowList
  const parsed = tools.flatMap((tool) => parseUri(tool, connector, allowList))
  const templates = parsed.filter((template) => template !== null)
  // What is wrong with a URI is said where it stands; what it begins with, nobody knows.
  const isSure = templates.length === parsed.length
  const seen = new Set<string>()
  for (const [index, prefix] of (resources?.allowPrefixes ?? []).entries()) {
    const place = allowList.place(['resources', 'allowPrefixes', String(index)])
    if (!isPrefix(prefix, connector)) {
      const what = `${JSON.stringify(prefix)} is not the beginning of a URI of this connector`
      const hint = `write it as "${connector}://namespace/"`
      findings.problem(place, what, hint)
    } else if (seen.has(prefix)) {
      findings.problem(place, `${JSON.stringify(prefix)} is named twice`)
    } else if (isSure && !templates.some((template) => isReadable(template, [prefix]))) {
      const known = templates.map(({ fixed }) => fixed)
      const what = `nothing that can be read begins with ${JSON.stringify(prefix)}`
      findings.problem(place, what, didYouMean(prefix, known) ?? listKnown(known))
    }
    seen.add(prefix)
  }
}

function listKnown(known: readonly string[]): string {
  return known.length === 0
    ? 'give a tool a "uri", or allow a "get" that takes one id'
    : `there are ${[...new Set(known)].join(', ')}`
}

/** Whether or not a prefix lets it be read; `null` for a URI that is none. */
function parseUri(
  tool: ToolModel,
  connector: string,
  allowList: AllowList,
): readonly (UriTemplate | null)[] {
  const entry = allowList.tools.get(tool.name)
  if (entry === undefined) return []
  const uri = wishUri({ parts: tool.parts, entry }, tool.arguments, connector)
  if (uri === null) return []
  const template = parseUriTemplate(uri, connector)
  return ['fault' in template ? null : template]
}

/** Without query, fragment, and what could be spelled in two ways. */
function isPrefix(prefix: string, connector: string): boolean {
  const scheme = `${connector}://`
  return prefix.startsWith(scheme) && /^[A-Za-z0-9._~%/-]*$/.test(prefix.slice(scheme.length))
}
