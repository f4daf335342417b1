import type { Store } from '../../server/store/store.ts'
import type { ToolText, ToolTextVersion } from '../../server/store/tool-texts.ts'

/** Publishes an organization's text of a tool, as its owner does in the console. */
export async function publishText(
  { toolTexts }: Pick<Store, 'toolTexts'>,
  given: { readonly organizationId: string; readonly tool?: string } & Partial<ToolText>,
): Promise<ToolTextVersion> {
  const { organizationId, tool = 'invoices.list', description = '', instructions = null } = given
  const author = { id: 'mem_01', name: 'Olga' }
  const text = { description, instructions }
  const draft = await toolTexts.saveDraft({ organizationId, tool, text, author })
  const { changedAt } = draft
  const version = await toolTexts.publish({ organizationId, tool, changedAt, author })
  if (version === null) throw new Error('nothing was published')
  return version
}
