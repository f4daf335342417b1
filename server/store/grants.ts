import type { Kysely } from 'kysely'
import { endGrants, removeRecords } from './end-grants.ts'
import { GRANT_COLUMNS, isClientOn, toGrant, toLiveGrant, toValues } from './grant-rows.ts'
import { isUseDue, wasNoted } from './last-use.ts'
import type { CreateLookup } from './lookup.ts'
import type { OrganizationStatus } from './organizations.ts'
import { createRenewals, type Renewals } from './renewals.ts'
import type { Schema } from './schema.ts'
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

/** The place of a grant in a list, to go on behind it. */
export type GrantCursor = Pick<Grant, 'id' | 'createdAt'>

/** Where grants are kept; whatever acts for a member asks here first. */
export interface GrantStore extends Renewals {
  /** A grant that is already there is left as it is: `false` then. */
  add(grant: NewGrant): Promise<boolean>
  /** `null` if unknown, ended, or its client is switched off. It runs on every call. */
  findLive(id: string): Promise<LiveGrant | null>
  /**
   * Newest first; live ones only, or with `ended` the others too. All of them, or `limit` from behind
   * `after` on, the last one of the page before.
   */
  list(filter: {
    readonly organizationId?: string
    readonly memberId?: string
    readonly ended?: boolean
    readonly limit?: number
    readonly after?: GrantCursor
  }): Promise<readonly Grant[]>
  /** Whether it lives or has ended; `null` if unknown, or forgotten long after its end. */
  find(id: string): Promise<Grant | null>
  /**
   * Ends a grant, in one transaction: its records of the authorization server are removed, its
   * credential is erased, its API keys are revoked. `null` if it was not alive.
   */
  end(id: string, reason: GrantEnd): Promise<Grant | null>
  /** The same, where it is a grant of that organization; `null` otherwise. */
  endOf(organizationId: string, id: string, reason: GrantEnd): Promise<Grant | null>
  /** Ends all of an organization, or of one of its members, together; answers those it ended. */
  endAllOf(
    whose: { readonly organizationId: string; readonly memberId?: string },
    reason: GrantEnd,
  ): Promise<readonly Grant[]>
  /** Notes a use, at most once a minute; `null` where it is not time, and nothing is done. */
  touch(grant: Pick<Grant, 'id' | 'lastUsedAt'>): Promise<unknown> | null
}

/** Keeps the grants in the database. */
export function createGrantStore(options: {
  readonly db: Kysely<Schema>
  readonly createLookup: CreateLookup
  readonly now: () => number
}): GrantStore {
  const { db, createLookup, now } = options
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

    findLive: createLookup({
      column: 'memberGrant.id',
      query: (isAsked) =>
        db
          .selectFrom('memberGrant')
          .innerJoin('organization', 'organization.id', 'memberGrant.organizationId')
          .select(GRANT_COLUMNS)
          .select('organization.status as organizationStatus')
          .where(isAsked)
          .where('memberGrant.endedAt', 'is', null)
          .where(isClientOn),
      keyOf: ({ id }) => id,
      read: toLiveGrant,
    }),

    async list({ organizationId, memberId, ended = false, limit, after }) {
      let query = db.selectFrom('memberGrant').select(GRANT_COLUMNS)
      if (organizationId !== undefined) query = query.where('organizationId', '=', organizationId)
      if (memberId !== undefined) query = query.where('memberId', '=', memberId)
      if (!ended) query = query.where('endedAt', 'is', null)
      if (limit !== undefined) query = query.limit(limit)
      if (after !== undefined) {
        query = query.where((eb) =>
          eb(eb.refTuple('createdAt', 'id'), '<', eb.tuple(after.createdAt, after.id)),
        )
      }
      const rows = await query.orderBy('createdAt', 'desc').orderBy('id', 'desc').execute()
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
        const [ended] = await endGrants(transaction, { id, reason, at })
        if (ended === undefined) await removeRecords(transaction, [id], at)
        return ended ?? null
      })
    },

    endOf(organizationId, id, reason) {
      return transact(db, async (transaction) => {
        const [ended] = await endGrants(transaction, { organizationId, id, reason, at: now() })
        return ended ?? null
      })
    },

    endAllOf: (whose, reason) =>
      transact(db, (transaction) => endGrants(transaction, { ...whose, reason, at: now() })),

    touch({ id, lastUsedAt }) {
      const at = now()
      if (wasNoted(lastUsedAt, at)) return null
      return db
        .updateTable('memberGrant')
        .set({ lastUsedAt: at })
        .where('id', '=', id)
        .where('endedAt', 'is', null)
        .where(isUseDue(at))
        .execute()
    },

    ...createRenewals(db, 'memberGrant', now),
  }
}
