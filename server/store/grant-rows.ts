import type { ExpressionBuilder } from 'kysely'
import type { Grant, LiveGrant, NewGrant } from './grants.ts'
import type { OrganizationStatus } from './organizations.ts'
import type { Schema } from './schema.ts'
import { parseScopeText, toScopeText } from './scope-text.ts'

/** A grant's columns, for queries that join other tables. */
export const GRANT_COLUMNS = [
  'memberGrant.id',
  'memberGrant.realm',
  'memberGrant.memberId',
  'memberGrant.memberEmail',
  'memberGrant.memberName',
  'memberGrant.organizationId',
  'memberGrant.organizationName',
  'memberGrant.role',
  'memberGrant.clientId',
  'memberGrant.clientName',
  'memberGrant.redirectHost',
  'memberGrant.scopes',
  'memberGrant.credential',
  'memberGrant.credentialVersion',
  'memberGrant.createdAt',
  'memberGrant.lastUsedAt',
  'memberGrant.endedAt',
  'memberGrant.endReason',
] as const

/** Grants for keys have no client, and a client that publishes its own document is not stored. */
export function isClientOn(eb: ExpressionBuilder<Schema, 'memberGrant'>) {
  return eb.not(
    eb.exists(
      eb
        .selectFrom('client')
        .select('client.id')
        .whereRef('client.id', '=', 'memberGrant.clientId')
        .whereRef('client.realm', '=', 'memberGrant.realm')
        .where('client.status', '=', 'inactive'),
    ),
  )
}

type GrantColumns = Omit<Schema['memberGrant'], 'renewalClaimedAt'>

/** Reads a grant that has not ended; `null` in the one case that the schema leaves open. */
export function toLiveGrant(
  row: GrantColumns & { readonly organizationStatus: OrganizationStatus },
): LiveGrant | null {
  const { credential, organizationStatus } = row
  return credential === null ? null : { ...toGrant(row), credential, organizationStatus }
}

/** Reads a grant of any state. */
export function toGrant(row: GrantColumns): Grant {
  return {
    id: row.id,
    realm: row.realm,
    memberId: row.memberId,
    memberEmail: row.memberEmail,
    memberName: row.memberName,
    organizationId: row.organizationId,
    organizationName: row.organizationName,
    role: row.role,
    clientId: row.clientId,
    clientName: row.clientName,
    redirectHost: row.redirectHost,
    scopes: parseScopeText(row.scopes),
    credential: row.credential,
    credentialVersion: row.credentialVersion,
    createdAt: row.createdAt,
    lastUsedAt: row.lastUsedAt,
    endedAt: row.endedAt,
    endReason: row.endReason,
  }
}

/** A grant that begins now. */
export function toValues(grant: NewGrant, at: number): Schema['memberGrant'] {
  return {
    ...grant,
    scopes: toScopeText(grant.scopes),
    credentialVersion: 1,
    renewalClaimedAt: null,
    createdAt: at,
    lastUsedAt: null,
    endedAt: null,
    endReason: null,
  }
}
