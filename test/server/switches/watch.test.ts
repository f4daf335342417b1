import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createLog } from '../../../server/log.ts'
import { openStore } from '../../../server/store/open-store.ts'
import type { Store } from '../../../server/store/store.ts'
import { EVERYBODY } from '../../../server/store/switches.ts'
import { loadSwitchboard } from '../../../server/switches/live-switchboard.ts'
import { startWatch, type Watch } from '../../../server/switches/watch.ts'
import { until } from '../../support/until.ts'

/** Nobody waits for a look that nobody asked for. */
const NEVER_MS = 3_600_000

let store: Store
let watches: Watch[]
let log: string[]
beforeEach(async () => {
  store = await openStore({ url: 'sqlite::memory:', now: () => 0 })
  watches = []
  log = []
})
afterEach(async () => {
  for (const watch of watches) await watch.stop()
  await store.close()
})

/** A watch that counts what it does; its store can be taken away. */
function watchStore(pollMs = NEVER_MS) {
  const state = { reads: 0, moves: 0, isAway: false, isStuck: false }
  const watch = startWatch({
    store: {
      async revision() {
        state.reads += 1
        const revision = await store.switches.revision()
        if (state.isAway) throw new Error('away')
        return revision
      },
    },
    known: 0,
    onMove: () => {
      state.moves += 1
      return state.isStuck ? Promise.reject(new Error('stuck')) : Promise.resolve()
    },
    pollMs,
    random: () => 0.5,
    log: createLog({ level: 'info', destination: { write: (line) => void log.push(line) } }),
  })
  watches.push(watch)
  return { watch, state }
}

const events = () => log.map((line) => /"event":"(\w+)"/.exec(line)?.[1])

describe('a watch', () => {
  it('moves once for each revision that it finds', async () => {
    const { watch, state } = watchStore()

    await watch.look()
    const unmoved = state.moves
    await store.switches.turnOff(EVERYBODY, 'a')
    await store.switches.turnOff(EVERYBODY, 'b')
    await watch.look()
    await watch.look()

    expect([unmoved, state.moves]).toEqual([0, 1])
  })

  it('looks by itself, again and again', async () => {
    const { state } = watchStore(5)

    await until(() => state.reads >= 3)
    await store.switches.turnOff(EVERYBODY, 'a')
    await until(() => state.moves === 1)

    expect(events()).toEqual(['switches_reloaded'])
  })

  it('follows a restored backup back', async () => {
    await store.switches.turnOff(EVERYBODY, 'a')
    const { watch, state } = watchStore()
    await watch.look()
    const older = await openStore({ url: 'sqlite::memory:', now: () => 0 })

    const newer = store
    store = older
    await watch.look()
    store = newer
    await older.close()

    expect(state.moves).toBe(2)
  })

  it('sees what was changed before it was asked, however many ask at once', async () => {
    const { watch, state } = watchStore()

    const asked: Promise<void>[] = []
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await store.switches.turnOff(EVERYBODY, name)
      for (let times = 0; times < 20; times += 1) asked.push(watch.look())
    }
    await Promise.all(asked)

    expect(events().length).toBe(state.moves)
    expect(log.at(-1)).toContain('"revision":5')
    expect(state.reads).toBeLessThanOrEqual(10)
  })

  it('says once that the store is away, and once that it is back', async () => {
    const { watch, state } = watchStore()
    state.isAway = true
    await watch.look()
    await watch.look()
    state.isAway = false
    await watch.look()
    await watch.look()

    expect(events()).toEqual(['switches_unreadable', 'switches_current_again'])
  })

  it('asks again for what could not be brought up to date', async () => {
    const { watch, state } = watchStore()
    state.isStuck = true
    await store.switches.turnOff(EVERYBODY, 'a')
    await watch.look()
    state.isStuck = false
    await watch.look()
    await watch.look()

    expect(state.moves).toBe(2)
    expect(events()).toEqual(['switches_unreadable', 'switches_reloaded', 'switches_current_again'])
  })

  it('reads nothing once it was stopped', async () => {
    const { watch, state } = watchStore(1)
    await watch.stop()
    const { reads } = state

    await watch.look()
    await new Promise((resolve) => setTimeout(resolve, 20))

    expect(state.reads).toBe(reads)
  })
})

describe('a switchboard', () => {
  it('goes on with what it knew where the store cannot be read', async () => {
    await store.switches.turnOff('acme', 'a.one')
    let isAway = false
    const switchboard = await loadSwitchboard({
      read: () => (isAway ? Promise.reject(new Error('away')) : store.switches.read()),
    })
    isAway = true
    await store.switches.turnOn('acme', 'a.one')

    await expect(switchboard.reload()).rejects.toThrow('away')

    expect(switchboard.isOff('acme', 'a.one')).toBe(true)
    expect(switchboard.revision()).toBe(1)
  })

  it.each([
    ['acme', 'a.one', true],
    ['acme', 'a.two', false],
    ['acme', 'b.one', true],
    ['globex', 'a.one', false],
    ['globex', 'b.two', true],
    ['', 'a.one', false],
    ['', 'b.two', true],
    ['acme', 'bb.one', false],
    ['a', 'a', false],
    ['constructor', '__proto__', false],
  ])('tells for %j and %j: %j', async (organizationId, tool, isOff) => {
    await store.switches.turnOff('acme', 'a.one')
    await store.switches.turnOff(EVERYBODY, 'b')

    const switchboard = await loadSwitchboard(store.switches)

    expect(switchboard.isOff(organizationId, tool)).toBe(isOff)
  })

  it('knows the limit of an organization that has one', async () => {
    await store.organizations.see('acme', 'Acme', 'active')
    await store.organizations.setRateLimit('acme', 7)

    const switchboard = await loadSwitchboard(store.switches)

    expect([switchboard.rateLimitOf('acme'), switchboard.rateLimitOf('globex')]).toEqual([7, null])
  })
})
