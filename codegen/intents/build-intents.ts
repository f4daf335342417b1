import { toIntentTool, type Intent, type IntentEntry } from '../../server/intents/contract.ts'
import type { Selection } from '../allow-list/select.ts'
import { byCodeUnit } from '../json.ts'
import type { ToolModel } from '../model.ts'
import { collisionKey } from '../tool/names.ts'
import { toOneLine, toParagraphs } from '../tool/texts.ts'
import { checkArguments, checkUse } from './check-arguments.ts'
import { checkName } from './check-name.ts'
import { checkReduction } from './check-reduction.ts'
import { checkSteps } from './check-steps.ts'
import { beginCheck, toScope, type IntentContext } from './intent-check.ts'

/** Resolves the intents, in name order; what is wrong with them is reported. */
export function buildIntents(
  models: readonly ToolModel[],
  context: IntentContext & { readonly selection: Selection },
): readonly Intent[] {
  const tools = {
    models: new Map(models.map((model) => [model.name, model])),
    selected: new Map(context.selection.tools.map((tool) => [tool.name, tool])),
  }
  const taken = new Map(models.map(({ name }) => [collisionKey(name), name]))
  return [...context.allowList.intents]
    .sort(([left], [right]) => byCodeUnit(left, right))
    .map(([name, entry]) => {
      const before = context.findings.problems.length
      const check = beginCheck(name, entry, context)
      checkName(check, taken)
      taken.set(collisionKey(toIntentTool(name)), name)
      const scope = toScope(entry)
      checkArguments(check, scope)
      checkReduction(check, checkSteps(check, scope, tools), entry.result)
      // What is misspelt elsewhere would be called unused as well.
      if (context.findings.problems.length === before) checkUse(check)
      return { name, ...tidyTexts(entry) }
    })
}

/** Nothing invisible reaches a model, and no line ends where none is seen. */
function tidyTexts(entry: IntentEntry): IntentEntry {
  const { result, arguments: own } = entry
  const note = result.note === undefined ? {} : { note: toParagraphs(result.note) }
  const tidied = Object.entries(own).map(
    ([name, argument]) =>
      [name, { ...argument, description: toOneLine(argument.description) }] as const,
  )
  return {
    ...entry,
    title: toOneLine(entry.title),
    description: toParagraphs(entry.description),
    utterances: entry.utterances.map(toOneLine),
    arguments: Object.fromEntries(tidied),
    result: { ...result, ...note },
  }
}
