import type { Kysely } from 'kysely'
import {
  findLast,
  findStored,
  listOrganizations,
  lockHeads,
  lockKnownHead,
  readRows,
  saveCount,
  saveHeads,
} from './audit-queries.ts'
import { addFacets, removeFacets } from './audit-facets.ts'
import { createInsertEvents } from './audit-insert.ts'
import type {
  AuditFacet,
  AuditRow,
  ChainCount,
  ChainHead,
  ChainsAfter,
  ChainsBefore,
} from './audit-rows.ts'
import { searchEvents, type AuditCursor, type AuditFilter } from './audit-search.ts'
import {
  listSeen,
  summarizeEvents,
  type AuditSeen,
  type AuditSpan,
  type AuditSummary,
} from './audit-summary.ts'
import { createKnownFacets } from './known-facets.ts'
import type { Schema } from './schema.ts'
import { transact } from './transact.ts'

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
  /**
   * Newest first; `after` is the last one of the page before. As quick for what is rare, old or not
   * there at all as for what is new.
   */
  list(filter: AuditFilter, limit: number, after?: AuditCursor): Promise<readonly AuditRow[]>
  /** What an organization's members called in a time, in equal parts. */
  summarize(span: AuditSpan): Promise<AuditSummary>
  /** All of an organization; what events are found by. */
  listFacets(organizationId: string): Promise<readonly AuditFacet[]>
  /** What there is to choose from, for a filter. */
  listSeen(organizationId: string): Promise<AuditSeen>
}

/** Keeps audit events in the database. */
export function createAuditEventStore(
  db: Kysely<Schema>,
  kind: 'sqlite' | 'postgres',
): AuditEventStore {
  const insertEvents = createInsertEvents(db, kind)
  const known = createKnownFacets()
  return {
    async append(ids, organizations, extend, count) {
      const { heads, facets, rows } = await transact(db, async (transaction) => {
        const heads = await lockHeads(transaction, organizations)
        const [last, stored] = [
          await findLast(transaction, organizations),
          await findStored(transaction, ids),
        ]
        const after = extend({ heads, last, stored })
        const facets = known.findNew(heads, after.rows)
        if (facets.length > 0) await addFacets(transaction, facets)
        if (after.rows.length > 0) {
          await insertEvents(transaction, after.rows)
          await saveHeads(transaction, after.heads)
        }
        const added = heads.filter(isNew).length
        if (added > 0) await saveCount(transaction, (before) => count(before, added))
        return { heads, facets, rows: [...stored, ...after.rows] }
      })
      known.remember(heads, facets)
      return rows
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
        const pruned = rows.filter(({ sequence }) => sequence <= next.prunedSequence)
        await removeFacets(transaction, organizationId, pruned)
        return pruned
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

    list: (filter, limit, after) => searchEvents(db, { filter, limit, after: after ?? null }),
    summarize: (span) => summarizeEvents(db, span),
    listFacets: (organizationId) =>
      db
        .selectFrom('auditFacet')
        .selectAll()
        .where('organizationId', '=', organizationId)
        .execute(),
    listSeen: (organizationId) => listSeen(db, organizationId),
  }
}

function isNew({ sequence, seal }: ChainHead): boolean {
  return sequence === 0 && seal === ''
}
