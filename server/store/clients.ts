import type { Kysely } from 'kysely'
import { isUseDue } from './last-use.ts'
import type { Schema } from './schema.ts'

/** What kind of program a pre-registered client is; decides redirect URIs and texts, no rights. */
export type ClientType = 'claude' | 'chatgpt' | 'claude-code' | 'other'

/** A client of the authorization server. Times are epoch milliseconds. */
export type Client = {
  /** The issuer's tenant label; `''` is the connector's own host. */
  readonly realm: string
  readonly id: string
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

/** Where clients are kept; one realm's do not exist in another. */
export interface ClientStore {
  /** Inserts, or replaces name and metadata; status, kind, type and times are kept. */
  put(client: Omit<Client, 'status' | 'createdAt' | 'lastUsedAt'>): Promise<void>
  find(realm: string, id: string): Promise<Client | null>
  /** Newest first. */
  list(filter: { readonly kind?: Client['kind'] }): Promise<readonly Client[]>
  setStatus(realm: string, id: string, status: Client['status']): Promise<boolean>
  /** Notes a use, at most once a minute; a client in use is not swept away. */
  touch(realm: string, id: string): Promise<void>
  remove(realm: string, id: string): Promise<void>
}

/** Keeps the clients in the database. */
export function createClientStore(db: Kysely<Schema>, now: () => number): ClientStore {
  return {
    async put({ realm, id, kind, type, name, metadata }) {
      await db
        .insertInto('client')
        .values({
          ...{ realm, id, kind, type, name, metadata },
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

    async list({ kind }) {
      let query = db.selectFrom('client').select(COLUMNS)
      if (kind !== undefined) query = query.where('kind', '=', kind)
      return query.orderBy('createdAt', 'desc').orderBy('id').execute()
    },

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

const COLUMNS = [
  'realm',
  'id',
  'kind',
  'type',
  'name',
  'metadata',
  'status',
  'createdAt',
  'lastUsedAt',
] as const
