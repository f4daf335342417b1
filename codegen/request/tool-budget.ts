import type { ChosenArguments } from './arguments.ts'
import { toInputSchema } from './input-root.ts'
import type { ParameterModel, ToolModel } from '../model.ts'
import type { SelectedTool } from '../allow-list/select.ts'
import { byteLength, toList } from '../tool/texts.ts'
import type { ToolContext } from '../tool/tool.ts'
import { trimArguments } from './trim-arguments.ts'

/** What the definition of a tool has besides its arguments. */
type Texts = Pick<ToolModel, 'title' | 'description' | 'instructions'>

/** How large a tool's definition may be where the allow-list does not say it, in bytes. */
const MAX_TOOL_BYTES = 8_192

/**
 * Makes a tool's arguments small enough for its definition, as `tools/list` shows it, to fit into
 * `connector.maxToolBytes`. What has to be left out is a warning; what cannot be is a problem.
 */
export function fitIntoBudget(
  { name, operation }: SelectedTool,
  texts: Texts,
  { arguments: parameters, defaults }: ChosenArguments,
  { bundle, allowList, findings }: ToolContext,
): readonly ParameterModel[] {
  const maxBytes = allowList.connector?.maxToolBytes ?? MAX_TOOL_BYTES
  const textBytes = measureTexts(name, texts)
  const before = textBytes + byteLength(JSON.stringify(toInputSchema(parameters, defaults)))
  if (before <= maxBytes) return parameters
  const trimmed = trimArguments(parameters, defaults, maxBytes - textBytes)
  const after = textBytes + trimmed.bytes
  if (after > maxBytes) {
    const what = `its definition has ${before} bytes, and ${after} at the least; ${maxBytes} are allowed`
    const hint = 'leave arguments out with "omit", or raise "maxToolBytes" under "connector"'
    findings.problem(allowList.place(['tools', name], 'key'), what, hint)
  } else {
    const place = bundle.place(['paths', operation.path, operation.method.toLowerCase()])
    const lost = toList(trimmed.leftOut)
    const what = `the definition of ${name} had ${before} bytes, more than ${maxBytes}; left out: ${lost}`
    findings.warning(place, what, 'leave whole arguments out with "omit" to keep the rest')
  }
  return trimmed.parameters
}

function measureTexts(name: string, { title, description, instructions }: Texts): number {
  const listed = { name, title, description: `${description}\n\n${instructions}`, inputSchema: 0 }
  return byteLength(JSON.stringify(listed))
}
