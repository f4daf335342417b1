import type { Kysely, Transaction } from 'kysely'
import { raiseRevision } from './revision.ts'
import type { Schema } from './schema.ts'
import { transact } from './transact.ts'

/** The organization of a switch that is everybody's. */
export const EVERYBODY = ''

/** A tool or a namespace that is switched off. Times are epoch milliseconds. */
export type SwitchedOff = {
  /** `EVERYBODY`, or the one organization that it is off for. */
  readonly organizationId: string
  /** `namespace.action`, or a namespace. */
  readonly name: string
  readonly changedAt: number
}

/** The connector is out of service. */
export type Maintenance = {
  /** Epoch milliseconds. */
  readonly since: number
  /** What people are told about it; `null` where there is nothing to say. */
  readonly message: string | null
}

/** What every instance keeps in memory, at one revision. */
export type SwitchState = {
  readonly revision: number
  readonly maintenance: Maintenance | null
  readonly switchedOff: readonly SwitchedOff[]
  /** Of the organizations that have a limit of their own. */
  readonly rateLimits: readonly { readonly organizationId: string; readonly limit: number }[]
  /** The organizations that show texts of their own in place of generated ones. */
  readonly textOrganizations: readonly string[]
}

/** What is off, for whom; and the number that tells whether any of it has changed. */
export interface SwitchStore {
  /**
   * Rises with every change of a switch, of maintenance, of an organization's status or limit, of
   * its texts, and of the signing keys, in the transaction that makes it; one row is read.
   */
  revision(): Promise<number>
  /** What instances keep; never older than the revision that it says. */
  read(): Promise<SwitchState>
  /** By name, then by organization. */
  list(): Promise<readonly SwitchedOff[]>
  /** `false` where it is off already. */
  turnOff(organizationId: string, name: string): Promise<boolean>
  /** `false` where it is not off. */
  turnOn(organizationId: string, name: string): Promise<boolean>
  /** Takes the connector out of service, or changes the message; `false` where nothing changes. */
  beginMaintenance(message: string | null): Promise<boolean>
  /** `false` where it is in service. */
  endMaintenance(): Promise<boolean>
}

/** Keeps the switches in the database. */
export function createSwitchStore(db: Kysely<Schema>, now: () => number): SwitchStore {
  /** Runs a change; only one that has changed something raises the revision. */
  function change(work: (transaction: Transaction<Schema>) => Promise<bigint>): Promise<boolean> {
    return transact(db, async (transaction) => {
      if ((await work(transaction)) === 0n) return false
      await raiseRevision(transaction)
      return true
    })
  }

  const readDeployment = () =>
    db.selectFrom('deployment').selectAll().where('id', '=', 1).executeTakeFirstOrThrow()

  async function list(): Promise<readonly SwitchedOff[]> {
    const rows = await db.selectFrom('switchedOff').selectAll().execute()
    // Here, as the two databases order texts differently.
    return rows.sort((one, other) => (toOrder(one) < toOrder(other) ? -1 : 1))
  }

  return {
    async revision() {
      const { revision } = await db
        .selectFrom('deployment')
        .select('revision')
        .where('id', '=', 1)
        .executeTakeFirstOrThrow()
      return revision
    },

    async read() {
      // The revision first: what changes while the rest is read has a higher one.
      const { revision, maintenanceSince, maintenanceMessage } = await readDeployment()
      const limited = await db
        .selectFrom('organization')
        .select(['id', 'rateLimit'])
        .where('rateLimit', 'is not', null)
        .execute()
      const withTexts = await db
        .selectFrom('toolText')
        .select('organizationId')
        .distinct()
        .where('replacedAt', 'is', null)
        .where('description', 'is not', null)
        .execute()
      return {
        revision,
        maintenance:
          maintenanceSince === null
            ? null
            : { since: maintenanceSince, message: maintenanceMessage },
        switchedOff: await list(),
        rateLimits: limited.flatMap(({ id, rateLimit }) =>
          rateLimit === null ? [] : [{ organizationId: id, limit: rateLimit }],
        ),
        textOrganizations: withTexts.map(({ organizationId }) => organizationId),
      }
    },

    list,

    turnOff: (organizationId, name) =>
      change(async (transaction) => {
        const added = await transaction
          .insertInto('switchedOff')
          .values({ organizationId, name, changedAt: now() })
          .onConflict((conflict) => conflict.columns(['organizationId', 'name']).doNothing())
          .executeTakeFirst()
        return added.numInsertedOrUpdatedRows ?? 0n
      }),

    turnOn: (organizationId, name) =>
      change(async (transaction) => {
        const removed = await transaction
          .deleteFrom('switchedOff')
          .where('organizationId', '=', organizationId)
          .where('name', '=', name)
          .executeTakeFirst()
        return removed.numDeletedRows
      }),

    beginMaintenance: (message) =>
      change(async (transaction) => {
        const changed = await transaction
          .updateTable('deployment')
          .set((eb) => ({
            maintenanceSince: eb.fn.coalesce('maintenanceSince', eb.val(now())),
            maintenanceMessage: message,
          }))
          .where('id', '=', 1)
          .where((eb) =>
            eb.or([
              eb('maintenanceSince', 'is', null),
              eb('maintenanceMessage', 'is distinct from', message),
            ]),
          )
          .executeTakeFirst()
        return changed.numUpdatedRows
      }),

    endMaintenance: () =>
      change(async (transaction) => {
        const changed = await transaction
          .updateTable('deployment')
          .set({ maintenanceSince: null, maintenanceMessage: null })
          .where('id', '=', 1)
          .where('maintenanceSince', 'is not', null)
          .executeTakeFirst()
        return changed.numUpdatedRows
      }),
  }
}

function toOrder({ name, organizationId }: SwitchedOff): string {
  return JSON.stringify([name, organizationId])
}
