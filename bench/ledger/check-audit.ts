import { isRecord } from '../../server/json.ts'
import { openStore } from '../../server/store/open-store.ts'
import type { Entry } from './ledger.ts'

/** What is on record, compared with what was answered. */
export type AuditFigures = {
  readonly events: number
  /** Requests that were compared. */
  readonly compared: number
  /** Answered, but with less on record than messages in it. */
  readonly lost: readonly string[]
  /** More on record than there was. */
  readonly doubled: readonly string[]
}

/** Outcomes that the server decided on with the message in its hand. */
const ANSWERED = ['right', 'rate limited']
/** Events that are read at once. */
const PAGE = 5_000

/**
 * Compares the audit events in the store with the ledger, request by request: an answered request has
 * exactly one event for each message; one without an answer may have fallen before its event was
 * recorded or after, so it has no more than that.
 *
 * @param typeOf the event that an answered request of a kind leaves for each of its messages; what
 *   has none is not compared
 */
export async function checkAudit(
  databaseUrl: string,
  entries: readonly Entry[],
  typeOf: (kind: string) => string | undefined,
): Promise<AuditFigures> {
  const counts = await countEvents(databaseUrl)
  const lost: string[] = []
  const doubled: string[] = []
  let compared = 0
  for (const { kind, requestId, messages, outcome } of entries) {
    const type = typeOf(kind)
    if (type === undefined || outcome === 'switched off') continue
    const found = counts.get(`${type} ${requestId}`) ?? 0
    const what = `${kind} ${requestId} (${outcome}): ${found} of ${messages}`
    compared += 1
    if (ANSWERED.includes(outcome) && found < messages) lost.push(what)
    if (found > messages) doubled.push(what)
  }
  return {
    events: [...counts.values()].reduce((sum, count) => sum + count, 0),
    compared,
    lost,
    doubled,
  }
}

/** Events by type and request. */
async function countEvents(databaseUrl: string): Promise<ReadonlyMap<string, number>> {
  const { auditEvents, close } = await openStore({ url: databaseUrl, now: Date.now })
  const counts = new Map<string, number>()
  try {
    for (const chain of await auditEvents.listChains()) {
      let rows = await auditEvents.readChain(chain, 0, PAGE)
      while (rows.length > 0) {
        for (const { body } of rows) {
          const key = toKey(body)
          counts.set(key, (counts.get(key) ?? 0) + 1)
        }
        rows = await auditEvents.readChain(chain, rows.at(-1)?.sequence ?? Infinity, PAGE)
      }
    }
    return counts
  } finally {
    await close()
  }
}

function toKey(body: string): string {
  const event: unknown = JSON.parse(body)
  if (!isRecord(event)) throw new Error('an event that is no object')
  return `${String(event['type'])} ${String(event['requestId'])}`
}
