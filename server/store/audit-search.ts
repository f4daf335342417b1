import type { ExpressionBuilder, Kysely } from 'kysely'
import type { AuditRow } from './audit-rows.ts'
import type { Schema } from './schema.ts'

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

/** The facet of events that were recorded before there were facets. */
const NO_FACET = 0

/** So many of the newest events are looked through, before the facets are asked. */
const NEAR = 500

type Search = {
  readonly filter: AuditFilter
  readonly limit: number
  readonly after: AuditCursor | null
}

/**
 * Finds events, newest first.
 *
 * What most events have fills a page from the newest of them. What is asked for may also be anywhere
 * among millions of events, or nowhere. So it is looked for among the organization's facets, which are
 * few; of each that fits, the index knows the newest events.
 */
export async function searchEvents(
  db: Kysely<Schema>,
  search: Search,
): Promise<readonly AuditRow[]> {
  const { filter, limit } = search
  if (!isFaceted(filter)) {
    return db
      .selectFrom('auditEvent')
      .select(AUDIT_COLUMNS)
      .where(isInReach(search))
      .orderBy('at', 'desc')
      .orderBy('sequence', 'desc')
      .limit(limit)
      .execute()
  }
  if (filter.types?.length === 0) return []
  const near = await listNear(db, search)
  const sequences = near.length === limit ? near : await listFar(db, search)
  if (sequences.length === 0) return []
  const rows = await db
    .selectFrom('auditEvent')
    .select(AUDIT_COLUMNS)
    .where('organizationId', '=', filter.organizationId)
    .where('sequence', 'in', [...sequences])
    .execute()
  // Here: asked for the order, SQLite would rather read the whole organization in that order.
  return rows.sort((one, other) => other.at - one.at || other.sequence - one.sequence)
}

/** The columns of an event, in any query that finds some. */
export const AUDIT_COLUMNS = [
  'organizationId',
  'sequence',
  'id',
  'at',
  'type',
  'outcome',
  'memberId',
  'clientId',
  'tool',
  'facet',
  'body',
  'hash',
] as const

function isFaceted({ memberId, clientId, tool, outcome, types }: AuditFilter): boolean {
  return [memberId, clientId, tool, outcome, types].some((each) => each !== undefined)
}

/** The places of those that fit among the newest of all. */
async function listNear(db: Kysely<Schema>, search: Search): Promise<readonly number[]> {
  const { filter, limit } = search
  const rows = await db
    .selectFrom(
      db
        .selectFrom('auditEvent')
        .select(['at', 'sequence', 'type', 'outcome', 'memberId', 'clientId', 'tool'])
        .where(isInReach(search))
        .orderBy('at', 'desc')
        .orderBy('sequence', 'desc')
        .limit(NEAR)
        .as('near'),
    )
    .select('sequence')
    .where((eb) => eb.and(valuesOf(filter)))
    .$if(filter.types !== undefined, (query) => query.where('type', 'in', filter.types ?? []))
    .orderBy('at', 'desc')
    .orderBy('sequence', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ sequence }) => sequence)
}

/** The places of those that fit, wherever they are. */
async function listFar(db: Kysely<Schema>, search: Search): Promise<readonly number[]> {
  const heads = await listHeads(db, search)
  return listNewest(db, search, chooseFacets(heads, search.limit))
}

/** A facet that fits, and when its newest event within reach happened. */
type Head = { readonly facet: number; readonly at: number }

async function listHeads(db: Kysely<Schema>, search: Search): Promise<readonly Head[]> {
  const { organizationId, types } = search.filter
  const rows = await db
    .selectFrom('auditFacet')
    .select('auditFacet.facet')
    .select((eb) =>
      eb
        .selectFrom('auditEvent')
        .select(({ fn }) => fn.max<number | null>('auditEvent.at').as('at'))
        .where(isInReach(search))
        .whereRef('auditEvent.facet', '=', 'auditFacet.facet')
        .as('at'),
    )
    .where('auditFacet.organizationId', '=', organizationId)
    .where((eb) => eb.and(valuesOf(search.filter)))
    .$if(types !== undefined, (query) => query.where('type', 'in', types ?? []))
    .execute()
  return rows.flatMap(({ facet, at }) => (at === null ? [] : [{ facet, at }]))
}

/** Whatever is on the page is not older than the newest event of the last facet that is needed. */
function chooseFacets(heads: readonly Head[], limit: number): readonly number[] {
  const sorted = heads.toSorted((one, other) => other.at - one.at)
  const oldest = sorted[limit - 1]?.at ?? -Infinity
  return sorted.filter(({ at }) => at >= oldest).map(({ facet }) => facet)
}

/** The places of the newest events of some facets, and of those without one that fit. */
async function listNewest(
  db: Kysely<Schema>,
  search: Search,
  facets: readonly number[],
): Promise<readonly number[]> {
  const { filter, limit } = search
  const { types } = filter
  const newestOf = (facet: number) =>
    db
      .selectFrom('auditEvent')
      .select(['at', 'sequence'])
      .where(isInReach(search))
      .where('facet', '=', facet)
      .orderBy('at', 'desc')
      .orderBy('sequence', 'desc')
      .limit(limit)
  const toPart = (query: ReturnType<typeof newestOf>) =>
    db.selectFrom(query.as('part')).select(['part.at', 'part.sequence'])
  const unfaceted = newestOf(NO_FACET)
    .where((eb) => eb.and(valuesOf(filter)))
    .$if(types !== undefined, (query) => query.where('type', 'in', types ?? []))
  const rows = await facets
    .map((facet) => toPart(newestOf(facet)))
    .reduce((all, part) => all.unionAll(part), toPart(unfaceted))
    .orderBy('at', 'desc')
    .orderBy('sequence', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ sequence }) => sequence)
}

/** The organization's events of the asked time, from behind the cursor on. */
function isInReach({ filter: { organizationId, since, until }, after }: Search) {
  return (eb: ExpressionBuilder<Schema, 'auditEvent'>) =>
    eb.and([
      eb('auditEvent.organizationId', '=', organizationId),
      ...(since === undefined ? [] : [eb('auditEvent.at', '>=', since)]),
      ...(until === undefined ? [] : [eb('auditEvent.at', '<', until)]),
      ...(after === null
        ? []
        : [
            eb(
              eb.refTuple('auditEvent.at', 'auditEvent.sequence'),
              '<',
              eb.tuple(after.at, after.sequence),
            ),
          ]),
    ])
}

/** What a facet and its events must have; types come beside it. */
function valuesOf({ memberId, clientId, tool, outcome }: AuditFilter) {
  return {
    ...(memberId !== undefined && { memberId }),
    ...(clientId !== undefined && { clientId }),
    ...(tool !== undefined && { tool }),
    ...(outcome !== undefined && { outcome }),
  }
}
