import type { Kysely } from 'kysely'
import { GRANT_COLUMNS, isClientOn, toLiveGrant } from './grants.ts'
import type { LiveGrant } from './grants.ts'
import { isUseDue, wasNoted } from './last-use.ts'
import type { Schema } from './schema.ts'
import { parseScopeText, toScopeText } from './scope-text.ts'

/** A key for scripts. It acts through a grant and ends with it. Times are epoch milliseconds. */
export type ApiKey = {
  readonly id: string
  /** The first characters of the key, by which people recognise it. */
  readonly prefix: string
  readonly name: string
  readonly grantId: string
  /** At most those of its grant. */
  readonly scopes: readonly string[]
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly lastUsedAt: number | null
  readonly revokedAt: number | null
}

/** A key that is about to be stored; the key itself never is. */
export type NewApiKey = Omit<ApiKey, 'createdAt' | 'lastUsedAt' | 'revokedAt'> & {
  /** SHA-256 of the whole key, base64url. */
  readonly hash: string
}

/** A key that works no longer, and whose it was. */
export type DeadApiKey = {
  readonly id: string
  readonly organizationId: string
  readonly memberId: string
  readonly clientId: string | null
  /** `grant-ended` also where the grant's client is switched off. */
  readonly end: 'revoked' | 'expired' | 'grant-ended'
}

/** Where API keys are kept, by hash. */
export interface ApiKeyStore {
  add(key: NewApiKey): Promise<void>
  /** The key and its grant, both alive; `null` if unknown, expired or revoked. One query. */
  findLive(hash: string): Promise<{ readonly key: ApiKey; readonly grant: LiveGrant } | null>
  /** Says of a key that is not alive what became of it; `null` for one that never was or is long gone. */
  findDead(hash: string): Promise<DeadApiKey | null>
  /** Newest first; with the organization and member of its grant. */
  list(filter: {
    readonly organizationId?: string
  }): Promise<
    readonly (ApiKey & { readonly organizationId: string; readonly memberEmail: string })[]
  >
  /** `false` if unknown or already revoked. */
  revoke(id: string): Promise<boolean>
  /** Notes a use, at most once a minute; asks the database only where it is time. */
  touch(key: Pick<ApiKey, 'id' | 'lastUsedAt'>): Promise<void>
}

/** Keeps the keys in the database. */
export function createApiKeyStore(db: Kysely<Schema>, now: () => number): ApiKeyStore {
  return {
    async add(key) {
      await db
        .insertInto('apiKey')
        .values({
          ...key,
          scopes: toScopeText(key.scopes),
          createdAt: now(),
          lastUsedAt: null,
          revokedAt: null,
        })
        .execute()
    },

    async findLive(hash) {
      const row = await db
        .selectFrom('apiKey')
        .innerJoin('memberGrant', 'memberGrant.id', 'apiKey.grantId')
        .innerJoin('organization', 'organization.id', 'memberGrant.organizationId')
        .select(KEY_COLUMNS)
        .select(GRANT_COLUMNS)
        .select('organization.status as organizationStatus')
        .where('apiKey.hash', '=', hash)
        .where('apiKey.revokedAt', 'is', null)
        .where((eb) =>
          eb.or([eb('apiKey.expiresAt', 'is', null), eb('apiKey.expiresAt', '>', now())]),
        )
        .where('memberGrant.endedAt', 'is', null)
        .where(isClientOn)
        .executeTakeFirst()
      const grant = row === undefined ? null : toLiveGrant(row)
      return row === undefined || grant === null ? null : { key: toApiKey(row), grant }
    },

    async findDead(hash) {
      const row = await db
        .selectFrom('apiKey')
        .innerJoin('memberGrant', 'memberGrant.id', 'apiKey.grantId')
        .select(['apiKey.id', 'apiKey.revokedAt', 'apiKey.expiresAt'])
        .select(['memberGrant.organizationId', 'memberGrant.memberId', 'memberGrant.clientId'])
        .where('apiKey.hash', '=', hash)
        .executeTakeFirst()
      if (row === undefined) return null
      const { revokedAt, expiresAt, ...owner } = row
      if (revokedAt !== null) return { ...owner, end: 'revoked' }
      const isExpired = expiresAt !== null && expiresAt <= now()
      return { ...owner, end: isExpired ? 'expired' : 'grant-ended' }
    },

    async list({ organizationId }) {
      let query = db
        .selectFrom('apiKey')
        .innerJoin('memberGrant', 'memberGrant.id', 'apiKey.grantId')
        .select(KEY_COLUMNS)
        .select(['memberGrant.organizationId', 'memberGrant.memberEmail'])
      if (organizationId !== undefined) {
        query = query.where('memberGrant.organizationId', '=', organizationId)
      }
      const rows = await query.orderBy('apiKey.createdAt', 'desc').orderBy('apiKey.id').execute()
      return rows.map((row) => ({
        ...toApiKey(row),
        organizationId: row.organizationId,
        memberEmail: row.memberEmail,
      }))
    },

    async revoke(id) {
      const { numUpdatedRows } = await db
        .updateTable('apiKey')
        .set({ revokedAt: now() })
        .where('id', '=', id)
        .where('revokedAt', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async touch({ id, lastUsedAt }) {
      const at = now()
      if (wasNoted(lastUsedAt, at)) return
      await db
        .updateTable('apiKey')
        .set({ lastUsedAt: at })
        .where('id', '=', id)
        .where('revokedAt', 'is', null)
        .where(isUseDue(at))
        .execute()
    },
  }
}

/** Renamed where a grant has a column of the same name. */
const KEY_COLUMNS = [
  'apiKey.id as keyId',
  'apiKey.prefix as keyPrefix',
  'apiKey.name as keyName',
  'apiKey.grantId as keyGrantId',
  'apiKey.scopes as keyScopes',
  'apiKey.createdAt as keyCreatedAt',
  'apiKey.expiresAt as keyExpiresAt',
  'apiKey.lastUsedAt as keyLastUsedAt',
  'apiKey.revokedAt as keyRevokedAt',
] as const

function toApiKey(row: {
  readonly keyId: string
  readonly keyPrefix: string
  readonly keyName: string
  readonly keyGrantId: string
  readonly keyScopes: string
  readonly keyCreatedAt: number
  readonly keyExpiresAt: number | null
  readonly keyLastUsedAt: number | null
  readonly keyRevokedAt: number | null
}): ApiKey {
  return {
    id: row.keyId,
    prefix: row.keyPrefix,
    name: row.keyName,
    grantId: row.keyGrantId,
    scopes: parseScopeText(row.keyScopes),
    createdAt: row.keyCreatedAt,
    expiresAt: row.keyExpiresAt,
    lastUsedAt: row.keyLastUsedAt,
    revokedAt: row.keyRevokedAt,
  }
}
