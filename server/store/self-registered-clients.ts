import type { ExpressionBuilder, Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** A client that nobody registered, as one organization knows it by the grants that it had there. */
export type SelfRegisteredClient = {
  /** The issuer's tenant label; `''` is the connector's own host. */
  readonly realm: string
  /** A URL where it publishes a document of its own; such a client is not kept. */
  readonly id: string
  /** As it called itself when it was last connected. */
  readonly name: string
  /** Where browsers were sent back to then. */
  readonly redirectHost: string | null
  /** How many connections it has; one that has none was connected in the last 90 days. */
  readonly liveGrants: number
  readonly firstGrantedAt: number
  readonly lastUsedAt: number | null
}

/** Sums up the grants of each such client, beside what the newest of them says of it. */
export async function listSelfRegistered(
  db: Kysely<Schema>,
  organizationId: string,
): Promise<readonly SelfRegisteredClient[]> {
  const rows = await db
    .selectFrom((from) =>
      from
        .selectFrom('memberGrant')
        .select(['realm', 'clientId'])
        .select(({ fn }) => [
          fn.countAll<number>().filterWhere('endedAt', 'is', null).as('liveGrants'),
          fn.min('createdAt').as('firstGrantedAt'),
          fn.max('lastUsedAt').as('lastUsedAt'),
        ])
        .where('organizationId', '=', organizationId)
        .where('clientId', 'is not', null)
        .where(isSelfRegistered)
        .groupBy(['realm', 'clientId'])
        .as('known'),
    )
    .innerJoin('memberGrant as newest', (join) =>
      join.on('newest.id', '=', (eb) =>
        eb
          .selectFrom('memberGrant as each')
          .select('each.id')
          .where('each.organizationId', '=', organizationId)
          .whereRef('each.clientId', '=', 'known.clientId')
          .whereRef('each.realm', '=', 'known.realm')
          .orderBy('each.createdAt', 'desc')
          .orderBy('each.id')
          .limit(1),
      ),
    )
    .select(['known.realm', 'known.clientId as id', 'newest.clientName as name'])
    .select(['newest.redirectHost', 'known.liveGrants', 'known.firstGrantedAt', 'known.lastUsedAt'])
    .orderBy('newest.createdAt', 'desc')
    .orderBy('newest.id')
    .execute()
  return rows.flatMap(({ id, ...known }) => (id === null ? [] : [{ ...known, id }]))
}

function isSelfRegistered(eb: ExpressionBuilder<Schema, 'memberGrant'>) {
  return eb.not(
    eb.exists(
      eb
        .selectFrom('client')
        .select('client.id')
        .whereRef('client.id', '=', 'memberGrant.clientId')
        .whereRef('client.realm', '=', 'memberGrant.realm')
        .where('client.kind', '=', 'registered'),
    ),
  )
}
