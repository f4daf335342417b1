import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type {
  OrganizationStatus,
  StatusChange,
  StatusWish,
  SwitchedBy,
} from '../../../server/store/organizations.ts'
import { openTestStores, storeKinds } from '../../support/stores.ts'
import type { TestStores } from '../../support/stores.ts'

type Place = readonly [status: OrganizationStatus, switchedOffBy: SwitchedBy | null]

const BY_OPERATOR = 'switched_off_by_operator'

/** What is wished where, by whom, and what becomes of it. */
const STATUS_WISHES: readonly (readonly [
  ...before: Place,
  wish: StatusWish,
  by: SwitchedBy,
  after: Place,
  refusal: StatusChange['refusal'],
])[] = [
  ['active', null, 'disabled', 'organization', ['disabled', 'organization'], null],
  ['active', null, 'disabled', 'operator', ['disabled', 'operator'], null],
  ['active', null, 'active', 'organization', ['active', null], null],
  ['disabled', 'organization', 'active', 'organization', ['active', null], null],
  ['disabled', 'organization', 'active', 'operator', ['active', null], null],
  ['disabled', 'organization', 'disabled', 'operator', ['disabled', 'operator'], null],
  ['disabled', 'operator', 'active', 'organization', ['disabled', 'operator'], BY_OPERATOR],
  ['disabled', 'operator', 'disabled', 'organization', ['disabled', 'operator'], null],
  ['disabled', 'operator', 'active', 'operator', ['active', null], null],
  ['pending', null, 'active', 'organization', ['pending', null], 'pending'],
  ['pending', null, 'disabled', 'organization', ['pending', null], 'pending'],
  ['pending', null, 'active', 'operator', ['active', null], null],
]

describe.each(storeKinds)('organizations on $kind', (kind) => {
  let stores: TestStores
  beforeAll(async () => {
    stores = await openTestStores(kind)
  })
  afterAll(() => stores.close())

  it('inserts one that is new, then brings only its name up to date', async () => {
    const at = stores.clock.now
    const seen = await stores.store.organizations.see('seen', 'Old name', 'pending')
    stores.clock.now += 1

    const again = await stores.other.organizations.see('seen', 'New name', 'active')

    const first = {
      ...{ id: 'seen', tenant: null, status: 'pending', switchedOffBy: null, rateLimit: null },
      ...{ createdAt: at, changedAt: at },
    }
    expect(seen).toEqual({ ...first, name: 'Old name' })
    expect(again).toEqual({ ...first, name: 'New name' })
    expect(await stores.store.organizations.find('seen')).toEqual(again)
  })

  it('answers null for one that is unknown', async () => {
    const { organizations } = stores.store

    expect(await organizations.find('unknown')).toBeNull()
    expect(await organizations.findByTenant('unknown')).toBeNull()
    expect(await organizations.setStatus('unknown', 'active', 'operator')).toBeNull()
    expect(await organizations.setRateLimit('unknown', 10)).toBeNull()
    expect(await organizations.setTenant('unknown', 'label')).toBeNull()
  })

  it('lists in name order, whatever the database thinks of letters', async () => {
    const { organizations } = stores.store
    for (const name of ['zebra', 'Émile', 'Zoo', 'apple', 'Eve']) {
      await organizations.see(`list-${name}`, name, 'active')
    }

    const listed = (await organizations.list()).filter(({ id }) => id.startsWith('list-'))

    expect(listed.map(({ name }) => name)).toEqual(['apple', 'Émile', 'Eve', 'zebra', 'Zoo'])
  })

  it('changes the status, and says when', async () => {
    await stores.store.organizations.see('switched', 'Switched', 'pending')
    stores.clock.now += 1

    const changed = await stores.other.organizations.setStatus('switched', 'disabled', 'operator')

    expect(changed).toMatchObject({
      organization: { status: 'disabled', switchedOffBy: 'operator', changedAt: stores.clock.now },
      isChanged: true,
      refusal: null,
    })
    expect(await stores.store.organizations.find('switched')).toEqual(changed?.organization)
  })

  it.each(STATUS_WISHES)(
    'goes from %s (by %s), wished %s by the %s, to %j: %s',
    async (before, switchedOffBy, wish, by, after, refusal) => {
      const { organizations } = stores.store
      const id = `from-${before}-${switchedOffBy}-${wish}-${by}`
      await organizations.see(id, id, before === 'disabled' ? 'active' : before)
      if (switchedOffBy !== null) await organizations.setStatus(id, 'disabled', switchedOffBy)
      const found = await organizations.find(id)

      const answer = await stores.other.organizations.setStatus(id, wish, by)

      const [status, offBy] = after
      const organization = expect.objectContaining({ status, switchedOffBy: offBy })
      const isChanged = found?.status !== status || found.switchedOffBy !== offBy
      expect(answer).toEqual({ organization, isChanged, refusal })
      expect(await organizations.find(id)).toEqual(answer?.organization)
    },
  )

  it('is switched on by its owner only where no operator switched it off meanwhile', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = `off-race-${round}`
      await stores.store.organizations.see(id, id, 'active')
      await stores.store.organizations.setStatus(id, 'disabled', 'organization')

      await Promise.all([
        stores.store.organizations.setStatus(id, 'active', 'organization'),
        stores.other.organizations.setStatus(id, 'disabled', 'operator'),
      ])

      expect(await stores.store.organizations.find(id)).toMatchObject({
        status: 'disabled',
        switchedOffBy: 'operator',
      })
    }
  })

  it('was switched off by the operator where it was added so', async () => {
    const added = await stores.store.organizations.see('kept-out', 'Kept out', 'disabled')

    expect(added).toMatchObject({ status: 'disabled', switchedOffBy: 'operator' })
  })

  it('is found by its tenant label, or by its id where it has none', async () => {
    const { organizations } = stores.store
    await organizations.see('plain', 'Plain', 'active')
    await organizations.see('0a1b', 'Labelled', 'active')
    stores.clock.now += 1

    const labelled = await organizations.setTenant('0a1b', 'label')

    expect(labelled).toMatchObject({ tenant: 'label', changedAt: stores.clock.now })
    expect(await stores.other.organizations.findByTenant('label')).toEqual(labelled)
    expect(await organizations.findByTenant('plain')).toMatchObject({ id: 'plain' })
    expect(await organizations.findByTenant('0a1b')).toBeNull()
    expect(await organizations.setTenant('0a1b', null)).toMatchObject({ tenant: null })
    expect(await organizations.findByTenant('0a1b')).toMatchObject({ id: '0a1b' })
  })

  it('keeps a label that is its own already', async () => {
    const { organizations } = stores.store
    await organizations.see('same', 'Same', 'active')
    await organizations.setTenant('same', 'same-label')

    expect(await organizations.setTenant('same', 'same-label')).toMatchObject({ id: 'same' })
    expect(await organizations.setTenant('same', 'same')).toMatchObject({ tenant: 'same' })
  })

  it.each([
    ["another's label", 'taken-label'],
    ["another's id that serves as its label", 'taken-id'],
  ])('refuses %s', async (_case, label) => {
    const { organizations } = stores.store
    await organizations.see('taken-id', 'Taken id', 'active')
    await organizations.see('taken', 'Taken', 'active')
    await organizations.see('wants', 'Wants', 'active')
    await organizations.setTenant('taken', 'taken-label')

    await expect(organizations.setTenant('wants', label)).rejects.toMatchObject({
      code: 'tenant_taken',
    })

    expect(await organizations.find('wants')).toMatchObject({ tenant: null })
  })

  it('refuses to fall back to an id that is the label of another', async () => {
    const { organizations } = stores.store
    await organizations.see('fallback', 'Fallback', 'active')
    await organizations.see('squatter', 'Squatter', 'active')
    await organizations.setTenant('fallback', 'elsewhere')
    await organizations.setTenant('squatter', 'fallback')

    await expect(organizations.setTenant('fallback', null)).rejects.toMatchObject({
      code: 'tenant_taken',
    })
  })

  it('gives a label to one of two that ask at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const ids = [`race-${round}-a`, `race-${round}-b`] as const
      for (const id of ids) await stores.store.organizations.see(id, id, 'active')

      const answers = await Promise.allSettled([
        stores.store.organizations.setTenant(ids[0], `race-${round}`),
        stores.other.organizations.setTenant(ids[1], `race-${round}`),
      ])

      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'tenant_taken' },
      })
    }
  })
})
