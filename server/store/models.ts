import type { ExpressionBuilder } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database, Schema } from './schema.ts'
import { transact } from './transact.ts'

/** Where one record of the authorization server is kept. */
export type ModelKey = {
  /** The issuer's tenant label; `''` is the connector's own host. */
  readonly realm: string
  /** oidc-provider's name of the model, for example `RefreshToken`. */
  readonly model: string
  /** SHA-256 of the bearer value, or the plain identifier of a model whose id is no secret. */
  readonly id: string
}

/** One record of the authorization server, without any raw secret. Times are epoch milliseconds. */
export type ModelRow = ModelKey & {
  readonly payload: string
  readonly grantId: string | null
  readonly uid: string | null
  readonly expiresAt: number | null
  readonly consumedAt: number | null
  /** When the answer that a use of this record led to was written to the client. */
  readonly answeredAt: number | null
}

/** What is written; `consumedAt` and `answeredAt` are never reset by a write. */
export type NewModelRow = Omit<ModelRow, 'consumedAt' | 'answeredAt'>

/** The records of oidc-provider: sessions, interactions, codes, refresh tokens, grants. */
export interface ModelStore {
  /** Inserts or replaces. */
  put(row: NewModelRow): Promise<void>
  /** `null` if unknown or expired. */
  find(key: ModelKey): Promise<ModelRow | null>
  findByUid(realm: string, model: string, uid: string): Promise<ModelRow | null>
  /** Marks as used; `true` only for the one caller, over all processes, that found it unused. */
  consume(key: ModelKey): Promise<boolean>
  /**
   * Spends a refresh token and inserts its successor in one transaction; `false` if it was already
   * spent. A token whose answer never reached a client (`answeredAt` is `null`) can be spent again
   * once `leaseMs` have passed; the successors of the lost answer then count as spent before that
   * time, so that the use of one shows that two have got the token.
   */
  rotate(spent: ModelKey, successor: NewModelRow, leaseMs: number): Promise<boolean>
  /** Notes that the answer was written. Using a successor notes it for its predecessor, too. */
  markAnswered(key: ModelKey): Promise<void>
  remove(key: ModelKey): Promise<void>
}

/**
 * Keeps the records in the database.
 *
 * What decides who uses a record is always a conditional `UPDATE`: of two that run at once, the
 * second waits for the first and then finds the condition false.
 */
export function createModelStore(db: Kysely<Schema>, now: () => number): ModelStore {
  return {
    async put(row) {
      const { payload, grantId, uid, expiresAt } = row
      await db
        .insertInto('model')
        .values(toValues(row, null))
        .onConflict((conflict) =>
          conflict
            .columns(['id', 'model', 'realm'])
            .doUpdateSet({ payload, grantId, uid, expiresAt }),
        )
        .execute()
    },

    async find(key) {
      const row = await db
        .selectFrom('model')
        .select(COLUMNS)
        .where(isKey(key))
        .where(isUnexpired(now()))
        .executeTakeFirst()
      return row ?? null
    },

    async findByUid(realm, model, uid) {
      const row = await db
        .selectFrom('model')
        .select(COLUMNS)
        .where('uid', '=', uid)
        .where('model', '=', model)
        .where('realm', '=', realm)
        .where(isUnexpired(now()))
        .executeTakeFirst()
      return row ?? null
    },

    async consume(key) {
      const used = await spendUnused(db, key, now())
      if (used === null) return false
      await answerParent(db, key, used.parentId, now())
      return true
    },

    async rotate(spent, successor, leaseMs) {
      try {
        await transact(db, async (transaction) => {
          const at = now()
          const { parentId } =
            (await spendUnused(transaction, spent, at)) ??
            (await spendAgain(transaction, spent, at, leaseMs))
          await transaction.insertInto('model').values(toValues(successor, spent.id)).execute()
          await answerParent(transaction, spent, parentId, at)
        })
        return true
      } catch (error) {
        if (error instanceof AlreadySpent) return false
        throw error
      }
    },

    async markAnswered(key) {
      await db
        .updateTable('model')
        .set({ answeredAt: now() })
        .where(isKey(key))
        .where('consumedAt', 'is not', null)
        .where('answeredAt', 'is', null)
        .execute()
    },

    async remove(key) {
      await db.deleteFrom('model').where(isKey(key)).execute()
    },
  }
}

const COLUMNS = [
  'realm',
  'model',
  'id',
  'payload',
  'grantId',
  'uid',
  'expiresAt',
  'consumedAt',
  'answeredAt',
] as const

type Condition = ExpressionBuilder<Schema, 'model'>

function toValues(row: NewModelRow, parentId: string | null): Schema['model'] {
  const { realm, model, id, payload, grantId, uid, expiresAt } = row
  const unused = { consumedAt: null, answeredAt: null }
  return { realm, model, id, payload, grantId, uid, expiresAt, ...unused, parentId }
}

function isKey({ realm, model, id }: ModelKey) {
  return (eb: Condition) =>
    eb.and([eb('id', '=', id), eb('model', '=', model), eb('realm', '=', realm)])
}

function isUnexpired(at: number) {
  return (eb: Condition) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', at)])
}

/** What the use of a record tells. */
type Used = { readonly parentId: string | null }

async function spendUnused(db: Database, key: ModelKey, at: number): Promise<Used | null> {
  const used = await db
    .updateTable('model')
    .set({ consumedAt: at })
    .where(isKey(key))
    .where(isUnexpired(at))
    .where('consumedAt', 'is', null)
    .returning('parentId')
    .executeTakeFirst()
  return used ?? null
}

/** Rolls back a rotation that was refused. */
class AlreadySpent extends Error {}

/**
 * Spends a token whose answer was lost.
 *
 * A successor is always locked before its predecessor, as when the successor is used; the other way
 * round, the two would wait for each other.
 *
 * @throws {AlreadySpent}
 */
async function spendAgain(db: Database, key: ModelKey, at: number, leaseMs: number): Promise<Used> {
  const isLost = (eb: Condition) =>
    eb.and([eb('answeredAt', 'is', null), eb('consumedAt', '<=', at - leaseMs)])
  const lost = await db
    .selectFrom('model')
    .select('id')
    .where(isKey(key))
    .where(isUnexpired(at))
    .where(isLost)
    .executeTakeFirst()
  if (lost === undefined) throw new AlreadySpent()
  await spendSuccessors(db, key, { consumedAt: at - leaseMs, answeredAt: at })
  const used = await db
    .updateTable('model')
    .set({ consumedAt: at })
    .where(isKey(key))
    .where(isLost)
    .returning('parentId')
    .executeTakeFirst()
  if (used === undefined) throw new AlreadySpent()
  return used
}

/** Spends the whole chain below a token. */
async function spendSuccessors(
  db: Database,
  { realm, model, id }: ModelKey,
  marks: { readonly consumedAt: number; readonly answeredAt: number },
): Promise<void> {
  await db
    .withRecursive('successor', (query) =>
      query
        .selectFrom('model')
        .select('model.id')
        .where('model.parentId', '=', id)
        .where('model.model', '=', model)
        .where('model.realm', '=', realm)
        .union((eb) =>
          eb
            .selectFrom('model')
            .innerJoin('successor', 'successor.id', 'model.parentId')
            .select('model.id')
            .where('model.model', '=', model)
            .where('model.realm', '=', realm),
        ),
    )
    .updateTable('model')
    .set(marks)
    .where('id', 'in', (eb) => eb.selectFrom('successor').select('successor.id'))
    .where('model', '=', model)
    .where('realm', '=', realm)
    .execute()
}

/** Who uses a successor has got it: the answer that carried it has arrived. */
async function answerParent(
  db: Database,
  { realm, model }: ModelKey,
  parentId: string | null,
  at: number,
): Promise<void> {
  if (parentId === null) return
  await db
    .updateTable('model')
    .set({ answeredAt: at })
    .where(isKey({ realm, model, id: parentId }))
    .where('answeredAt', 'is', null)
    .execute()
}
