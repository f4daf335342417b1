import type { Kysely, Transaction } from 'kysely'
import {
  NO_HASH,
  type AuditRow,
  type ChainCount,
  type ChainHead,
  type ChainsBefore,
} from './audit-rows.ts'
import type { Schema } from './schema.ts'

const COUNT_NAME = 'all'

/**
 * Locks the heads of chains, and makes those that are not there, in one statement: an update that
 * changes nothing locks on both databases. In order, so that two never wait for each other.
 */
export function lockHeads(
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

/** Locks the head of a chain that is there. */
export function lockKnownHead(
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
export async function findLast(
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

/** Those of some events that are stored already. */
export async function findStored(
  transaction: Transaction<Schema>,
  ids: readonly string[],
): Promise<readonly AuditRow[]> {
  if (ids.length === 0) return []
  return transaction
    .selectFrom('auditEvent')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
}

/** Replaces heads that are locked. */
export async function saveHeads(
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
export async function saveCount(
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

/** Events in the order of their chain, from behind a place on. */
export function readRows(
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
export async function listOrganizations(db: Kysely<Schema>): Promise<readonly string[]> {
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
