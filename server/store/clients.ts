import type { ExpressionBuilder, Kysely } from 'kysely'
import { isUseDue } from './last-use.ts'
import type { Schema } from './schema.ts'
import { listSelfRegistered, type SelfRegisteredClient } from './self-registered-clients.ts'

/** What kind of program a pre-registered client is; decides redirect URIs and texts, no rights. */
export type ClientType = 'claude' | 'chatgpt' | 'claude-code' | 'other'

/** A client of the authorization server. Times are epoch milliseconds. */
export type Client = {
  /** The issuer's tenant label; `''` is the connector's own host. */
  readonly realm: string
  readonly id: string
  /** The one organization that it may connect; `null` where any may be. */
  readonly organizationId: string | null
  /** `dynamic` registered itself (RFC 7591); `registered` was made by the operator or an admin. */
  readonly kind: 'dynamic' | 'registered'
  readonly type: ClientType
  readonly name: string
  /** Client metadata (RFC 7591, section 2) as JSON; a secret in it is `sha256$…`. */
  readonly metadata: string
  readonly status: 'active' | 'inactive'
  readonly createdAt: number
  readonly lastUsedAt: number | null
}

/** A client that is about to be stored. */
export type NewClient = Omit<Client, 'status' | 'createdAt' | 'lastUsedAt'>

/** A client with what has become of it. */
export type ListedClient = Client & {
  /** How many connections it has, in its realm: one that has any is activated. */
  readonly liveGrants: number
}

/** Where clients are kept; one realm's do not exist in another. */
export interface ClientStore {
  /** Inserts, or replaces name and metadata; everything else is kept. */
  put(client: NewClient): Promise<void>
  find(realm: string, id: string): Promise<Client | null>
  /** One that may connect this organization only; `null` where it is another's or everybody's. */
  findOf(organizationId: string, id: string): Promise<Client | null>
  /** Newest first; with `organizationId` those only that `findOf` finds. */
  list(filter: {
    readonly kind?: Client['kind']
    readonly organizationId?: string
  }): Promise<readonly ListedClient[]>
  /** What members of an organization connected without anybody having registered it, newest first. */
  listSelfRegistered(organizationId: string): Promise<readonly SelfRegisteredClient[]>
  setStatus(realm: string, id: string, status: Client['status']): Promise<boolean>
  /** Notes a use, at most once a minute; a client in use is not swept away. */
  touch(realm: string, id: string): Promise<void>
  remove(realm: string, id: string): Promise<void>
}

/** Keeps the clients in the database. */
export function createClientStore(db: Kysely<Schema>, now: () => number): ClientStore {
  return {
    async put({ realm, id, organizationId, kind, type, name, metadata }) {
      await db
        .insertInto('client')
        .values({
          ...{ realm, id, organizationId, kind, type, name, metadata },
          status: 'active',
          createdAt: now(),
          lastUsedAt: null,
          grantedAt: null,
        })
        .onConflict((conflict) => conflict.columns(['id', 'realm']).doUpdateSet({ name, metadata }))
        .execute()
    },

    async find(realm, id) {
      const row = await db
        .selectFrom('client')
        .select(COLUMNS)
        .where('id', '=', id)
        .where('realm', '=', realm)
        .executeTakeFirst()
      return row ?? null
    },

    async findOf(organizationId, id) {
      const row = await db
        .selectFrom('client')
        .select(COLUMNS)
        .where('id', '=', id)
        .where('organizationId', '=', organizationId)
        .executeTakeFirst()
      return row ?? null
    },

    async list({ kind, organizationId }) {
      let query = db.selectFrom('client').select(COLUMNS).select(countLiveGrants)
      if (kind !== undefined) query = query.where('kind', '=', kind)
      if (organizationId !== undefined) query = query.where('organizationId', '=', organizationId)
      return query.orderBy('createdAt', 'desc').orderBy('id').execute()
    },

    listSelfRegistered: (organizationId) => listSelfRegistered(db, organizationId),

    async setStatus(realm, id, status) {
      const { numUpdatedRows } = await db
        .updateTable('client')
        .set({ status })
        .where('id', '=', id)
        .where('realm', '=', realm)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async touch(realm, id) {
      const at = now()
      await db
        .updateTable('client')
        .set({ lastUsedAt: at })
        .where('id', '=', id)
        .where('realm', '=', realm)
        .where(isUseDue(at))
        .execute()
    },

    async remove(realm, id) {
      await db.deleteFrom('client').where('id', '=', id).where('realm', '=', realm).execute()
    },
  }
}

function countLiveGrants(eb: ExpressionBuilder<Schema, 'client'>) {
  return eb
    .selectFrom('memberGrant')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .whereRef('memberGrant.clientId', '=', 'client.id')
    .whereRef('memberGrant.realm', '=', 'client.realm')
    .where('memberGrant.endedAt', 'is', null)
    .$asScalar()
    .$notNull()
    .as('liveGrants')
}

const COLUMNS = [
  'realm',
  'id',
  'organizationId',
  'kind',
  'type',
  'name',
  'metadata',
  'status',
  'createdAt',
  'lastUsedAt',
] as const
