import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Store } from '../../../server/store/store.ts'
import { EVERYBODY } from '../../../server/store/switches.ts'
import { openTestStores, storeKinds } from '../../support/stores.ts'
import type { TestStores } from '../../support/stores.ts'

const TEXT = { organizationId: 'acme', tool: 'a.one', author: { id: 'm1', name: 'Olga' } }
const TEXT_CHANGED_AT = 1_800_000_000_000

/** What raises the revision, and what the store answers when it is done again. */
const CHANGES: readonly (readonly [
  title: string,
  change: (store: Store) => Promise<unknown>,
  again: unknown,
])[] = [
  ['a tool off for everybody', ({ switches }) => switches.turnOff(EVERYBODY, 'a.one'), false],
  ['a tool off for one', ({ switches }) => switches.turnOff('acme', 'a.one'), false],
  ['a namespace off', ({ switches }) => switches.turnOff('acme', 'a'), false],
  ['a tool on', ({ switches }) => switches.turnOn('acme', 'a.one'), false],
  ['maintenance', ({ switches }) => switches.beginMaintenance(null), false],
  ['its message', ({ switches }) => switches.beginMaintenance('Back at noon.'), false],
  ['the end of it', ({ switches }) => switches.endMaintenance(), false],
  [
    'an organization off',
    ({ organizations }) => organizations.setStatus('acme', 'disabled', 'operator'),
    {
      organization: expect.objectContaining({ status: 'disabled' }),
      isChanged: false,
      refusal: null,
    },
  ],
  [
    'a limit',
    ({ organizations }) => organizations.setRateLimit('acme', 7),
    expect.objectContaining({ rateLimit: 7 }),
  ],
  [
    'no limit',
    ({ organizations }) => organizations.setRateLimit('acme', null),
    expect.objectContaining({ rateLimit: null }),
  ],
  [
    'a text of a tool',
    (store) => store.toolTexts.publish({ ...TEXT, changedAt: TEXT_CHANGED_AT }),
    null,
  ],
  ['the generated text again', (store) => store.toolTexts.showGenerated(TEXT), null],
  [
    'a signing key',
    ({ signingKeys }) => signingKeys.add({ generation: 1, sealed: 's', signsFrom: 0 }, 1),
    false,
  ],
]

describe.each(storeKinds)('switches on $kind', (kind) => {
  let stores: TestStores
  beforeAll(async () => {
    stores = await openTestStores(kind)
    await stores.store.organizations.see('acme', 'Acme', 'active')
    stores.clock.now = TEXT_CHANGED_AT
    const text = { description: 'Own.', instructions: null }
    await stores.store.toolTexts.saveDraft({ ...TEXT, text })
  })
  afterAll(() => stores.close())

  it.each(CHANGES)('raise the revision once by %s', async (_title, change, again) => {
    const before = await stores.other.switches.revision()

    await change(stores.store)
    const after = await stores.other.switches.revision()
    const answer = await change(stores.store)

    expect(after).toBe(before + 1)
    expect(answer).toEqual(again)
    expect(await stores.other.switches.revision()).toBe(after)
  })

  it('leave the revision alone where only a name or nothing changes', async () => {
    const { organizations, switches } = stores.store
    const before = await switches.revision()

    await organizations.see('acme', 'Acme Inc.', 'pending')
    await organizations.see('new', 'New', 'active')
    await organizations.setStatus('unknown', 'disabled', 'operator')
    await organizations.setRateLimit('unknown', 1)
    await switches.turnOn('acme', 'unknown')

    expect(await switches.revision()).toBe(before)
  })

  it('are read whole by another instance', async () => {
    const { store, other, clock } = stores
    await store.switches.turnOff('globex', 'b.two')
    await store.switches.turnOff(EVERYBODY, 'b')
    await store.organizations.setRateLimit('acme', 12)
    await store.switches.beginMaintenance('First.')
    const since = clock.now
    clock.now += 1_000
    await store.switches.beginMaintenance('Second.')

    const state = await other.switches.read()

    expect(state).toMatchObject({
      revision: await store.switches.revision(),
      maintenance: { since, message: 'Second.' },
      rateLimits: [{ organizationId: 'acme', limit: 12 }],
    })
    expect(state.switchedOff).toEqual(await store.switches.list())
    expect(state.switchedOff).toContainEqual({
      organizationId: 'globex',
      name: 'b.two',
      changedAt: since,
    })
    expect(state.switchedOff.map(({ name, organizationId }) => [name, organizationId])).toEqual([
      ['a', 'acme'],
      ['a.one', EVERYBODY],
      ['b', EVERYBODY],
      ['b.two', 'globex'],
    ])
  })

  it('count every one of many changes at once, and lose none', async () => {
    const before = await stores.store.switches.revision()
    const names = Array.from({ length: 12 }, (_, index) => `many.t${index}`)

    const answers = await Promise.all(
      names.flatMap((name) =>
        [stores.store, stores.other].map(({ switches }) => switches.turnOff('many', name)),
      ),
    )

    const { revision, switchedOff } = await stores.other.switches.read()
    expect(answers.filter(Boolean)).toHaveLength(names.length)
    expect(revision).toBe(before + names.length)
    expect(switchedOff.filter(({ organizationId }) => organizationId === 'many')).toHaveLength(12)
  })

  it('show a revision never before what raised it', async () => {
    const { store, other } = stores
    const start = await other.switches.revision()
    const seen: (readonly [raised: number, found: number])[] = []
    const count = async () => {
      const { revision, switchedOff } = await other.switches.read()
      const found = switchedOff.filter(({ organizationId }) => organizationId === 'order').length
      seen.push([revision - start, found])
    }

    const writing = (async () => {
      for (let index = 0; index < 20; index += 1)
        await store.switches.turnOff('order', `o.${index}`)
    })()
    for (let reads = 0; reads < 20; reads += 1) await count()
    await writing
    await count()

    expect(seen.filter(([raised, found]) => found < raised)).toEqual([])
    expect(seen.map(([raised]) => raised)).toEqual(
      seen.map(([raised]) => raised).sort((a, b) => a - b),
    )
    expect(seen.at(-1)).toEqual([20, 20])
  })
})
