import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { checkConnector } from '../../server/services.ts'
import { openStore } from '../../server/store/open-store.ts'
import type { Store } from '../../server/store/store.ts'

let store: Store
beforeEach(async () => {
  store = await openStore({ url: 'sqlite::memory:', now: Date.now })
})
afterEach(() => store.close())

describe('a database', () => {
  it("is the first connector's that uses it, and no other's", async () => {
    await checkConnector(store, 'flowtly')

    await checkConnector(store, 'flowtly')
    await expect(checkConnector(store, 'acme')).rejects.toMatchObject({
      name: 'ConfigError',
      problems: [
        expect.stringMatching(/^CONNECTOR is acme, .*flowtly's: use another DATABASE_URL$/),
      ],
    })
  })
})
