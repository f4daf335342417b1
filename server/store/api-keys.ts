import type { Kysely } from 'kysely'
import { GRANT_COLUMNS, isClientOn, toLiveGrant } from './grant-rows.ts'
import type { LiveGrant } from './grants.ts'
import { isUseDue, wasNoted } from './last-use.ts'
import type { CreateLookup } from './lookup.ts'
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

/** A key with whose it is: the member who made it, as whom it reads. */
export type ListedApiKey = ApiKey & {
  readonly organizationId: string
  readonly memberId: string
  readonly memberEmail: string
  readonly memberName: string
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
  /** The key and its grant, both alive now; `null` if unknown, expired or revoked. */
  findLive(hash: string): Promise<{ readonly key: ApiKey; readonly grant: LiveGrant } | null>
  /** Says of a key that is not alive what became of it; `null` for one that never was or is long gone. */
  findDead(hash: string): Promise<DeadApiKey | null>
  /** In any state; `null` where the organization has none of that id. */
  find(organizationId: string, id: string): Promise<ListedApiKey | null>
  /** Newest first. */
  list(filter: { readonly organizationId?: string }): Promise<readonly ListedApiKey[]>
  /** `false` if unknown or already revoked. */
  revoke(id: string): Promise<boolean>
  /** The same, where it is a key of that organization; `false` otherwise. */
  revokeOf(organizationId: string, id: string): Promise<boolean>
  /** Notes a use, at most once a minute; `null` where it is not time, and nothing is done. */
  touch(key: Pick<ApiKey, 'id' | 'lastUsedAt'>): Promise<unknown> | null
}

/** Keeps the keys in the database. */
export function createApiKeyStore(options: {
  readonly db: Kysely<Schema>
  readonly createLookup: CreateLookup
  readonly now: () => number
}): ApiKeyStore {
  const { db, createLookup, now } = options
  const findStored = createLookup({
    column: 'apiKey.hash',
    query: (isAsked) =>
      db
        .selectFrom('apiKey')
        .innerJoin('memberGrant', 'memberGrant.id', 'apiKey.grantId')
        .innerJoin('organization', 'organization.id', 'memberGrant.organizationId')
        .select(KEY_COLUMNS)
        .select('apiKey.hash as keyHash')
        .select(GRANT_COLUMNS)
        .select('organization.status as organizationStatus')
        .where(isAsked)
        .where('apiKey.revokedAt', 'is', null)
        .where('memberGrant.endedAt', 'is', null)
        .where(isClientOn),
    keyOf: ({ keyHash }) => keyHash,
    read(row) {
      const grant = toLiveGrant(row)
      return grant === null ? null : { key: toApiKey(row), grant }
    },
  })
  const listed = db
    .selectFrom('apiKey')
    .innerJoin('memberGrant', 'memberGrant.id', 'apiKey.grantId')
    .select(KEY_COLUMNS)
    .select(OWNER_COLUMNS)
  const revocation = () =>
    db.updateTable('apiKey').set({ revokedAt: now() }).where('revokedAt', 'is', null)

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
      const found = await findStored(hash)
      return found === null || isExpired(found.key, now()) ? null : found
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
      return { ...owner, end: isExpired({ expiresAt }, now()) ? 'expired' : 'grant-ended' }
    },

    async find(organizationId, id) {
      const row = await listed
        .where('memberGrant.organizationId', '=', organizationId)
        .where('apiKey.id', '=', id)
        .executeTakeFirst()
      return row === undefined ? null : toListedApiKey(row)
    },

    async list({ organizationId }) {
      const query =
        organizationId === undefined
          ? listed
          : listed.where('memberGrant.organizationId', '=', organizationId)
      const rows = await query.orderBy('apiKey.createdAt', 'desc').orderBy('apiKey.id').execute()
      return rows.map(toListedApiKey)
    },

    async revoke(id) {
      const { numUpdatedRows } = await revocation().where('id', '=', id).executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async revokeOf(organizationId, id) {
      const { numUpdatedRows } = await revocation()
        .where('id', '=', id)
        .where('grantId', 'in', (eb) =>
          eb
            .selectFrom('memberGrant')
            .select('memberGrant.id')
            .where('memberGrant.organizationId', '=', organizationId),
        )
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    touch({ id, lastUsedAt }) {
      const at = now()
      if (wasNoted(lastUsedAt, at)) return null
      return db
        .updateTable('apiKey')
        .set({ lastUsedAt: at })
        .where('id', '=', id)
        .where('revokedAt', 'is', null)
        .where(isUseDue(at))
        .execute()
    },
  }
}

function isExpired({ expiresAt }: Pick<ApiKey, 'expiresAt'>, at: number): boolean {
  return expiresAt !== null && expiresAt <= at
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

const OWNER_COLUMNS = [
  'memberGrant.organizationId',
  'memberGrant.memberId',
  'memberGrant.memberEmail',
  'memberGrant.memberName',
] as const

type KeyColumns = {
  readonly keyId: string
  readonly keyPrefix: string
  readonly keyName: string
  readonly keyGrantId: string
  readonly keyScopes: string
  readonly keyCreatedAt: number
  readonly keyExpiresAt: number | null
  readonly keyLastUsedAt: number | null
  readonly keyRevokedAt: number | null
}

function toListedApiKey(row: KeyColumns & Omit<ListedApiKey, keyof ApiKey>): ListedApiKey {
  const { organizationId, memberId, memberEmail, memberName } = row
  return { ...toApiKey(row), organizationId, memberId, memberEmail, memberName }
}

function toApiKey(row: KeyColumns): ApiKey {
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
