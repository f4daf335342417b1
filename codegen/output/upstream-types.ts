import type { Bundle } from '../document/bundle.ts'
import type { ToolModel } from '../model.ts'
import type { Findings } from '../problem.ts'
import type { PartsOf } from '../request/request-parts.ts'
import { toTypedDocument } from './typed-document.ts'

/**
 * Writes the types of the bundle. They demand of a call what the connector's callers can give: the
 * arguments of its tools, and nothing that the connector adds itself.
 */
export async function writeUpstreamTypes(
  bundle: Bundle,
  partsOf: PartsOf,
  tools: readonly ToolModel[],
  findings: Findings,
): Promise<string> {
  const typed = toTypedDocument(bundle.document, partsOf, tools)
  // The compiler comes with it: a command that writes no types is over before it would be loaded.
  const { astToString, default: openapiTS } = await import('openapi-typescript')
  try {
    const options = { silent: true, emptyObjectsUnknown: true, defaultNonNullable: false }
    // Outside comments, which are clean, line separators stand in string literals only.
    return astToString(await openapiTS(JSON.stringify(typed), options))
      .replaceAll('\u2028', '\\u2028')
      .replaceAll('\u2029', '\\u2029')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    findings.problem(bundle.place([]), `openapi-typescript cannot write its types: ${reason}`)
    return ''
  }
}
