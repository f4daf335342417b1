import type { AllowList } from '../allow-list/allow-list.ts'
import { byCodeUnit } from '../json.ts'
import type { PromptModel } from '../model.ts'

/** Resolves the example prompts, in name order. */
export function buildPrompts({
  allowList,
}: {
  readonly allowList: AllowList
}): readonly PromptModel[] {
  return [...allowList.prompts]
    .sort(([left], [right]) => byCodeUnit(left, right))
    .map(([name, entry]) => ({
      ...entry,
      name,
      arguments: Object.entries(entry.arguments).map(([argument, { values, ...facts }]) => ({
        name: argument,
        ...facts,
        values: values ?? null,
      })),
    }))
}
