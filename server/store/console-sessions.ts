import type { Kysely } from 'kysely'
import { isUseDue, wasNoted } from './last-use.ts'
import { createRenewals, type Renewals } from './renewals.ts'
import type { Schema } from './schema.ts'

const MINUTE_MS = 60_000
/** A session that was not used for so long is over. */
export const SESSION_IDLE_MS = 30 * MINUTE_MS
/** However much it is used: after so long its member signs in again. */
export const SESSION_MAX_AGE_MS = 12 * 60 * MINUTE_MS

/** One member in one browser. Times are epoch milliseconds. */
export type ConsoleSession = {
  /** The SHA-256 of what the browser's cookie holds. */
  readonly id: string
  /** The label of the host that it belongs to; `''` is the connector's own. */
  readonly realm: string
  readonly memberId: string
  readonly memberEmail: string
  readonly memberName: string
  /** What the upstream last said they belong to, as JSON. */
  readonly organizations: string
  /** The organization that they look at; `null` before they chose one. */
  readonly organizationId: string | null
  /** The sealed upstream credential. */
  readonly credential: string
  /** Rises with every renewal of the credential. */
  readonly credentialVersion: number
  /** What the next page is to show once, sealed; `null` where there is nothing. */
  readonly nextPage: string | null
  /** What waits for its member to prove once more who they are, sealed; `null` where nothing does. */
  readonly pending: string | null
  readonly createdAt: number
  /** When the upstream was last asked who it is. */
  readonly checkedAt: number
  readonly lastUsedAt: number
}

/** A session at the moment of its sign-in. */
export type NewConsoleSession = Omit<
  ConsoleSession,
  'credentialVersion' | 'createdAt' | 'checkedAt' | 'lastUsedAt' | 'nextPage' | 'pending'
>

/** Where the console's sessions are kept, for all instances. */
export interface ConsoleSessionStore extends Renewals {
  add(session: NewConsoleSession): Promise<void>
  /** `null` if unknown, ended, unused for `SESSION_IDLE_MS` or older than `SESSION_MAX_AGE_MS`. */
  findLive(id: string): Promise<ConsoleSession | null>
  /** Notes a use, at most once a minute; asks the database only where it is time. */
  touch(session: Pick<ConsoleSession, 'id' | 'lastUsedAt'>): Promise<void>
  /** Notes what the upstream says of the member now. */
  noteMember(
    id: string,
    member: Pick<ConsoleSession, 'memberEmail' | 'memberName' | 'organizations'>,
  ): Promise<void>
  chooseOrganization(id: string, organizationId: string): Promise<void>
  /** Keeps what the next page is to show once, sealed; what was kept before is replaced. */
  leaveForNextPage(id: string, sealed: string): Promise<void>
  /** Takes it: of two pages at once, one gets it. `null` where there is nothing. */
  takeForThisPage(session: Pick<ConsoleSession, 'id' | 'nextPage'>): Promise<string | null>
  setPending(id: string, sealed: string | null): Promise<void>
  /** Ends it; its credential is erased with it. `false` if it was not there. */
  end(id: string): Promise<boolean>
}

/** Keeps the sessions in the database. */
export function createConsoleSessionStore(
  db: Kysely<Schema>,
  now: () => number,
): ConsoleSessionStore {
  async function set(
    id: string,
    values: Partial<Omit<Schema['consoleSession'], 'id' | 'realm' | 'memberId'>>,
  ): Promise<void> {
    await db.updateTable('consoleSession').set(values).where('id', '=', id).execute()
  }

  return {
    async add(session) {
      const at = now()
      await db
        .insertInto('consoleSession')
        .values({
          ...session,
          ...{ credentialVersion: 1, renewalClaimedAt: null, nextPage: null, pending: null },
          ...{ createdAt: at, checkedAt: at, lastUsedAt: at },
        })
        .execute()
    },

    async findLive(id) {
      const at = now()
      const row = await db
        .selectFrom('consoleSession')
        .select(COLUMNS)
        .where('id', '=', id)
        .where('lastUsedAt', '>', at - SESSION_IDLE_MS)
        .where('createdAt', '>', at - SESSION_MAX_AGE_MS)
        .executeTakeFirst()
      return row ?? null
    },

    async touch({ id, lastUsedAt }) {
      const at = now()
      if (wasNoted(lastUsedAt, at)) return
      await db
        .updateTable('consoleSession')
        .set({ lastUsedAt: at })
        .where('id', '=', id)
        .where(isUseDue(at))
        .execute()
    },

    noteMember: (id, member) => set(id, { ...member, checkedAt: now() }),

    chooseOrganization: (id, organizationId) => set(id, { organizationId }),

    leaveForNextPage: (id, sealed) => set(id, { nextPage: sealed }),

    async takeForThisPage({ id, nextPage }) {
      if (nextPage === null) return null
      const { numUpdatedRows } = await db
        .updateTable('consoleSession')
        .set({ nextPage: null })
        .where('id', '=', id)
        .where('nextPage', '=', nextPage)
        .executeTakeFirst()
      return numUpdatedRows > 0n ? nextPage : null
    },

    setPending: (id, sealed) => set(id, { pending: sealed }),

    async end(id) {
      const { numDeletedRows } = await db
        .deleteFrom('consoleSession')
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },

    ...createRenewals(db, 'consoleSession', now),
  }
}

const COLUMNS = [
  'id',
  'realm',
  'memberId',
  'memberEmail',
  'memberName',
  'organizations',
  'organizationId',
  'credential',
  'credentialVersion',
  'nextPage',
  'pending',
  'createdAt',
  'checkedAt',
  'lastUsedAt',
] as const
