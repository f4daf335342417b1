import { CompiledQuery, sql, type Kysely, type Transaction } from 'kysely'
import type { AuditRow } from './audit-rows.ts'
import type { Schema } from './schema.ts'

/** Adds new events to a table, in a transaction that holds the locks of their chains. */
export type InsertEvents = (
  transaction: Transaction<Schema>,
  rows: readonly AuditRow[],
) => Promise<void>

/** Chooses the way of adding many events that costs this process least on its database. */
export function createInsertEvents(db: Kysely<Schema>, kind: 'sqlite' | 'postgres'): InsertEvents {
  return kind === 'sqlite' ? insertEach(db) : insertTogether
}

/**
 * One statement that runs once for each row: SQLite is called, not asked over a network, and takes
 * longer to read one that has many rows in it.
 */
function insertEach(db: Kysely<Schema>): InsertEvents {
  const { sql: text } = db
    .insertInto('auditEvent')
    .values({
      ...{ organizationId: '', sequence: 0, id: '', at: 0, type: '', outcome: '' },
      ...{ memberId: null, clientId: null, tool: null, facet: 0, body: '', hash: '' },
    })
    .compile()
  return async (transaction, rows) => {
    await transaction.executeQuery(CompiledQuery.raw(text, rows.map(toValues)))
  }
}

/** In the order of the statement's columns. */
function toValues(row: AuditRow): unknown[] {
  const { organizationId, sequence, id, at, type, outcome } = row
  const { memberId, clientId, tool, facet, body, hash } = row
  return [
    ...[organizationId, sequence, id, at, type, outcome],
    ...[memberId, clientId, tool, facet, body, hash],
  ]
}

/** One statement for any number of rows, with one parameter: PostgreSQL takes the JSON apart. */
async function insertTogether(
  transaction: Transaction<Schema>,
  rows: readonly AuditRow[],
): Promise<void> {
  await sql`
    insert into audit_event (
      organization_id, sequence, id, at, type, outcome, member_id, client_id, tool, facet, body, hash
    )
    select
      "organizationId", sequence, id, at, type, outcome, "memberId", "clientId", tool, facet, body, hash
    from json_to_recordset(${JSON.stringify(rows)}::json) as event (
      "organizationId" text, sequence bigint, id text, at bigint, type text, outcome text,
      "memberId" text, "clientId" text, tool text, facet bigint, body text, hash text
    )`.execute(transaction)
}
