import type { Transaction } from 'kysely'
import type { AuditFacet, AuditRow } from './audit-rows.ts'
import type { Schema } from './schema.ts'

/** Stores the facets of new events, under the lock of their chains. */
export async function addFacets(
  transaction: Transaction<Schema>,
  facets: readonly AuditFacet[],
): Promise<void> {
  await transaction
    .insertInto('auditFacet')
    .values([...facets])
    .onConflict((conflict) => conflict.columns(['organizationId', 'facet']).doNothing())
    .execute()
}

/** Forgets the facets of removed events that no other event has: they hold ids of members, too. */
export async function removeFacets(
  transaction: Transaction<Schema>,
  organizationId: string,
  removed: readonly AuditRow[],
): Promise<void> {
  const facets = [...new Set(removed.map(({ facet }) => facet))]
  if (facets.length === 0) return
  await transaction
    .deleteFrom('auditFacet')
    .where('organizationId', '=', organizationId)
    .where('facet', 'in', facets)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('auditEvent')
            .select('auditEvent.sequence')
            .where('auditEvent.organizationId', '=', organizationId)
            .whereRef('auditEvent.facet', '=', 'auditFacet.facet'),
        ),
      ),
    )
    .execute()
}
