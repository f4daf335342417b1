import type { AllowList } from '../allow-list/allow-list.ts'
import type { ResourcesModel, ToolModel } from '../model.ts'

/** Resolves what may be read by its URI; `null` where nothing may. */
export function buildResources(
  _tools: readonly ToolModel[],
  { allowList }: { readonly allowList: AllowList },
): ResourcesModel | null {
  const { resources } = allowList
  return resources === null ? null : { allowPrefixes: resources.allowPrefixes, lists: [] }
}
