import type { ExpressionBuilder, Kysely } from 'kysely'
import type { OrganizationStatus } from './organizations.ts'
import type { Schema } from './schema.ts'
import { parseScopeText, toScopeText } from './scope-text.ts'
import { isUseDue, wasNoted } from './last-use.ts'
import { transact } from './transact.ts'

/** Why a grant is no longer alive. */
export type GrantEnd =
  | 'revoked'
  | 'reused'
  | 'credential-refused'
  | 'membership-lost'
  /** No token and no API key is left that could use it. */
  | 'expired'

/** One member's consent. Times are epoch milliseconds. */
export type Grant = {
  readonly id: string
  /** The issuer's tenant label; `''` is the connector's own host. */
  readonly realm: string
  readonly memberId: string
  readonly memberEmail: string
  readonly memberName: string
  readonly organizationId: string
  readonly organizationName: string
  readonly role: string
  /** `null` for a grant that was made for API keys. */
  readonly clientId: string | null
  readonly clientName: string
  /** Host (or scheme, for private-use schemes) that the client was redirected to. */
  readonly redirectHost: string | null
  /** In name order. */
  readonly scopes: readonly string[]
  /** The sealed upstream credential; `null` once the grant has ended. */
  readonly credential: string | null
  /** Rises with every renewal of the credential. */
  readonly credentialVersion: number
  readonly createdAt: number
  readonly lastUsedAt: number | null
  readonly endedAt: number | null
  readonly endReason: GrantEnd | null
}

/** A grant at the moment of its consent, with the sealed credential that came with it. */
export type NewGrant = Omit<
  Grant,
  'credentialVersion' | 'createdAt' | 'lastUsedAt' | 'endedAt' | 'endReason' | 'credential'
> & { readonly credential: string }

/** A live grant with the state of its organization. */
export type LiveGrant = Grant & {
  readonly credential: string
  readonly organizationStatus: OrganizationStatus
}

/** Where grants are kept; whatever acts for a member asks here first. */
export interface GrantStore {
  /** A grant that is already there is left as it is: `false` then. */
  add(grant: NewGrant): Promise<boolean>
  /** `null` if unknown, ended, or its client is switched off. One query: it runs on every call. */
  findLive(id: string): Promise<LiveGrant | null>
  /** Newest first; live ones only, or with `ended` the others too. */
  list(filter: {
    readonly organizationId?: string
    readonly memberId?: string
    readonly ended?: boolean
  }): Promise<readonly Grant[]>
  /** Whether it lives or has ended; `null` if unknown, or forgotten long after its end. */
  find(id: string): Promise<Grant | null>
  /**
   * Ends a grant, in one transaction: its records of the authorization server are removed, its
   * credential is erased, its API keys are revoked. `null` if it was not alive.
   */
  end(id: string, reason: GrantEnd): Promise<Grant | null>
  /** Notes a use, at most once a minute; asks the database only where it is time. */
  touch(grant: Pick<Grant, 'id' | 'lastUsedAt'>): Promise<void>
  /**
   * Claims the right to renew the credential; `true` for one caller over all processes until the
   * claim is saved, released or `leaseMs` old.
   */
  claimRenewal(id: string, version: number, leaseMs: number): Promise<boolean>
  releaseRenewal(id: string, version: number): Promise<void>
  /** Replaces the credential of that version by the next; `false` if it was replaced or ended. */
  saveCredential(id: string, version: number, sealed: string): Promise<boolean>
}

/** Keeps the grants in the database. */
export function createGrantStore(db: Kysely<Schema>, now: () => number): GrantStore {
  return {
    add(grant) {
      return transact(db, async (transaction) => {
        const at = now()
        const inserted = await transaction
          .insertInto('memberGrant')
          .values(toValues(grant, at))
          .onConflict((conflict) => conflict.column('id').doNothing())
          .returning('id')
          .executeTakeFirst()
        const isNew = inserted !== undefined
        if (grant.clientId === null) return isNew
        await transaction
          .updateTable('client')
          .set({ grantedAt: at })
          .where('id', '=', grant.clientId)
          .where('realm', '=', grant.realm)
          .where('grantedAt', 'is', null)
          .execute()
        return isNew
      })
    },

    async findLive(id) {
      const row = await db
        .selectFrom('memberGrant')
        .innerJoin('organization', 'organization.id', 'memberGrant.organizationId')
        .select(GRANT_COLUMNS)
        .select('organization.status as organizationStatus')
        .where('memberGrant.id', '=', id)
        .where('memberGrant.endedAt', 'is', null)
        .where(isClientOn)
        .executeTakeFirst()
      return row === undefined ? null : toLiveGrant(row)
    },

    async list({ organizationId, memberId, ended = false }) {
      let query = db.selectFrom('memberGrant').select(GRANT_COLUMNS)
      if (organizationId !== undefined) query = query.where('organizationId', '=', organizationId)
      if (memberId !== undefined) query = query.where('memberId', '=', memberId)
      if (!ended) query = query.where('endedAt', 'is', null)
      const rows = await query.orderBy('createdAt', 'desc').orderBy('id').execute()
      return rows.map(toGrant)
    },

    async find(id) {
      const row = await db
        .selectFrom('memberGrant')
        .select(GRANT_COLUMNS)
        .where('id', '=', id)
        .executeTakeFirst()
      return row === undefined ? null : toGrant(row)
    },

    end(id, reason) {
      return transact(db, async (transaction) => {
        const at = now()
        const row = await transaction
          .updateTable('memberGrant')
          .set({ endedAt: at, endReason: reason, credential: null, renewalClaimedAt: null })
          .where('id', '=', id)
          .where('endedAt', 'is', null)
          .returning(GRANT_COLUMNS)
          .executeTakeFirst()
        await transaction
          .deleteFrom('model')
          .where((eb) => eb.or([eb('grantId', '=', id), eb.and({ id, model: 'Grant' })]))
          .execute()
        await transaction
          .updateTable('apiKey')
          .set({ revokedAt: at })
          .where('grantId', '=', id)
          .where('revokedAt', 'is', null)
          .execute()
        return row === undefined ? null : toGrant(row)
      })
    },

    async touch({ id, lastUsedAt }) {
      const at = now()
      if (wasNoted(lastUsedAt, at)) return
      await db
        .updateTable('memberGrant')
        .set({ lastUsedAt: at })
        .where('id', '=', id)
        .where('endedAt', 'is', null)
        .where(isUseDue(at))
        .execute()
    },

    async claimRenewal(id, version, leaseMs) {
      const at = now()
      const { numUpdatedRows } = await db
        .updateTable('memberGrant')
        .set({ renewalClaimedAt: at })
        .where('id', '=', id)
        .where('credentialVersion', '=', version)
        .where('endedAt', 'is', null)
        .where((eb) =>
          eb.or([eb('renewalClaimedAt', 'is', null), eb('renewalClaimedAt', '<=', at - leaseMs)]),
        )
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async releaseRenewal(id, version) {
      await db
        .updateTable('memberGrant')
        .set({ renewalClaimedAt: null })
        .where('id', '=', id)
        .where('credentialVersion', '=', version)
        .execute()
    },

    async saveCredential(id, version, sealed) {
      const { numUpdatedRows } = await db
        .updateTable('memberGrant')
        .set({ credential: sealed, credentialVersion: version + 1, renewalClaimedAt: null })
        .where('id', '=', id)
        .where('credentialVersion', '=', version)
        .where('endedAt', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
  }
}

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

function toValues(grant: NewGrant, at: number): Schema['memberGrant'] {
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
