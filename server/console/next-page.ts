import { z } from 'zod'
import type { Seal } from '../seal.ts'
import type { ConsoleSession, ConsoleSessionStore } from '../store/console-sessions.ts'
import type { ShownOnce } from './answer.ts'

const schema = z.object({
  notice: z.string().nullable(),
  secrets: z.array(z.object({ label: z.string(), value: z.string() })),
})

/** What one page leaves for the next to say and show; it is shown once. */
export type ForNextPage = {
  readonly notice: string | null
  readonly secrets: readonly ShownOnce[]
}

/** What most pages leave. */
export const NOTHING: ForNextPage = { notice: null, secrets: [] }

/** What pages leave for one another, sealed in the session: a page that is loaded again shows it no more. */
export function createNextPage(options: {
  readonly store: Pick<ConsoleSessionStore, 'leaveForNextPage' | 'takeForThisPage'>
  readonly seal: Seal
}) {
  const { store, seal } = options
  const toContext = (id: string) => `next-page:${id}`
  return {
    async leave({ id }: Pick<ConsoleSession, 'id'>, next: ForNextPage): Promise<void> {
      await store.leaveForNextPage(id, seal.close(JSON.stringify(next), toContext(id)))
    },
    async take(session: Pick<ConsoleSession, 'id' | 'nextPage'>): Promise<ForNextPage> {
      const sealed = await store.takeForThisPage(session)
      if (sealed === null) return NOTHING
      return schema.parse(JSON.parse(seal.open(sealed, toContext(session.id))))
    },
  }
}
