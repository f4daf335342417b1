import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openStore } from '../../../server/store/open-store.ts'
import type { Store } from '../../../server/store/store.ts'
import { startStoreProcesses } from '../../support/store-processes.ts'
import type { StoreProcesses } from '../../support/store-processes.ts'
import { storeKinds } from '../../support/stores.ts'
import type { TestDatabase } from '../../support/stores.ts'
import { keyOf, newGrant, newModel } from './rows.ts'

const PROCESSES = 10
const EACH = Array.from({ length: PROCESSES }, (_, index) => index)
const ROUNDS = 30
const ROUND_NUMBERS = Array.from({ length: ROUNDS }, (_, round) => round)

// Started once: a process takes longer to start than everything that it does here.
let processes: StoreProcesses
beforeAll(async () => {
  processes = await startStoreProcesses(PROCESSES)
}, 60_000)
afterAll(() => processes.end())

describe.each(storeKinds)('ten processes on $kind', ({ create }) => {
  let database: TestDatabase
  let store: Store
  beforeAll(async () => {
    database = await create()
    store = await openStore({ url: database.url, now: Date.now })
    await processes.all('open', database.url)
  })
  afterAll(async () => {
    await processes.all('close', '')
    await store.close()
    await database.drop()
  })

  it.each(['consume', 'rotate'] as const)(
    `have one winner in each of ${ROUNDS} rounds of %s`,
    async (action) => {
      const winners: number[] = []
      for (const round of ROUND_NUMBERS) {
        const row = newModel({ id: `${action}-${round}` })
        await store.models.put(row)

        const answers = await processes.all(action, row.id, (index) => `${row.id}-${index}`)

        winners.push(answers.filter((isMine) => isMine === true).length)
        const successors = await Promise.all(
          answers.map((_, index) => store.models.find({ ...keyOf(row), id: `${row.id}-${index}` })),
        )
        const expected = answers.map((isMine) => action === 'rotate' && isMine === true)
        expect(successors.map((successor) => successor !== null)).toEqual(expected)
      }

      expect(winners).toEqual(ROUND_NUMBERS.map(() => 1))
    },
  )

  it('settle on one value', async () => {
    for (const round of ROUND_NUMBERS.slice(0, 5)) {
      const values = await processes.all('settle', `setting-${round}`)

      expect(new Set(values).size).toBe(1)
    }
  })

  it('add a generation of the signing key once', async () => {
    for (const round of ROUND_NUMBERS.slice(0, 5)) {
      const answers = await processes.all('addSigningKey', String(round + 1))

      expect(answers.filter((isMine) => isMine === true)).toHaveLength(1)
    }
    const published = await store.signingKeys.list()
    expect(published.map(({ verifiesUntil }) => verifiesUntil === null)).toEqual([
      ...[false, false, false, false],
      true,
    ])
  })

  it('end a grant once, and it is not found by any lookup after that', async () => {
    await store.organizations.see('acme', 'Acme', 'active')
    for (const round of ROUND_NUMBERS) {
      const id = `grant-${round}`
      await store.grants.add(newGrant({ id }))
      const before = await store.grants.findLive(id)

      const answers = await processes.all('end', id)

      expect(await store.grants.findLive(id)).toBeNull()
      expect(before).toMatchObject({ id })
      expect(answers.filter((isMine) => isMine === true)).toHaveLength(1)
    }
  })

  it('count every attempt', async () => {
    const counts = await processes.all('count', 'attempts')

    expect(counts.map(Number).sort((a, b) => a - b)).toEqual(EACH.map((index) => index + 1))
  })
})

describe.each(storeKinds)('ten processes that start at once on $kind', ({ create }) => {
  it('create the schema together', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { url, drop } = await create()

      const opened = await processes.all('open', url)

      const counts = await processes.all('count', 'after')
      await processes.all('close', '')
      await drop()
      expect(opened).toEqual(EACH.map(() => true))
      expect(counts.map(Number).sort((a, b) => a - b)).toEqual(EACH.map((index) => index + 1))
    }
  })
})
