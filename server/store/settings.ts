import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** Small values that all instances agree on. */
export interface SettingStore {
  /** The stored value, or the one that is made now; of several that are made at once, one wins. */
  settle(name: string, make: () => string): Promise<string>
}

/** Keeps the settings in the database. */
export function createSettingStore(db: Kysely<Schema>): SettingStore {
  async function read(name: string): Promise<string | null> {
    const row = await db
      .selectFrom('setting')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirst()
    return row?.value ?? null
  }

  return {
    async settle(name, make) {
      const stored = await read(name)
      if (stored !== null) return stored
      await db
        .insertInto('setting')
        .values({ name, value: make() })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute()
      const settled = await read(name)
      if (settled === null) throw new Error(`the setting "${name}" was removed while it was made`)
      return settled
    },
  }
}
