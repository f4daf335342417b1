import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openStore } from '../../../server/store/open-store.ts'
import type { Store } from '../../../server/store/store.ts'
import { createDatabaseFile, type DatabaseFile } from '../../support/database-file.ts'
import { newGrant } from './rows.ts'

/** More than the steps from a lookup's call to its answer. */
const STEPS = 40

describe('a lookup that remembers', () => {
  let file: DatabaseFile
  let store: Store
  let neighbour: DatabaseSync
  beforeAll(async () => {
    file = await createDatabaseFile()
    store = await openStore({ url: file.url, now: Date.now })
    neighbour = new DatabaseSync(file.url.slice('sqlite:'.length), { timeout: 5_000 })
    await store.organizations.see('acme', 'Acme', 'active')
  })
  afterAll(async () => {
    neighbour.close()
    await store.close()
    await file.drop()
  })

  it('keeps nothing that was read before a commit, at whichever step the commit comes', async () => {
    const [grant, other] = [newGrant(), newGrant()]
    await store.grants.add(grant)
    await store.grants.add(other)
    const rename = neighbour.prepare('update member_grant set member_name = ? where id = ?')

    for (let step = 0; step < STEPS; step += 1) {
      rename.run(`before ${step}`, grant.id)
      const first = store.grants.findLive(grant.id)
      for (let taken = 0; taken < step; taken += 1) await Promise.resolve()
      rename.run(`after ${step}`, grant.id)
      // Meets the commit while the first one may be on its way.
      const second = store.grants.findLive(other.id)

      await Promise.all([first, second])
      expect(await store.grants.findLive(grant.id)).toMatchObject({ memberName: `after ${step}` })
    }
  })
})
