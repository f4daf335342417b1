import pg from 'pg'
import { isRecord } from '../../server/json.ts'
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

/** The event that an answered request of this kind leaves, once for each of its messages. */
const TYPES: Readonly<Record<string, string>> = {
  call: 'mcp.request',
  list: 'mcp.request',
  error: 'mcp.request',
  batch: 'mcp.request',
  refresh: 'token.refreshed',
  revoke: 'token.revoked',
}
/** Outcomes that the server decided on with the message in its hand. */
const ANSWERED = ['right', 'rate limited']

/**
 * Compares the audit events in the store with the ledger, request by request: an answered request has
 * exactly one event for each message; one without an answer may have fallen before its event was
 * recorded or after, so it has no more than that.
 */
export async function checkAudit(
  databaseUrl: string,
  entries: readonly Entry[],
): Promise<AuditFigures> {
  const counts = await countEvents(databaseUrl)
  const lost: string[] = []
  const doubled: string[] = []
  let compared = 0
  for (const { kind, requestId, messages, outcome } of entries) {
    const type = TYPES[kind]
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
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ body: string }>('select body from audit_event')
    const counts = new Map<string, number>()
    for (const { body } of rows) {
      const event: unknown = JSON.parse(body)
      if (!isRecord(event)) throw new Error('an event that is no object')
      const key = `${String(event['type'])} ${String(event['requestId'])}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    return counts
  } finally {
    await client.end()
  }
}
