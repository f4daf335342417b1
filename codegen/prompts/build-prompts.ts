import type { AllowList } from '../allow-list/allow-list.ts'
import type { PromptEntry } from '../allow-list/allow-list-schema.ts'
import { byCodeUnit } from '../json.ts'
import type { PromptModel, ResourcesModel, ToolModel } from '../model.ts'
import type { Findings } from '../problem.ts'
import { toOneLine, toParagraphs } from '../tool/texts.ts'
import { checkPrompt } from './check-prompt.ts'

/** Resolves the example prompts, in name order; what is wrong with them is reported. */
export function buildPrompts(
  tools: readonly ToolModel[],
  resources: ResourcesModel | null,
  { allowList, findings }: { readonly allowList: AllowList; readonly findings: Findings },
): readonly PromptModel[] {
  const uris = [
    ...tools.flatMap(({ uri }) => (uri === null ? [] : [uri])),
    ...(resources?.indexes ?? []).map(({ uri }) => uri),
  ]
  return [...allowList.prompts]
    .sort(([left], [right]) => byCodeUnit(left, right))
    .map(([name, entry]) => {
      const tidy = tidyTexts(entry)
      checkPrompt(name, tidy, { allowList, findings, uris })
      return toModel(name, tidy)
    })
}

/** Nothing invisible reaches a model, and no line ends where none is seen. */
function tidyTexts(entry: PromptEntry): PromptEntry {
  const tidied = Object.entries(entry.arguments).map(
    ([argument, facts]) =>
      [argument, { ...facts, description: toOneLine(facts.description) }] as const,
  )
  return {
    ...entry,
    title: toOneLine(entry.title),
    description: toOneLine(entry.description),
    text: toParagraphs(entry.text),
    arguments: Object.fromEntries(tidied),
  }
}

function toModel(name: string, entry: PromptEntry): PromptModel {
  const { title, description, text, attach } = entry
  return {
    ...{ name, title, description },
    arguments: Object.entries(entry.arguments).map(([argument, { values, ...facts }]) => ({
      name: argument,
      ...facts,
      values: values ?? null,
    })),
    ...{ text, attach },
  }
}
