import type { AllowList } from '../allow-list/allow-list.ts'
import { byCodeUnit } from '../json.ts'
import type { ResearchModel, ToolModel } from '../model.ts'

/** Resolves where `search` and `fetch` look, in name order. */
export function buildResearch(
  tools: readonly ToolModel[],
  { allowList }: { readonly allowList: AllowList },
): readonly ResearchModel[] {
  return [...allowList.research]
    .sort(([left], [right]) => byCodeUnit(left, right))
    .map(([namespace, { search, query, fetch, id, title, url }]) => ({
      namespace,
      search: { tool: search, query },
      fetch: { tool: fetch, argument: firstPathArgument(tools, fetch) },
      id,
      title,
      url: url ?? null,
    }))
}

function firstPathArgument(tools: readonly ToolModel[], name: string): string {
  const tool = tools.find((each) => each.name === name)
  return tool?.arguments.find(({ wire }) => wire?.in === 'path')?.key ?? ''
}
