import { setTimeout as wait } from 'node:timers/promises'
import type { AuditEvent } from '../../server/audit/event.ts'
import type { Store } from '../../server/store/store.ts'

/** How long events may take from the spool into the store. */
const MAX_WAIT_MS = 10_000
const STEP_MS = 20
/** So long, nothing more may come. */
const QUIET_MS = 150

/** Reads what is newly on record, one look after the other. */
export type AuditReader = {
  /**
   * What was recorded since the last look, in its order: waits until there are that many events, and
   * then a moment longer, so that one too many is seen.
   */
  readonly next: (count: number) => Promise<readonly Partial<AuditEvent>[]>
}

/** Reads over all organizations of a store, from now on. */
export async function openAuditReader(store: Pick<Store, 'auditEvents'>): Promise<AuditReader> {
  const seen = new Set((await readAll(store)).map(({ id }) => id))

  async function readNew(): Promise<readonly Partial<AuditEvent>[]> {
    return (await readAll(store)).filter(({ id }) => !seen.has(id))
  }

  return {
    async next(count) {
      const deadline = Date.now() + MAX_WAIT_MS
      while ((await readNew()).length < count && Date.now() < deadline) await wait(STEP_MS)
      await wait(QUIET_MS)
      const found = await readNew()
      for (const { id } of found) seen.add(id)
      return found
    },
  }
}

async function readAll({ auditEvents }: Pick<Store, 'auditEvents'>) {
  const chains = await auditEvents.listChains()
  const rows = await Promise.all(chains.map((each) => auditEvents.readChain(each, 0, 100_000)))
  return rows
    .flat()
    .map(({ body }) => parseEvent(body))
    .sort((one, other) => (String(one.time) < String(other.time) ? -1 : 1))
}

function parseEvent(body: string): Partial<AuditEvent> {
  const event: unknown = JSON.parse(body)
  if (typeof event !== 'object' || event === null) throw new Error(`no event: ${body}`)
  return event
}
