import type { Tool } from '../../../mcp/tool.ts'
import type { Store } from '../../../store/store.ts'
import type { ToolText, ToolTextDraft, ToolTextVersion } from '../../../store/tool-texts.ts'

/** So many versions are shown; older ones stay in the store. */
const MAX_VERSIONS = 20

/** Everything that an organization has written for a tool. */
export type TextState = {
  readonly generated: ToolText
  /** What models are shown now. */
  readonly shown: ToolText
  /** The version that is shown; `null` where the generated text is. */
  readonly version: ToolTextVersion | null
  readonly draft: ToolTextDraft | null
  /** Newest first. */
  readonly history: readonly ToolTextVersion[]
}

/** Reads it from the store. */
export async function readTextState(
  { toolTexts }: Pick<Store, 'toolTexts'>,
  organizationId: string,
  tool: Tool,
): Promise<TextState> {
  const generated = { description: tool.description, instructions: tool.instructions }
  const [draft, history] = await Promise.all([
    toolTexts.findDraft(organizationId, tool.name),
    toolTexts.history(organizationId, tool.name, MAX_VERSIONS),
  ])
  const newest = history[0] ?? null
  const own = newest === null ? null : textOf(newest)
  return {
    generated,
    shown: own ?? generated,
    version: own === null ? null : newest,
    draft,
    history,
  }
}

/** The text of a version; `null` where it stands for the generated one. */
export function textOf({ description, instructions }: ToolTextVersion): ToolText | null {
  return description === null ? null : { description, instructions }
}
