import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import type { CatalogueModel, ToolModel } from '../model.ts'
import { toDefinition } from './tool-definition.ts'

/** Counts what the list of all tools costs a model. */
export function measureTools(
  tools: readonly ToolModel[],
  mode: CatalogueModel['mode'],
): CatalogueModel {
  const tokens = tools
    .filter(({ offer }) => offer === 'tool')
    // Markers of the encoding are text here, whatever a document says.
    .map((tool) =>
      countTokens(JSON.stringify(toDefinition(tool)), { disallowedSpecial: new Set() }),
    )
    .reduce((sum, each) => sum + each, 0)
  return { mode, tokens }
}
