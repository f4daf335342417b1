import { LRUCache } from 'lru-cache'
import type { ToolText, ToolTextStore } from '../store/tool-texts.ts'
import type { Switchboard } from '../switches/switchboard.ts'

/** Organizations whose texts are kept in memory; each has at most 2 KB for a tool. */
const MAX_REMEMBERED = 500

/** By the names of tools. */
export type TextsByTool = ReadonlyMap<string, ToolText>

/** What organizations say of tools in place of what was generated, as this instance knows it. */
export interface OrganizationTexts {
  /** `null` for an organization that says nothing of its own: that is known without asking anybody. */
  of(organizationId: string): Promise<TextsByTool> | null
}

/**
 * Reads an organization's texts when somebody first asks for them at a revision. While the store is
 * away, what was known stays in force.
 */
export function createOrganizationTexts(options: {
  readonly store: Pick<ToolTextStore, 'listShown'>
  readonly switchboard: Pick<Switchboard, 'hasTexts' | 'revision'>
}): OrganizationTexts {
  const { store, switchboard } = options
  const remembered = new LRUCache<string, Remembered>({ max: MAX_REMEMBERED })

  async function read(organizationId: string): Promise<TextsByTool> {
    const shown = await store.listShown(organizationId)
    return new Map(shown.map(({ tool, ...text }) => [tool, text]))
  }

  return {
    of(organizationId) {
      if (!switchboard.hasTexts(organizationId)) return null
      const revision = switchboard.revision()
      const known = remembered.get(organizationId)
      if (known?.revision === revision) return known.texts
      const texts = read(organizationId).catch((error: unknown) => {
        if (known === undefined) remembered.delete(organizationId)
        else remembered.set(organizationId, known)
        if (known === undefined) throw error
        return known.texts
      })
      remembered.set(organizationId, { revision, texts })
      return texts
    },
  }
}

type Remembered = { readonly revision: number; readonly texts: Promise<TextsByTool> }
