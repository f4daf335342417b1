import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import type { CreateLookup } from './lookup.ts'
import { raiseRevision } from './revision.ts'
import type { Database, Schema } from './schema.ts'
import { StoreError } from './store-error.ts'
import { transact } from './transact.ts'

/** `pending` waits for the operator's activation; `disabled` was switched off. */
export type OrganizationStatus = 'pending' | 'active' | 'disabled'

/** What an organization can be made; nobody makes it wait again. */
export type StatusWish = Exclude<OrganizationStatus, 'pending'>

/** Who switches an organization: the vendor's operator, or one of its own owners and admins. */
export type SwitchedBy = 'operator' | 'organization'

/** One tenant of the upstream, as the connector knows it. Times are epoch milliseconds. */
export type Organization = {
  readonly id: string
  readonly name: string
  /** Its label in `TENANT_HOSTS`; `null` where its id is the label. */
  readonly tenant: string | null
  readonly status: OrganizationStatus
  /** Who may switch it on again; `null` where it is not switched off. */
  readonly switchedOffBy: SwitchedBy | null
  /** Calls of one member in a minute; `null` is the deployment's own limit. */
  readonly rateLimit: number | null
  readonly createdAt: number
  readonly changedAt: number
}

/** What became of the wish to change a status. */
export type StatusChange = {
  /** As it is now. */
  readonly organization: Organization
  readonly isChanged: boolean
  /** Why it is not as it was wished: only the operator may undo that; `null` where it is. */
  readonly refusal: 'switched_off_by_operator' | 'pending' | null
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
  /**
   * Lets it in or switches it off, in one conditional update. The operator may always; the
   * organization switches itself off where it is active, and on where it did so itself.
   *
   * @returns `null` if it is unknown
   */
  setStatus(id: string, status: StatusWish, by: SwitchedBy): Promise<StatusChange | null>
  /** `null` is the deployment's own limit; answers `null` if the organization is unknown. */
  setRateLimit(id: string, limit: number | null): Promise<Organization | null>
  /** `null` if it is unknown. @throws {StoreError} `tenant_taken` */
  setTenant(id: string, tenant: string | null): Promise<Organization | null>
}

/** Keeps the organizations in the database. */
export function createOrganizationStore(options: {
  readonly db: Kysely<Schema>
  readonly createLookup: CreateLookup
  readonly now: () => number
}): OrganizationStore {
  const { db, createLookup, now } = options
  const ofOne = (isAsked: Expression<SqlBool>) =>
    db.selectFrom('organization').selectAll().where(isAsked)
  const findById = createLookup({
    column: 'organization.id',
    query: ofOne,
    keyOf: ({ id }) => id,
    read: (row) => row,
  })
  const findByLabel = createLookup({
    column: 'organization.tenant',
    query: ofOne,
    keyOf: ({ tenant, id }) => tenant ?? id,
    read: (row) => row,
  })

  /** Sets what instances are told of; where it has the value already, nothing changes. */
  function change(
    id: string,
    values: Partial<Pick<Organization, 'status' | 'switchedOffBy' | 'rateLimit'>>,
    isOther: (eb: Condition) => Expression<SqlBool>,
  ): Promise<{ readonly organization: Organization; readonly isChanged: boolean } | null> {
    return transact(db, async (transaction) => {
      const changed = await transaction
        .updateTable('organization')
        .set({ ...values, changedAt: now() })
        .where('id', '=', id)
        .where(isOther)
        .returningAll()
        .executeTakeFirst()
      if (changed === undefined) {
        const organization = await find(transaction, id)
        return organization === null ? null : { organization, isChanged: false }
      }
      await raiseRevision(transaction)
      return { organization: changed, isChanged: true }
    })
  }

  return {
    see(id, name, status) {
      const at = now()
      return db
        .insertInto('organization')
        .values({
          ...{ id, name, tenant: null, status, rateLimit: null, createdAt: at, changedAt: at },
          switchedOffBy: status === 'disabled' ? 'operator' : null,
        })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ name }))
        .returningAll()
        .executeTakeFirstOrThrow()
    },

    find: findById,

    async findByTenant(tenant) {
      const [labelled, named] = await Promise.all([findByLabel(tenant), findById(tenant)])
      return labelled ?? (named?.tenant === null ? named : null)
    },

    async list() {
      const rows = await db.selectFrom('organization').selectAll().execute()
      // Here, as the two databases order texts differently.
      return rows.sort((one, other) => BY_NAME.compare(one.name, other.name))
    },

    async setStatus(id, status, by) {
      const switchedOffBy = status === 'disabled' ? by : null
      const isOther = by === 'operator' ? isUnlike({ status, switchedOffBy }) : isOwnChange(status)
      const changed = await change(id, { status, switchedOffBy }, isOther)
      if (changed === null) return null
      return { ...changed, refusal: toRefusal(changed.organization, status) }
    },

    async setRateLimit(id, rateLimit) {
      const isOther = (eb: Condition) => eb('rateLimit', 'is distinct from', rateLimit)
      return (await change(id, { rateLimit }, isOther))?.organization ?? null
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

async function find(db: Database, id: string): Promise<Organization | null> {
  const row = await db
    .selectFrom('organization')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

const BY_NAME = new Intl.Collator('en')

type Condition = ExpressionBuilder<Schema, 'organization'>

/** The operator takes over what an organization has switched off. */
function isUnlike({ status, switchedOffBy }: Pick<Organization, 'status' | 'switchedOffBy'>) {
  return (eb: Condition) =>
    eb.or([eb('status', '!=', status), eb('switchedOffBy', 'is distinct from', switchedOffBy)])
}

/** One that waits does not let itself in, not by way of off either. */
function isOwnChange(status: StatusWish) {
  return (eb: Condition) =>
    status === 'active'
      ? eb.and({ status: 'disabled', switchedOffBy: 'organization' })
      : eb('status', '=', 'active')
}

function toRefusal({ status }: Organization, wished: StatusWish): StatusChange['refusal'] {
  if (status === 'pending') return 'pending'
  return status === 'disabled' && wished === 'active' ? 'switched_off_by_operator' : null
}

/** By its label, or by its id where it has none. */
function isOn(tenant: string) {
  return (eb: Condition) =>
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
