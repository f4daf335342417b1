import type { Kysely, Transaction } from 'kysely'
import { raiseRevision } from './revision.ts'
import type { Schema } from './schema.ts'
import { transact } from './transact.ts'

/** What an organization says of a tool in place of what was generated. */
export type ToolText = {
  readonly description: string
  /** `null` where the description says it all. */
  readonly instructions: string | null
}

/** Who wrote or published a text: a member of the organization, by the upstream's id. */
export type TextAuthor = { readonly id: string; readonly name: string }

type WhoseText = { readonly organizationId: string; readonly tool: string }

/** A text that nobody is shown yet. Times are epoch milliseconds. */
export type ToolTextDraft = WhoseText &
  ToolText & {
    readonly authorId: string
    readonly authorName: string
    readonly changedAt: number
  }

/** A text that was shown from one moment on, until another replaced it. Times are epoch milliseconds. */
export type ToolTextVersion = WhoseText & {
  /** 1, 2, 3 … for each tool of each organization. */
  readonly version: number
  /** `null` where the generated text is shown. */
  readonly description: string | null
  readonly instructions: string | null
  readonly authorId: string
  readonly authorName: string
  readonly publishedAt: number
  /** `null` for the one that is shown now. */
  readonly replacedAt: number | null
}

/** A version that has a text. */
export type ShownToolText = WhoseText & ToolText & { readonly version: number }

/**
 * Where an organization's own texts of tools are kept, each as it was parsed. What is published
 * raises the revision, so that every instance shows it within two seconds.
 */
export interface ToolTextStore {
  findDraft(organizationId: string, tool: string): Promise<ToolTextDraft | null>
  /** By tool. */
  listDrafts(organizationId: string): Promise<readonly ToolTextDraft[]>
  /** Makes the draft, or replaces it. */
  saveDraft(
    draft: WhoseText & { readonly text: ToolText; readonly author: TextAuthor },
  ): Promise<ToolTextDraft>
  /** `false` where there is none. */
  discardDraft(organizationId: string, tool: string): Promise<boolean>
  /**
   * Shows the draft from now on, and leaves none.
   *
   * @param wish.changedAt of the draft that the author has seen
   * @returns `null` where there is none, or another one by now
   */
  publish(
    wish: WhoseText & { readonly changedAt: number; readonly author: TextAuthor },
  ): Promise<ToolTextVersion | null>
  /** Shows an earlier version again, as a new one; `null` where there is none, or it is shown now. */
  revert(
    wish: WhoseText & { readonly version: number; readonly author: TextAuthor },
  ): Promise<ToolTextVersion | null>
  /** Shows the generated text again; `null` where it is shown now. */
  showGenerated(wish: WhoseText & { readonly author: TextAuthor }): Promise<ToolTextVersion | null>
  /** What was shown, newest first. */
  history(organizationId: string, tool: string, limit: number): Promise<readonly ToolTextVersion[]>
  /** What is shown now in place of generated texts, by tool. */
  listShown(organizationId: string): Promise<readonly ShownToolText[]>
}

/** Keeps the texts in the database. */
export function createToolTextStore(db: Kysely<Schema>, now: () => number): ToolTextStore {
  /** Runs a change of one organization's texts, one after the other. */
  function change<Result>(
    organizationId: string,
    work: (transaction: Transaction<Schema>) => Promise<Result>,
  ): Promise<Result> {
    return transact(db, async (transaction) => {
      // An update that changes nothing locks on both databases.
      await transaction
        .updateTable('organization')
        .set({ id: organizationId })
        .where('id', '=', organizationId)
        .execute()
      return work(transaction)
    })
  }

  async function show(
    transaction: Transaction<Schema>,
    { organizationId, tool }: WhoseText,
    shown: Pick<ToolTextVersion, 'description' | 'instructions'> & { readonly author: TextAuthor },
  ): Promise<ToolTextVersion> {
    const at = now()
    const { description, instructions, author } = shown
    await transaction
      .updateTable('toolText')
      .set({ replacedAt: at })
      .where('organizationId', '=', organizationId)
      .where('tool', '=', tool)
      .where('replacedAt', 'is', null)
      .execute()
    const { last } = await transaction
      .selectFrom('toolText')
      .select(({ fn }) => fn.max<number | null>('version').as('last'))
      .where('organizationId', '=', organizationId)
      .where('tool', '=', tool)
      .executeTakeFirstOrThrow()
    const version = {
      ...{ organizationId, tool, version: (last ?? 0) + 1, description, instructions },
      ...{ authorId: author.id, authorName: author.name, publishedAt: at, replacedAt: null },
    }
    await transaction.insertInto('toolText').values(version).execute()
    await raiseRevision(transaction)
    return version
  }

  const findVersion = (transaction: Transaction<Schema>, { organizationId, tool }: WhoseText) =>
    transaction
      .selectFrom('toolText')
      .selectAll()
      .where('organizationId', '=', organizationId)
      .where('tool', '=', tool)

  return {
    async findDraft(organizationId, tool) {
      const row = await db
        .selectFrom('toolTextDraft')
        .selectAll()
        .where('organizationId', '=', organizationId)
        .where('tool', '=', tool)
        .executeTakeFirst()
      return row ?? null
    },

    async listDrafts(organizationId) {
      const rows = await db
        .selectFrom('toolTextDraft')
        .selectAll()
        .where('organizationId', '=', organizationId)
        .execute()
      return rows.sort(byTool)
    },

    async saveDraft({ organizationId, tool, text, author }) {
      const { description, instructions } = text
      const draft = {
        ...{ organizationId, tool, description, instructions },
        ...{ authorId: author.id, authorName: author.name, changedAt: now() },
      }
      await db
        .insertInto('toolTextDraft')
        .values(draft)
        .onConflict((conflict) => conflict.columns(['organizationId', 'tool']).doUpdateSet(draft))
        .execute()
      return draft
    },

    async discardDraft(organizationId, tool) {
      const { numDeletedRows } = await db
        .deleteFrom('toolTextDraft')
        .where('organizationId', '=', organizationId)
        .where('tool', '=', tool)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },

    publish: ({ organizationId, tool, changedAt, author }) =>
      change(organizationId, async (transaction) => {
        const draft = await transaction
          .deleteFrom('toolTextDraft')
          .where('organizationId', '=', organizationId)
          .where('tool', '=', tool)
          .where('changedAt', '=', changedAt)
          .returning(['description', 'instructions'])
          .executeTakeFirst()
        if (draft === undefined) return null
        return show(transaction, { organizationId, tool }, { ...draft, author })
      }),

    revert: ({ version, author, ...whose }) =>
      change(whose.organizationId, async (transaction) => {
        const earlier = await findVersion(transaction, whose)
          .where('version', '=', version)
          .where('replacedAt', 'is not', null)
          .executeTakeFirst()
        return earlier === undefined ? null : show(transaction, whose, { ...earlier, author })
      }),

    showGenerated: ({ author, ...whose }) =>
      change(whose.organizationId, async (transaction) => {
        const shown = await findVersion(transaction, whose)
          .where('replacedAt', 'is', null)
          .where('description', 'is not', null)
          .executeTakeFirst()
        if (shown === undefined) return null
        return show(transaction, whose, { description: null, instructions: null, author })
      }),

    history: (organizationId, tool, limit) =>
      db
        .selectFrom('toolText')
        .selectAll()
        .where('organizationId', '=', organizationId)
        .where('tool', '=', tool)
        .orderBy('version', 'desc')
        .limit(limit)
        .execute(),

    async listShown(organizationId) {
      const rows = await db
        .selectFrom('toolText')
        .select(['organizationId', 'tool', 'version', 'description', 'instructions'])
        .where('organizationId', '=', organizationId)
        .where('replacedAt', 'is', null)
        .where('description', 'is not', null)
        .execute()
      return rows
        .flatMap(({ description, ...row }) =>
          description === null ? [] : [{ ...row, description }],
        )
        .sort(byTool)
    },
  }
}

/** Here, as the two databases order texts differently. */
function byTool(one: WhoseText, other: WhoseText): number {
  return one.tool < other.tool ? -1 : 1
}
