import type { Kysely, Transaction } from 'kysely'
import type { Schema } from './schema.ts'
import { transact } from './transact.ts'

/** An event as it is stored. The columns beside `body` repeat it, to be found by. */
export type AuditRow = {
  /** Whose chain it is in; `''` for events of no organization. */
  readonly organizationId: string
  /** 1, 2, 3 … in its chain. */
  readonly sequence: number
  readonly id: string
  /** When it happened, in epoch milliseconds. */
  readonly at: number
  readonly type: string
  readonly outcome: string
  readonly memberId: string | null
  readonly clientId: string | null
  readonly tool: string | null
  /** The event with its place in the chain, exactly as it was hashed. */
  readonly body: string
  readonly hash: string
}

/** Where a chain ends, and where what is kept of it begins. */
export type ChainHead = {
  readonly organizationId: string
  /** Of the last event; 0 for a chain that has none yet. */
  readonly sequence: number
  readonly hash: string
  /** Of the last event that was removed because of its age; 0 where none was. */
  readonly prunedSequence: number
  readonly prunedHash: string
  /** Over all of the above; `''` for a head that was made a moment ago. */
  readonly seal: string
}

/** How many chains there are, under a seal: so that one that is gone as a whole is missed. */
export type ChainCount = { readonly chains: number; readonly seal: string }

/** What is there of chains that are about to be extended, while nobody else can extend them. */
export type ChainsBefore = {
  readonly heads: readonly ChainHead[]
  /** The last stored event of each chain that has any. */
  readonly last: readonly Pick<AuditRow, 'organizationId' | 'sequence' | 'hash'>[]
  /** Those of the new events that are stored already, from an earlier try. */
  readonly stored: readonly AuditRow[]
}

/** What becomes of them. */
export type ChainsAfter = {
  readonly rows: readonly AuditRow[]
  readonly heads: readonly ChainHead[]
}

/** Which events to find. Times are epoch milliseconds: from `since` on, before `until`. */
export type AuditFilter = {
  readonly organizationId: string
  readonly since?: number
  readonly until?: number
  readonly memberId?: string
  readonly clientId?: string
  readonly tool?: string
  readonly outcome?: string
  readonly types?: readonly string[]
}

/** The place of an event in a list, to go on behind it. */
export type AuditCursor = Pick<AuditRow, 'at' | 'sequence'>

/** Where audit events are kept, in one chain for each organization. */
export interface AuditEventStore {
  /**
   * Extends chains, in one transaction in which nobody else can.
   *
   * @param ids of the new events, to find those that are stored already
   * @param organizations whose chains they belong to
   * @param extend makes the new rows and heads; it may be asked again
   * @param count makes the new count of chains where some are new
   * @returns the rows that were added, and those that had been there
   */
  append(
    ids: readonly string[],
    organizations: readonly string[],
    extend: (before: ChainsBefore) => ChainsAfter,
    count: (before: ChainCount | null, added: number) => ChainCount,
  ): Promise<readonly AuditRow[]>
  /**
   * Removes the oldest events of a chain, in one transaction in which nobody can extend it.
   *
   * @param decide is shown the head and the oldest rows, and makes the head that stays; `null`
   *   leaves everything
   * @returns the rows that went
   */
  prune(
    organizationId: string,
    limit: number,
    decide: (head: ChainHead, rows: readonly AuditRow[]) => ChainHead | null,
  ): Promise<readonly AuditRow[]>
  findHead(organizationId: string): Promise<ChainHead | null>
  /** The organizations of all chains, with or without a head, in order. */
  listChains(): Promise<readonly string[]>
  /** How many chains have a head, and how many should have one, at one moment. */
  countChains(): Promise<{ readonly heads: number; readonly count: ChainCount | null }>
  /** Events in the order of their chain, from behind a place on. */
  readChain(organizationId: string, after: number, limit: number): Promise<readonly AuditRow[]>
  /** The part of a chain in which the events of a time lie; `null` where there is none. */
  findRange(
    filter: Pick<AuditFilter, 'organizationId' | 'since' | 'until'>,
  ): Promise<{ readonly first: number; readonly last: number } | null>
  /** Newest first; `after` is the last one of the page before. */
  list(filter: AuditFilter, limit: number, after?: AuditCursor): Promise<readonly AuditRow[]>
}

/** Of the hash before a chain's first event: it is the hash of nothing. */
export const NO_HASH = '0'.repeat(64)

const COUNT_NAME = 'all'

/** Keeps audit events in the database. */
export function createAuditEventStore(db: Kysely<Schema>): AuditEventStore {
  return {
    append(ids, organizations, extend, count) {
      return transact(db, async (transaction) => {
        const heads = await lockHeads(transaction, organizations)
        const [last, stored] = [
          await findLast(transaction, organizations),
          await findStored(transaction, ids),
        ]
        const after = extend({ heads, last, stored })
        if (after.rows.length > 0) {
          await transaction
            .insertInto('auditEvent')
            .values([...after.rows])
            .execute()
          await saveHeads(transaction, after.heads)
        }
        const added = heads.filter(isNew).length
        if (added > 0) await saveCount(transaction, (before) => count(before, added))
        return [...stored, ...after.rows]
      })
    },

    prune(organizationId, limit, decide) {
      return transact(db, async (transaction) => {
        const [head] = await lockKnownHead(transaction, organizationId)
        if (head === undefined) return []
        const rows = await readRows(transaction, organizationId, 0, limit)
        const next = decide(head, rows)
        if (next === null) return []
        await saveHeads(transaction, [next])
        await transaction
          .deleteFrom('auditEvent')
          .where('organizationId', '=', organizationId)
          .where('sequence', '<=', next.prunedSequence)
          .execute()
        return rows.filter(({ sequence }) => sequence <= next.prunedSequence)
      })
    },

    async findHead(organizationId) {
      const head = await db
        .selectFrom('auditChain')
        .selectAll()
        .where('organizationId', '=', organizationId)
        .executeTakeFirst()
      return head ?? null
    },

    async listChains() {
      const heads = await db.selectFrom('auditChain').select('organizationId').execute()
      const events = await listOrganizations(db)
      return [...new Set([...heads.map((head) => head.organizationId), ...events])].sort()
    },

    async countChains() {
      const { heads, chains, seal } = await db
        .selectFrom((eb) =>
          eb
            .selectFrom('auditChain')
            .select(({ fn }) => fn.countAll<number>().as('heads'))
            .as('counted'),
        )
        .leftJoin('auditChainCount', (join) => join.onTrue())
        .select(['counted.heads', 'auditChainCount.chains', 'auditChainCount.seal'])
        .executeTakeFirstOrThrow()
      return { heads, count: chains === null || seal === null ? null : { chains, seal } }
    },

    readChain: (organizationId, after, limit) => readRows(db, organizationId, after, limit),

    async findRange({ organizationId, since = 0, until = Number.MAX_SAFE_INTEGER }) {
      const { first, last } = await db
        .selectFrom('auditEvent')
        .select(({ fn }) => [
          fn.min<number | null>('sequence').as('first'),
          fn.max<number | null>('sequence').as('last'),
        ])
        .where('organizationId', '=', organizationId)
        .where('at', '>=', since)
        .where('at', '<', until)
        .executeTakeFirstOrThrow()
      return first === null || last === null ? null : { first, last }
    },

    list(filter, limit, after) {
      const { organizationId, since, until, memberId, clientId, tool, outcome, types } = filter
      let query = db
        .selectFrom('auditEvent')
        .selectAll()
        .where('organizationId', '=', organizationId)
      if (since !== undefined) query = query.where('at', '>=', since)
      if (until !== undefined) query = query.where('at', '<', until)
      if (memberId !== undefined) query = query.where('memberId', '=', memberId)
      if (clientId !== undefined) query = query.where('clientId', '=', clientId)
      if (tool !== undefined) query = query.where('tool', '=', tool)
      if (outcome !== undefined) query = query.where('outcome', '=', outcome)
      if (types !== undefined) query = query.where('type', 'in', [...types])
      if (after !== undefined) {
        query = query.where((eb) =>
          eb(eb.refTuple('at', 'sequence'), '<', eb.tuple(after.at, after.sequence)),
        )
      }
      return query.orderBy('at', 'desc').orderBy('sequence', 'desc').limit(limit).execute()
    },
  }
}

function isNew({ sequence, seal }: ChainHead): boolean {
  return sequence === 0 && seal === ''
}

/**
 * Locks the heads of chains, and makes those that are not there, in one statement: an update that
 * changes nothing locks on both databases. In order, so that two never wait for each other.
 */
function lockHeads(
  transaction: Transaction<Schema>,
  organizations: readonly string[],
): Promise<readonly ChainHead[]> {
  const heads = organizations.toSorted().map((organizationId) => ({
    organizationId,
    sequence: 0,
    hash: NO_HASH,
    prunedSequence: 0,
    prunedHash: NO_HASH,
    seal: '',
  }))
  return transaction
    .insertInto('auditChain')
    .values(heads)
    .onConflict((conflict) =>
      conflict
        .column('organizationId')
        .doUpdateSet({ organizationId: (eb) => eb.ref('excluded.organizationId') }),
    )
    .returningAll()
    .execute()
}

function lockKnownHead(
  transaction: Transaction<Schema>,
  organizationId: string,
): Promise<readonly ChainHead[]> {
  return transaction
    .updateTable('auditChain')
    .set({ organizationId })
    .where('organizationId', '=', organizationId)
    .returningAll()
    .execute()
}

/** By the end of the primary key, once for each chain. */
async function findLast(
  transaction: Transaction<Schema>,
  organizations: readonly string[],
): Promise<ChainsBefore['last']> {
  return transaction
    .selectFrom('auditChain')
    .innerJoin('auditEvent', (join) =>
      join
        .onRef('auditEvent.organizationId', '=', 'auditChain.organizationId')
        .on('auditEvent.sequence', '=', (eb) =>
          eb
            .selectFrom('auditEvent as last')
            .select(({ fn }) => fn.max('last.sequence').as('sequence'))
            .whereRef('last.organizationId', '=', 'auditChain.organizationId'),
        ),
    )
    .select(['auditEvent.organizationId', 'auditEvent.sequence', 'auditEvent.hash'])
    .where('auditChain.organizationId', 'in', [...organizations])
    .execute()
}

function findStored(
  transaction: Transaction<Schema>,
  ids: readonly string[],
): Promise<readonly AuditRow[]> {
  return transaction
    .selectFrom('auditEvent')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
}

async function saveHeads(
  transaction: Transaction<Schema>,
  heads: readonly ChainHead[],
): Promise<void> {
  await transaction
    .insertInto('auditChain')
    .values([...heads])
    .onConflict((conflict) =>
      conflict.column('organizationId').doUpdateSet({
        sequence: (eb) => eb.ref('excluded.sequence'),
        hash: (eb) => eb.ref('excluded.hash'),
        prunedSequence: (eb) => eb.ref('excluded.prunedSequence'),
        prunedHash: (eb) => eb.ref('excluded.prunedHash'),
        seal: (eb) => eb.ref('excluded.seal'),
      }),
    )
    .execute()
}

/** Locked behind the heads, by those only that made one. */
async function saveCount(
  transaction: Transaction<Schema>,
  count: (before: ChainCount | null) => ChainCount,
): Promise<void> {
  const { chains, seal } = await transaction
    .insertInto('auditChainCount')
    .values({ name: COUNT_NAME, chains: 0, seal: '' })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ name: (eb) => eb.ref('excluded.name') }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  await transaction
    .updateTable('auditChainCount')
    .set(count(chains === 0 && seal === '' ? null : { chains, seal }))
    .where('name', '=', COUNT_NAME)
    .execute()
}

function readRows(
  db: Kysely<Schema>,
  organizationId: string,
  after: number,
  limit: number,
): Promise<readonly AuditRow[]> {
  return db
    .selectFrom('auditEvent')
    .selectAll()
    .where('organizationId', '=', organizationId)
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(limit)
    .execute()
}

/** Goes from each organization to the next one by the index: there are millions of events. */
async function listOrganizations(db: Kysely<Schema>): Promise<readonly string[]> {
  const found: string[] = []
  for (;;) {
    const behind = found.at(-1)
    let query = db
      .selectFrom('auditEvent')
      .select(({ fn }) => fn.min<string | null>('organizationId').as('next'))
    if (behind !== undefined) query = query.where('organizationId', '>', behind)
    const { next } = await query.executeTakeFirstOrThrow()
    if (next === null) return found
    found.push(next)
  }
}
