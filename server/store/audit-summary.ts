import { sql, type ExpressionBuilder, type Kysely } from 'kysely'
import type { AuditRow } from './audit-rows.ts'
import type { Schema } from './schema.ts'

/** Of an event that may be a call; only one that has a tool is. */
const CALL = 'mcp.request'
const TOP_TOOLS = 5
/** A longer list is no choice any more. */
const MAX_SEEN = 200

/** A time in equal parts; whole milliseconds, from `since` on and before `until`. */
export type AuditSpan = {
  readonly organizationId: string
  readonly since: number
  readonly until: number
  readonly bucketMs: number
}

/** Calls of tools, and how many of them failed. */
export type CallCount = { readonly calls: number; readonly failures: number }

/** What was called in a time. */
export type AuditSummary = CallCount & {
  /** All parts of the time, the first first, also those without a call. */
  readonly buckets: readonly (CallCount & { readonly startsAt: number })[]
  /** How many members called. */
  readonly members: number
  /** The five that were called most, the most first. */
  readonly tools: readonly (CallCount & { readonly tool: string })[]
}

/** What events have that are kept: at most 200 of each, in order. */
export type AuditSeen = {
  readonly members: readonly string[]
  readonly clients: readonly string[]
  readonly tools: readonly string[]
}

/** Counts in two queries over the events of the time. */
export async function summarizeEvents(db: Kysely<Schema>, span: AuditSpan): Promise<AuditSummary> {
  const { since, bucketMs } = span
  const bucket = sql<number>`cast((${sql.ref('at')} - ${since}) / ${bucketMs} as bigint)`
  const counts = await db
    .selectFrom('auditEvent')
    .select(['tool', 'outcome', bucket.as('bucket')])
    .select(({ fn }) => fn.countAll<number>().as('calls'))
    .where(isCallIn(span))
    .groupBy(['tool', 'outcome', sql.ref('bucket')])
    .execute()
  const { members } = await db
    .selectFrom('auditEvent')
    .select(({ fn }) => fn.count<number>('memberId').distinct().as('members'))
    .where(isCallIn(span))
    .executeTakeFirstOrThrow()
  return { ...sum(counts), buckets: toBuckets(span, counts), members, tools: toTools(counts) }
}

/** Reads what is there to choose from out of the facets. */
export async function listSeen(db: Kysely<Schema>, organizationId: string): Promise<AuditSeen> {
  const list = async (column: 'memberId' | 'clientId' | 'tool') => {
    const rows = await db
      .selectFrom('auditFacet')
      .select(`${column} as value`)
      .distinct()
      .where('organizationId', '=', organizationId)
      .where(column, 'is not', null)
      .limit(MAX_SEEN)
      .execute()
    return rows.flatMap(({ value }) => (value === null ? [] : [value])).sort()
  }
  return {
    members: await list('memberId'),
    clients: await list('clientId'),
    tools: await list('tool'),
  }
}

type Counted = Pick<AuditRow, 'tool' | 'outcome'> & {
  readonly bucket: number
  readonly calls: number
}

function isCallIn({ organizationId, since, until }: AuditSpan) {
  return (eb: ExpressionBuilder<Schema, 'auditEvent'>) =>
    eb.and([
      eb('organizationId', '=', organizationId),
      eb('at', '>=', since),
      eb('at', '<', until),
      eb('type', '=', CALL),
      eb('tool', 'is not', null),
    ])
}

function sum(counted: readonly Counted[]): CallCount {
  const total = (some: readonly Counted[]) => some.reduce((all, { calls }) => all + calls, 0)
  return {
    calls: total(counted),
    failures: total(counted.filter(({ outcome }) => outcome === 'failure')),
  }
}

function toBuckets({ since, until, bucketMs }: AuditSpan, counted: readonly Counted[]) {
  const byBucket = Map.groupBy(counted, ({ bucket }) => bucket)
  return Array.from({ length: Math.ceil((until - since) / bucketMs) }, (_, bucket) => ({
    startsAt: since + bucket * bucketMs,
    ...sum(byBucket.get(bucket) ?? []),
  }))
}

function toTools(counted: readonly Counted[]) {
  return Array.from(
    Map.groupBy(counted, ({ tool }) => tool ?? ''),
    ([tool, some]) => ({ tool, ...sum(some) }),
  )
    .sort((one, other) => other.calls - one.calls || (one.tool < other.tool ? -1 : 1))
    .slice(0, TOP_TOOLS)
}
