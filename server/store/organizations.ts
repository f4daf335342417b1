import type { ExpressionBuilder, Kysely } from 'kysely'
import type { Schema } from './schema.ts'
import { StoreError } from './store-error.ts'
import { transact } from './transact.ts'

/** `pending` waits for the operator's activation; `disabled` was switched off. */
export type OrganizationStatus = 'pending' | 'active' | 'disabled'

/** One tenant of the upstream, as the connector knows it. Times are epoch milliseconds. */
export type Organization = {
  readonly id: string
  readonly name: string
  /** Its label in `TENANT_HOSTS`; `null` where its id is the label. */
  readonly tenant: string | null
  readonly status: OrganizationStatus
  readonly createdAt: number
  readonly changedAt: number
}

/** Where organizations are kept, for as long as the database is. */
export interface OrganizationStore {
  /** Inserts it with `status` if it is new; otherwise only its name is brought up to date. */
  see(id: string, name: string, status: OrganizationStatus): Promise<Organization>
  find(id: string): Promise<Organization | null>
  /** By its label, or by its id where it has no label; a label goes before an id. */
  findByTenant(tenant: string): Promise<Organization | null>
  /** In name order. */
  list(): Promise<readonly Organization[]>
  /** `null` if it is unknown. */
  setStatus(id: string, status: OrganizationStatus): Promise<Organization | null>
  /** `null` if it is unknown. @throws {StoreError} `tenant_taken` */
  setTenant(id: string, tenant: string | null): Promise<Organization | null>
}

/** Keeps the organizations in the database. */
export function createOrganizationStore(db: Kysely<Schema>, now: () => number): OrganizationStore {
  return {
    see(id, name, status) {
      const at = now()
      return db
        .insertInto('organization')
        .values({ id, name, tenant: null, status, createdAt: at, changedAt: at })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ name }))
        .returningAll()
        .executeTakeFirstOrThrow()
    },

    async find(id) {
      const row = await db
        .selectFrom('organization')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst()
      return row ?? null
    },

    async findByTenant(tenant) {
      const rows = await db.selectFrom('organization').selectAll().where(isOn(tenant)).execute()
      return rows.find((row) => row.tenant === tenant) ?? rows[0] ?? null
    },

    async list() {
      const rows = await db.selectFrom('organization').selectAll().execute()
      // Here, as the two databases order texts differently.
      return rows.sort((one, other) => BY_NAME.compare(one.name, other.name))
    },

    async setStatus(id, status) {
      const row = await db
        .updateTable('organization')
        .set({ status, changedAt: now() })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      return row ?? null
    },

    async setTenant(id, tenant) {
      try {
        return await transact(db, async (transaction) => {
          const other = await transaction
            .selectFrom('organization')
            .select('id')
            .where(isOn(tenant ?? id))
            .where('id', '!=', id)
            .executeTakeFirst()
          if (other !== undefined) throw tenantTaken(tenant ?? id)
          const row = await transaction
            .updateTable('organization')
            .set({ tenant, changedAt: now() })
            .where('id', '=', id)
            .returningAll()
            .executeTakeFirst()
          return row ?? null
        })
      } catch (error) {
        // Two at once: both looked before either wrote.
        throw isUniqueViolation(error) ? tenantTaken(tenant ?? id) : error
      }
    },
  }
}

const BY_NAME = new Intl.Collator('en')

/** By its label, or by its id where it has none. */
function isOn(tenant: string) {
  return (eb: ExpressionBuilder<Schema, 'organization'>) =>
    eb.or([eb('tenant', '=', tenant), eb.and([eb('tenant', 'is', null), eb('id', '=', tenant)])])
}

function tenantTaken(tenant: string): StoreError {
  return new StoreError(
    'tenant_taken',
    `the tenant "${tenant}" belongs to another organization: choose another, or take it from that one first`,
  )
}

/** PostgreSQL's `unique_violation`, SQLite's `SQLITE_CONSTRAINT_UNIQUE`. */
function isUniqueViolation(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  return (
    ('code' in error && error.code === '23505') || ('errcode' in error && error.errcode === 2067)
  )
}
